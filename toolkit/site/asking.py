"""The questions that a localized site's pages ask about each other, noted to keep results."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from toolkit.project.cache import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from toolkit.project.cache import Facts
    from toolkit.site.layout import Layout

_YES, _NO = "1", ""
_ALL = "\0"
"""Asks for their number."""
Answer = TypeVar("Answer", str, "str | None")


class NotedNames(Collection[str]):
    """Names of which each that is looked for is noted."""

    def __init__(self, facts: Facts, kind: str, names: Collection[str]) -> None:
        self._facts, self._kind, self._names = facts, kind, names
        facts.learn(kind, self._answer)

    def _answer(self, name: str) -> str:
        return _YES if name in self._names else _NO

    def __contains__(self, name: object) -> bool:
        found = name in self._names
        self._facts.note(self._kind, str(name), _YES if found else _NO)
        return found

    def __iter__(self) -> Iterator[str]:
        # Whoever looks at all of them rests on more than can be noted.
        self._facts.note_fleeting()
        return iter(self._names)

    def __len__(self) -> int:
        self._facts.note_fleeting()
        return len(self._names)


class Either(Collection[str]):
    """Names that are in one of two collections."""

    def __init__(self, one: Collection[str], other: Collection[str]) -> None:
        self._one, self._other = one, other

    def __contains__(self, name: object) -> bool:
        return name in self._other or name in self._one

    def __iter__(self) -> Iterator[str]:
        yield from {*self._one, *self._other}

    def __len__(self) -> int:
        return len({*self._one, *self._other})


class NotedTexts(Mapping[str, str]):
    """Texts by their names, of which each that is looked up is noted."""

    def __init__(self, facts: Facts, kind: str, texts: Mapping[str, str]) -> None:
        self._facts, self._kind, self._texts = facts, kind, texts
        facts.learn(kind, self._answer)

    def _answer(self, name: str) -> str:
        if name == _ALL:
            return str(len(self._texts))
        return "=" + self._texts[name] if name in self._texts else _NO

    def __getitem__(self, name: str) -> str:
        self._facts.note(self._kind, name, self._answer(name))
        return self._texts[name]

    def __iter__(self) -> Iterator[str]:
        self._facts.note_fleeting()
        return iter(self._texts)

    def __len__(self) -> int:
        self._facts.note(self._kind, _ALL, self._answer(_ALL))
        return len(self._texts)


def noted_layout(layout: Layout, facts: Facts) -> Layout:
    """Return a layout whose answers are noted, and can be asked for again."""
    tag = layout.tag
    noted = replace(
        layout,
        pages=NotedNames(facts, f"page {tag}", layout.pages),
        others=NotedNames(facts, f"other {tag}", layout.others),
        output=_noted(facts, f"output {tag}", layout.output),
        exists=facts.there,
    )
    elsewhere, across = layout.elsewhere, layout.across
    if elsewhere:
        again = partial(_of_two, elsewhere)
        asked = _noted(facts, f"elsewhere {tag}", again)
        noted = replace(noted, elsewhere=lambda page, name: asked(joined(page, name)))
    if across:
        noted = replace(noted, across=_noted(facts, f"across {tag}", across))
    return noted


def _of_two(answer: Callable[[str, str], str | None], key: str) -> str | None:
    page, _, name = key.partition("\0")
    return answer(page, name)


def _noted(facts: Facts, kind: str, answer: Callable[[str], Answer]) -> Callable[[str], Answer]:
    def again(key: str) -> str:
        found = answer(key)
        return _NO if found is None else "=" + found

    def ask(key: str) -> Answer:
        found = answer(key)
        facts.note(kind, key, _NO if found is None else "=" + found)
        return found

    facts.learn(kind, again)
    return ask
