"""Values behave as those that the standard library makes of the same class."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import ClassVar

import pytest

from toolkit.model import values
from toolkit.model.values import _SHAPE

FROZEN = {"frozen": True, "slots": True}
ORDERED = {**FROZEN, "order": True}
OPEN = {"slots": True}


class Several:
    """Has more fields than are filled in one by one."""

    kind: ClassVar[str] = "several"
    first: str
    second: int = 2
    third: tuple[int, ...] = ()
    fourth: list[int] = values.field(default_factory=list, compare=False)
    fifth: str = values.field(default="five", repr=False)

    @property
    def both(self):
        return f"{self.first}{self.second}"

    def __post_init__(self):
        if self.second < 0:
            raise ValueError("negative")


class Few:
    """Has one field."""

    only: float


class Nothing:
    """Has none."""


def made_by(dataclass, kind, options):
    body = {**vars(kind), "__annotations__": dict(kind.__annotations__)}
    body = {key: one for key, one in body.items() if key not in {"__dict__", "__weakref__"}}
    return dataclass(type(kind.__name__, (), body), **options)


def behaviour(made, *arguments, **named):
    """All that can be seen of a class and of the values that some arguments make."""
    try:
        one, same = made(*arguments, **named), made(*arguments, **named)
    except (TypeError, ValueError) as error:
        return repr(error)
    fields = dataclasses.fields(one)
    return (
        [(field.name, field.default, field.compare, field.repr, field.type) for field in fields],
        [getattr(one, field.name) for field in fields],
        (repr(one), one == same, one != same, one == object(), made.__match_args__, made.__doc__),
        (made.__slots__, made.__qualname__, made.__module__, hasattr(one, "__dict__")),
        vars(made)["__dataclass_params__"].frozen,
        attempt(lambda: hash(one) == hash(same)),
        attempt(lambda: (one < same, one <= same, one > same, one >= same)),
        attempt(lambda: setattr(one, fields[0].name, "x")),
        attempt(lambda: delattr(copy.copy(one), fields[0].name)),
        dataclasses.asdict(copy.deepcopy(one)),
    )


def attempt(act):
    try:
        return act()
    except (TypeError, AttributeError, IndexError) as error:
        return type(error)


ARGUMENTS: list[tuple[tuple[object, ...], dict[str, object]]] = [
    ((), {}),
    (("a",), {}),
    (("a", 3, (1, 2), [4], "b"), {}),
    (("a",), {"fourth": [1], "second": 5}),
    (("a", -1), {}),
    (("a",), {"sixth": 6}),
    ((1, 2, 3, 4, 5, 6), {}),
]


@pytest.mark.parametrize("options", [FROZEN, ORDERED, OPEN], ids=["frozen", "ordered", "open"])
@pytest.mark.parametrize("kind", [Several, Few, Nothing])
def test_values_behave_as_those_of_the_standard_library(kind, options):
    ours = made_by(values.dataclass, kind, options)
    standard = made_by(dataclasses.dataclass, kind, options)
    assert _SHAPE in vars(ours)
    for arguments, named in ARGUMENTS:
        assert behaviour(ours, *arguments, **named) == behaviour(standard, *arguments, **named)


@values.dataclass(frozen=True, slots=True)
class Base:
    """Others have its fields as well."""

    name: str
    size: int = 1

    def doubled(self):
        return values.replace(self, size=self.size * 2)


@values.dataclass(frozen=True, slots=True)
class Heir(Base):
    """Has more fields than its base."""

    size: int = 7
    more: tuple[str, ...] = ()


class Loose(Heir):
    """Has a dictionary of its own."""


def test_a_class_inherits_fields():
    heir = Heir("a", more=("b",))
    assert heir == Heir("a", 7, ("b",))
    assert [field.name for field in dataclasses.fields(Heir)] == ["name", "size", "more"]
    assert heir.doubled() == Heir("a", 14, ("b",))
    assert heir != Base("a", 7)
    assert Base("a").doubled() == Base("a", 2)
    assert Loose("a", 3).doubled() == Loose("a", 6)
    assert hasattr(Loose("a"), "__dict__")


@pytest.mark.parametrize("value", [Base("a"), Heir("a", 2, ("b",)), Loose("c", 4)])
def test_values_outlive_a_pickle(value):
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - our own
    assert type(copy.copy(value)) is type(value)


@pytest.mark.parametrize("replace", [values.replace, dataclasses.replace])
def test_a_field_is_replaced(replace):
    assert replace(Heir("a"), size=3, name="b") == Heir("b", 3)
    with pytest.raises(TypeError, match="colour"):
        replace(Heir("a"), colour="red")


def test_what_is_out_of_the_ordinary_is_left_to_the_standard_library():
    @values.dataclass(frozen=True, slots=True)
    class Rare:
        """Has a field that no argument sets."""

        name: str
        found: list[int] = values.field(default_factory=list, init=False)

    assert _SHAPE not in vars(Rare)
    assert Rare("a").found == []
    assert values.replace(Rare("a"), name="b").name == "b"
