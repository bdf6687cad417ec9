"""Results as text that can only become results again: JSON with the names of a few classes."""

from __future__ import annotations

import json
from binascii import a2b_base64, b2a_base64
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import Any

_TUPLE, _SET, _MAP, _BYTES = "", "{}", ":", "b"


def to_bytes(plain: object) -> bytes:
    """Return what JSON has as bytes, whatever characters are in its texts."""
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def from_bytes(data: bytes) -> Any:  # noqa: ANN401 - the caller knows what it wrote
    """Return what `to_bytes` has written; `ValueError` for what is no JSON."""
    return json.loads(data.decode("utf-8", "surrogatepass"))


class Values:
    """Writes and reads values of some classes: frozen dataclasses, named tuples, enums.

    Nothing else can come out of what is read, whoever wrote it.
    """

    def __init__(self, *classes: type[Any]) -> None:
        self._classes = {one.__name__: one for one in classes}
        self._names = {one: _fields(one) for one in classes if not issubclass(one, Enum)}
        self._usual = {one: _defaults(one) for one in self._names}

    def write(self, value: object) -> bytes:
        """Return a value as bytes; `TypeError` for what holds something of another class."""
        return to_bytes(self.plain(value))

    def read(self, data: bytes) -> Any:  # noqa: ANN401 - the caller knows what it wrote
        """Return the value; `ValueError` for bytes that are none."""
        try:
            return self.value(from_bytes(data))
        except (KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
            raise ValueError(f"not a value of ours: {error}") from None

    def plain(self, value: object) -> object:
        """Return a value as JSON has it."""
        kind = type(value)
        if value is None or kind in {str, int, float, bool}:
            return value
        if kind is tuple or kind is list:
            return [_TUPLE, *map(self.plain, value)]  # type: ignore[call-overload]
        if kind in self._names:
            return [kind.__name__, *map(self.plain, self._parts(value))]
        return self._rare(value)

    def _parts(self, value: object) -> list[object]:
        """The fields of a value, without those at the end that have their usual values."""
        kind = type(value)
        parts = [getattr(value, one) for one in self._names[kind]]
        usual = self._usual[kind]
        while parts and len(parts) in usual:
            last, default = parts[-1], usual[len(parts)]
            if type(last) is not type(default) or last != default:
                break
            parts.pop()
        return parts

    def _rare(self, value: object) -> object:
        if isinstance(value, Enum) and type(value) in self._classes.values():
            return [type(value).__name__, value.value]
        if isinstance(value, frozenset):
            return [_SET, *sorted(map(self.plain, value), key=repr)]
        if isinstance(value, bytes):
            return [_BYTES, b2a_base64(value, newline=False).decode()]
        if isinstance(value, dict):
            return [_MAP, *(part for pair in value.items() for part in map(self.plain, pair))]
        raise TypeError(f"{type(value).__name__} is not kept")

    def value(self, plain: Any) -> Any:  # noqa: ANN401 - as JSON has it
        """Return the value that `plain` has made."""
        if not isinstance(plain, list):
            return plain
        # Most are texts and numbers, which are themselves.
        name, *parts = plain
        rest = [self.value(one) if type(one) is list else one for one in parts]
        if name == _TUPLE:
            return tuple(rest)
        if name == _SET:
            return frozenset(rest)
        if name == _BYTES:
            return a2b_base64(rest[0], strict_mode=True)
        if name == _MAP:
            return dict(zip(rest[::2], rest[1::2], strict=True))
        return self._classes[name](*rest)


def _fields(kind: type[Any]) -> tuple[str, ...]:
    if is_dataclass(kind):
        return tuple(one.name for one in fields(kind) if one.init)
    return tuple(kind._fields)


def _defaults(kind: type[Any]) -> dict[int, object]:
    """The usual values of those fields that have one, by their numbers, from 1."""
    known = getattr(kind, "_field_defaults", {})
    if is_dataclass(kind):
        known = {one.name: one.default for one in fields(kind) if one.default is not MISSING}
    return {number: known[name] for number, name in enumerate(_fields(kind), 1) if name in known}
