"""The translatable values of TOML front matter, with their places (TOML 1.0, "Spec")."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from toolkit.reading.segment.value import Value, is_chosen, keys_in
from toolkit.reading.toml_tokens import form_of, meaning, tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from toolkit.model.units import Form
    from toolkit.reading.segment.value import Trail
    from toolkit.reading.toml_tokens import Token


def toml_values(body: str, offset: int, keys: Collection[str]) -> tuple[Value, ...]:
    """The texts under `keys` in a TOML document, also in tables and arrays.

    `offset` is where `body` stands in the page. None where it is no valid TOML, or where the places
    found here do not hold what `tomllib` reads.
    """
    return tuple(
        Value(offset + start, offset + end, text.strip(), form, ".".join(keys_in(trail)))
        for trail, start, end, text, form in toml_texts(body)
        if is_chosen(keys_in(trail), keys)
    )


def toml_texts(body: str) -> list[tuple[Trail, int, int, str, Form]]:
    """Return each text of a TOML document with its trail and place, quotes included.

    None where it is no valid TOML, or where the places found here do not hold what `tomllib` reads.
    """
    try:
        data = tomllib.loads(body)
        found = list(_Reader(body).texts())
    except (ValueError, RecursionError, IndexError):
        return []
    if sorted(text for _, _, text in found) != sorted(_texts(data)):
        return []
    return [
        (trail, token.start, token.end, text, form_of(token.text)) for trail, token, text in found
    ]


def _texts(value: object) -> Iterator[str]:
    """All texts in what `tomllib` read."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


class _Reader:
    """Walks over a document that is known to be valid."""

    def __init__(self, body: str) -> None:
        self._body = body
        self._tokens = [token for token in tokens(body) if token.kind != "line"]
        self._position = 0
        self._arrays: dict[Trail, int] = {}

    def texts(self) -> Iterator[tuple[Trail, Token, str]]:
        """Each text with the trail that leads to it."""
        table: Trail = ()
        while self._here.kind != "end":
            if self._here.text == "[":
                start = self._position
                self._skip("[")
                is_item = self._position - start > 1
                table = self._table(self._key(), is_item=is_item)
                self._skip("]")
            else:
                yield from self._pair(table)

    def _table(self, keys: tuple[str, ...], *, is_item: bool) -> Trail:
        """The trail of a table, which may lie in the last item of an array of tables."""
        trail: Trail = ()
        for number, key in enumerate(keys, 1):
            trail = (*trail, key)
            if is_item and number == len(keys):
                self._arrays[trail] = self._arrays.get(trail, -1) + 1
            if trail in self._arrays:
                trail = (*trail, self._arrays[trail])
        return trail

    @property
    def _here(self) -> Token:
        return self._tokens[self._position]

    def _skip(self, marks: str) -> None:
        while self._here.kind == "mark" and self._here.text in marks:
            self._position += 1

    def _key(self) -> tuple[str, ...]:
        """A key and the dotted ones behind it."""
        parts: list[str] = []
        while self._here.kind in {"text", "bare"}:
            token = self._here
            parts.append(meaning(token.text) if token.kind == "text" else token.text)
            self._position += 1
            self._skip(".")
        return tuple(parts)

    def _pair(self, table: Trail) -> Iterator[tuple[Trail, Token, str]]:
        before = self._position
        trail = (*table, *self._key())
        self._skip("=")
        yield from self._value(trail)
        if self._position == before:
            raise IndexError

    def _value(self, trail: Trail) -> Iterator[tuple[Trail, Token, str]]:
        token = self._here
        if token.kind == "text":
            self._position += 1
            yield trail, token, meaning(token.text)
        elif token.text in {"[", "{"}:
            self._position += 1
            self._skip(",")
            number = 0
            while self._here.text not in {"]", "}"}:
                inner = (*trail, number)
                yield from self._value(inner) if token.text == "[" else self._pair(trail)
                self._skip(",")
                number += 1
            self._position += 1
        else:
            self._scalar()

    def _scalar(self) -> None:
        """Pass over a number, a date or a truth value, up to the line's end at most."""
        start = self._here.start
        while self._here.kind == "bare" or self._here.text == ".":
            if "\n" in self._body[start : self._here.start]:
                return
            start = self._here.end
            self._position += 1
