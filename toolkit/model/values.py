"""Values with fields, as `dataclasses` makes them, but cheap to define and to make.

A command defines a hundred classes and makes some hundred thousand values of them. The standard
library compiles up to seven functions for each class when it is defined, and sets each field of a
frozen value by a call. Here a function is compiled when it is first called, and a value is filled
in while it is not frozen yet. Whatever is out of the ordinary is left to the standard library.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, FrozenInstanceError, field
from dataclasses import dataclass as standard_dataclass
from dataclasses import replace as standard_replace
from functools import partial
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["dataclass", "field", "replace"]

_FIELDS = "__dataclass_fields__"
_OPTIONS = "__dataclass_params__"
_SHAPE = "__value_shape__"
_AFTER = "__post_init__"
_ODD = ("ClassVar", "InitVar", "KW_ONLY")
_MOST = 3
"""Fields up to which it costs less to fill in a frozen value one by one."""

if TYPE_CHECKING:
    from dataclasses import dataclass, replace
else:

    def dataclass(cls: type | None = None, /, **options: bool) -> Any:  # noqa: ANN401 - a class
        """Return `dataclasses.dataclass`, made here where the class is an ordinary one."""
        if cls is None:
            return lambda cls: dataclass(cls, **options)
        ordinary = options.get("slots") and options.keys() <= {"slots", "frozen", "order"}
        parts = _parts_of(cls) if ordinary else None
        if parts is None:
            return standard_dataclass(cls, **options)
        return _defined(cls, _Shape(parts, _Options(**options)))

    def replace(value: Any, /, **changes: object) -> Any:  # noqa: ANN401 - any value
        """Return `dataclasses.replace`."""
        shape = type(value).__dict__.get(_SHAPE)
        if shape is None:
            return standard_replace(value, **changes)
        if not changes.keys() <= shape.places.keys():
            return standard_replace(value, **changes)
        parts = list(shape.tuple_of(value))
        for name, one in changes.items():
            parts[shape.places[name]] = one
        return type(value)(*parts)


class _Options(NamedTuple):
    """The options of a class, as `dataclasses` keeps it."""

    frozen: bool = False
    order: bool = False
    slots: bool = True
    init: bool = True
    repr: bool = True
    eq: bool = True
    unsafe_hash: bool = False
    match_args: bool = True
    kw_only: bool = False
    weakref_slot: bool = False


class _Part(NamedTuple):
    """A field of a class."""

    name: str
    default: object
    factory: object
    compared: bool
    shown: bool


def _parts_of(cls: type) -> tuple[_Part, ...] | None:
    """Return the fields of an ordinary class; `None` for another one."""
    own = {"__init__", "__eq__", "__hash__", "__repr__", "__setattr__", "__slots__", "__reduce__"}
    base = cls.__bases__[0]
    inherited: _Shape | None = base.__dict__.get(_SHAPE)
    others = cls.__bases__[1:] if inherited else cls.__bases__
    if own & cls.__dict__.keys() or any(hasattr(one, _FIELDS) for one in others):
        return None
    notes = {key: one for key, one in cls.__annotations__.items() if not _is_shared(one)}
    defaults = {name: cls.__dict__.get(name, MISSING) for name in notes}
    if not all(map(_is_plain, notes.values())) or not all(map(_is_usual, defaults.values())):
        return None
    parts = {one.name: one for one in inherited.parts} if inherited else {}
    parts |= {name: _part(name, default) for name, default in defaults.items()}
    return tuple(parts.values())


def _is_shared(note: object) -> bool:
    """Whether an annotation is that of an attribute of the class."""
    return isinstance(note, str) and note.startswith("ClassVar[")


def _is_plain(note: object) -> bool:
    """Whether an annotation is that of a field which all values have."""
    return isinstance(note, str) and not any(one in note for one in _ODD)


def _is_usual(default: object) -> bool:
    if not isinstance(default, Field):
        return True
    return default.init and default.hash is None and default.kw_only is not True


def _part(name: str, default: object) -> _Part:
    if isinstance(default, Field):
        return _Part(name, default.default, default.default_factory, default.compare, default.repr)
    return _Part(name, default, MISSING, compared=True, shown=True)


class _Shape:
    """The fields of a class, and what is made of them."""

    def __init__(self, parts: tuple[_Part, ...], options: _Options) -> None:
        self.parts = parts
        self.options = options
        self.names = tuple(one.name for one in parts)
        self.places = {name: place for place, name in enumerate(self.names)}
        self.tuple_of = _getter(self.names)


def _getter(names: tuple[str, ...]) -> Callable[[Any], tuple[object, ...]]:
    """Return what reads some attributes of a value."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _defined(cls: type, shape: _Shape) -> type:
    """Return a class with slots instead of `cls`."""
    body = {key: one for key, one in cls.__dict__.items() if key not in {*shape.names, "__dict__"}}
    body.pop("__weakref__", None)
    body |= {
        "__slots__": tuple(name for name in cls.__annotations__ if name in shape.places),
        "__match_args__": shape.names,
        "__qualname__": cls.__qualname__,
        _SHAPE: shape,
        _FIELDS: _Fields(cls, frozen=shape.options.frozen),
        _OPTIONS: shape.options,
        "__repr__": _repr,
        "__reduce__": _reduce,
        "__hash__": None,
    }
    if shape.options.frozen:
        body |= {"__setattr__": _refuse_setting, "__delattr__": _refuse_deleting}
    made: type[Any] = type(cls)(cls.__name__, cls.__bases__, body)
    for name in _late(shape.options):
        setattr(made, name, _on_first_call(made, name, shape))
    return made


def _late(options: _Options) -> Iterator[str]:
    """The methods that are made when they are first called."""
    yield from ("__init__", "__eq__")
    yield from ("__hash__",) if options.frozen else ()
    yield from _ORDERINGS if options.order else ()


class _Fields:
    """The fields of a class as `dataclasses` describes them, for which few ask."""

    def __init__(self, cls: type, *, frozen: bool) -> None:
        self._plain = cls
        self._frozen = frozen

    def __get__(self, value: object, owner: type) -> object:
        if _FIELDS not in self._plain.__dict__:
            standard_dataclass(init=False, repr=False, eq=False, frozen=self._frozen)(self._plain)
        return self._plain.__dict__[_FIELDS]


def _on_first_call(cls: type, name: str, shape: _Shape) -> Callable[..., Any]:
    """Return what makes a method when it is called for the first time."""

    def method(self: object, /, *values: object, **named: object) -> Any:  # noqa: ANN401 - any
        compiled = _COMPILED[name](cls, shape)
        compiled.__qualname__ = f"{cls.__qualname__}.{name}"
        setattr(cls, name, compiled)
        return compiled(self, *values, **named)

    return method


def _compiled_init(cls: type, shape: _Shape) -> Callable[..., Any]:
    names = {f"_{number}": one for number, one in enumerate(shape.parts)}
    known: dict[str, Any] = {f"{key}d": one.default for key, one in names.items()}
    known |= {f"{key}f": one.factory for key, one in names.items()}
    known |= {f"{key}s": getattr(cls, one.name).__set__ for key, one in names.items()}
    known |= {"_class": cls, "_open": _twin(shape), "_become": object.__setattr__, "_no": MISSING}
    filling = _filling(shape, names, alone=cls.__bases__ == (object,))
    lines = [f"def __init__(self, {', '.join(_parameters(names))}):", *filling]
    if hasattr(cls, _AFTER):
        lines.append(f"self.{_AFTER}()")
    return _compiled(lines, known)


def _compiled_comparison(_cls: type, shape: _Shape, name: str, sign: str) -> Callable[..., Any]:
    mine, theirs = (_compared(shape, one) for one in ("self", "other"))
    head, test = f"def {name}(self, other):", "if other.__class__ is self.__class__:"
    return _compiled([head, test, f" return {mine} {sign} {theirs}", "return NotImplemented"], {})


def _compiled_hash(_cls: type, shape: _Shape) -> Callable[..., Any]:
    return _compiled(["def __hash__(self):", f"return hash({_compared(shape, 'self')})"], {})


def _compared(shape: _Shape, name: str) -> str:
    return f"({''.join(f'{name}.{one.name},' for one in shape.parts if one.compared)})"


def _compiled(lines: Sequence[str], known: dict[str, Any]) -> Callable[..., Any]:
    exec("\n ".join(lines), known)  # noqa: S102 - the names are those of fields
    method: Callable[..., Any] = known[lines[0][4 : lines[0].index("(")]]
    return method


_ORDERINGS = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}
_COMPILED: Mapping[str, Callable[..., Callable[..., Any]]] = {
    "__init__": _compiled_init,
    "__hash__": _compiled_hash,
    **{
        name: partial(_compiled_comparison, name=name, sign=sign)
        for name, sign in (("__eq__", "=="), *_ORDERINGS.items())
    },
}


def _parameters(names: Mapping[str, _Part]) -> Iterator[str]:
    for key, one in names.items():
        if one.factory is not MISSING:
            yield f"{one.name}=_no"
        else:
            yield one.name if one.default is MISSING else f"{one.name}={key}d"


def _filling(shape: _Shape, names: Mapping[str, _Part], *, alone: bool) -> Iterator[str]:
    """The lines that fill in a value; `alone` is a class without bases, which its twin has not."""
    one_by_one = [f"{key}s(self, {_value(key, one)})" for key, one in names.items()]
    plainly = [f"self.{one.name} = {_value(key, one)}" for key, one in names.items()]
    if not names:
        yield "pass"
    elif not shape.options.frozen:
        yield from plainly
    elif len(names) <= _MOST or not alone:
        yield from one_by_one
    else:
        # Classes that others derived from this one have slots of their own.
        yield "if self.__class__ is _class:"
        yield '    _become(self, "__class__", _open)'
        yield from (f"    {line}" for line in plainly)
        yield "    self.__class__ = _class"
        yield "else:"
        yield from (f"    {line}" for line in one_by_one)


def _value(key: str, part: _Part) -> str:
    if part.factory is MISSING:
        return part.name
    return f"{key}f() if {part.name} is _no else {part.name}"


def _twin(shape: _Shape) -> type:
    """A class with the same slots whose values are not frozen."""
    return type("Open", (), {"__slots__": shape.names})


def _shape_of(value: object) -> _Shape:
    shape: _Shape = getattr(type(value), _SHAPE)
    return shape


@recursive_repr()
def _repr(self: object) -> str:
    shape = _shape_of(self)
    shown = (one.name for one in shape.parts if one.shown)
    fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
    return f"{type(self).__qualname__}({fields})"


def _reduce(self: object) -> tuple[type, tuple[object, ...]]:
    return type(self), _shape_of(self).tuple_of(self)


def _refuse_setting(_self: object, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(_self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")
