"""Configuration in JavaScript or TypeScript, read by its literals; nothing of it is run.

What is computed comes out as `UNREAD`: only strings, numbers, objects, lists and names that stand
for them are known, and what a function is called with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from toolkit.commands.init.javascript_tokens import Token, TokenKind, string_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CLOSING = {"{": "}", "[": "]", "(": ")"}
_CONSTANTS = {"true": True, "false": False, "null": None, "undefined": None}
_ENDS = frozenset(",}]);") | {""}
_DEEPEST = 60


class Unread:
    """A value that is computed, and so cannot be read."""

    def __repr__(self) -> str:
        return "UNREAD"


UNREAD: Final = Unread()


@dataclass(frozen=True, slots=True)
class Call:
    """The call of a function; `name` is empty where it is computed."""

    name: str
    arguments: tuple[object, ...]
    inner: Call | None = None
    """The call whose result is called, as in `wrapper(options)(configuration)`."""


@dataclass(slots=True)
class Script:
    """A script's tokens, and the values that its names stand for."""

    tokens: list[Token]
    imported: Callable[[str], Script | None] = lambda _: None
    """Gives the script that a relative path leads to."""
    _starts: dict[str, int] = field(default_factory=dict)
    """The starts of the values of names; the whole script has the name `default`."""
    _imports: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The script and the name in it that a name is imported from."""
    _values: dict[str, object] = field(default_factory=dict)
    """The values of names that were read so far."""
    _depth: int = 0

    def __post_init__(self) -> None:
        for place in range(len(self.tokens)):
            self._note(place)

    def value(self, name: str = "default") -> object:
        """The value of a name; `default` for the script's export."""
        if name not in self._values:
            # A name that stands for itself stands for nothing.
            self._values[name] = UNREAD
            self._values[name] = self._found(name)
        return self._values[name]

    def _found(self, name: str) -> object:
        if name in self._starts:
            return self._expression(self._starts[name])[0]
        path, outer = self._imports.get(name, ("", ""))
        script = self.imported(path) if path else None
        return script.value(outer) if script else UNREAD

    def with_key(self, key: str) -> dict[str, object]:
        """The first object anywhere in the script that has a key."""
        for place in range(1, len(self.tokens)):
            follows = self.tokens[place].text == "{" and self.tokens[place - 1].text in _OPENS
            found = self._expression(place)[0] if follows else None
            if isinstance(found, dict) and key in found:
                return found
        return {}

    def calls(self, name: str) -> Iterator[Call]:
        """The calls of a function, anywhere in the script."""
        for place, token in enumerate(self.tokens):
            if token.text == name and self._text(place + 1) == "(":
                found = self._expression(place)[0]
                if isinstance(found, Call):
                    yield found

    def _text(self, place: int) -> str:
        return self.tokens[place].text if 0 <= place < len(self.tokens) else ""

    def _note(self, place: int) -> None:
        """Keep where a declaration that starts here has its value."""
        word = self._text(place)
        if word in {"const", "let", "var"}:
            start = self._behind("=", place + 2)
            if start:
                self._starts.setdefault(self._text(place + 1), start)
        elif word == "export" and self._text(place + 1) == "default":
            self._starts["default"] = place + 2
        elif word == "module" and [self._text(place + n) for n in (1, 2, 3)] == [
            ".",
            "exports",
            "=",
        ]:
            self._starts["default"] = place + 4
        elif word == "import":
            self._note_import(place)

    def _note_import(self, place: int) -> None:
        end = self._behind("from", place + 1)
        path = _string(self._text(end)) if end else ""
        names = [self._text(index) for index in range(place + 1, end - 1)] if path else []
        in_braces = False
        for index, name in enumerate(names):
            in_braces = name == "{" or (in_braces and name != "}")
            if re.fullmatch(r"[A-Za-z_$][\w$]*", name) and name not in {"as", "type"}:
                renamed = index > 1 and names[index - 1] == "as"
                outer = names[index - 2] if renamed else name if in_braces else "default"
                self._imports[name] = (str(path), outer)

    def _behind(self, text: str, start: int) -> int:
        """After the next token with a text in the same statement, 0 where there is none."""
        for place in range(start, min(start + 60, len(self.tokens))):
            if self._text(place) == text:
                return place + 1
            if self._text(place) in {";", "const", "export", "import", "function"}:
                break
        return 0

    def _expression(self, place: int) -> tuple[object, int]:
        """The value that starts at a token, and the token after it."""
        if self._depth > _DEEPEST:
            return UNREAD, self._skipped(place)
        self._depth += 1
        try:
            value, place = self._primary(place)
            return self._continued(value, place)
        finally:
            self._depth -= 1

    def _primary(self, place: int) -> tuple[object, int]:
        kind, text = self.tokens[place] if place < len(self.tokens) else Token(TokenKind.NONE, "")
        if kind is TokenKind.STRING:
            return _string(text), place + 1
        if kind is TokenKind.NUMBER:
            return _number(text), place + 1
        if text in {"await", "new"}:
            return self._primary(place + 1)
        if text in {"async", "function"} or self._text(place + 1) == "=>":
            return self._function(place)
        if kind is TokenKind.NAME:
            return self._named(place)
        bracketed: dict[str, Callable[[int], tuple[object, int]]] = {
            "{": self._object,
            "[": self._list,
            "(": self._in_parentheses,
        }
        read = bracketed.get(text)
        return read(place) if read else (UNREAD, self._skipped(place))

    def _continued(self, value: object, place: int) -> tuple[object, int]:
        """A value with what follows it: a type, an alternative, a computation."""
        text = self._text(place)
        if text in {"as", "satisfies", "!"}:
            return value, self._skipped(place)
        if text in {"??", "||"}:
            other, place = self._expression(place + 1)
            return (other if value is UNREAD or not value else value), place
        if text in _COMPUTES:
            return UNREAD, self._skipped(place)
        return value, place

    def _named(self, place: int) -> tuple[object, int]:
        """The value of a name, with the members and calls after it."""
        name = self._text(place)
        value: object = _CONSTANTS[name] if name in _CONSTANTS else self.value(name)
        place += 1
        while self._text(place) in {".", "(", "<", "["}:
            if self._text(place) == "[":
                index, place = self._list(place)
                value = _item(value, index)
            elif self._text(place) == ".":
                name = self._text(place + 1)
                value = value.get(name, UNREAD) if isinstance(value, dict) else UNREAD
                place += 2
            elif self._text(place) == "<":
                # The types of a call; else a comparison.
                end = self._behind("(", place)
                if not end:
                    break
                place = end - 1
            else:
                inner = value if isinstance(value, Call) else None
                found, place = self._list(place)
                value = self._called(name, tuple(found), inner)
                name = ""
        return value, place

    def _called(self, name: str, arguments: tuple[object, ...], inner: Call | None) -> object:
        path = arguments[0] if arguments else None
        if name == "require" and isinstance(path, str) and path.startswith("."):
            script = self.imported(path)
            return script.value() if script else UNREAD
        return Call(name, arguments, inner)

    def _object(self, place: int) -> tuple[object, int]:
        """An object; what is spread into it comes in where it is known."""
        found: dict[str, object] = {}
        end = self._closing(place)
        place += 1
        while place < end:
            if self._text(place) == "...":
                spread, place = self._expression(place + 1)
                found |= _defined(spread)
            else:
                place = self._entry(place, found)
            place = place + 1 if self._text(place) == "," else self._skipped(place) + 1
        return found, end + 1

    def _entry(self, place: int, found: dict[str, object]) -> int:
        """Put a key and its value into an object; the token after them."""
        kind, text = self.tokens[place]
        key: object = _string(text) if kind is TokenKind.STRING else text
        behind = place + 1
        if text == "[":
            listed, behind = self._list(place)
            key = listed[0] if listed else UNREAD
        follows = self._text(behind)
        if follows == ":":
            value, behind = self._expression(behind + 1)
        elif follows in {",", "}"} and kind is TokenKind.NAME:
            value = self.value(text)
        else:
            value, behind = UNREAD, self._skipped(behind)
        if isinstance(key, str):
            found[key] = value
        return behind

    def _list(self, place: int) -> tuple[list[object], int]:
        """A list, or the arguments of a call."""
        found: list[object] = []
        end = self._closing(place)
        place += 1
        while place < end:
            if self._text(place) == "...":
                spread, place = self._expression(place + 1)
                found += spread if isinstance(spread, list) else [UNREAD]
            else:
                value, place = self._expression(place)
                found.append(value)
            place = place + 1 if self._text(place) == "," else self._skipped(place) + 1
        return found, end + 1

    def _in_parentheses(self, place: int) -> tuple[object, int]:
        end = self._closing(place)
        if self._text(end + 1) in {"=>", ":"}:
            return self._function(place)
        return self._expression(place + 1)[0], end + 1

    def _function(self, place: int) -> tuple[object, int]:
        """The value of a function: the body of an arrow, or what the first `return` names."""
        end = self._skipped(place)
        for index in range(place, end):
            if self._text(index) == "=>" and self._text(index + 1) != "{":
                return self._expression(index + 1)[0], end
            if self._text(index) == "return":
                return self._expression(index + 1)[0], end
        return UNREAD, end

    def _closing(self, place: int) -> int:
        """The token that closes the bracket at a token, or the end."""
        depth = 0
        for index in range(place, len(self.tokens)):
            kind, text = self.tokens[index]
            if kind is TokenKind.MARK and text in _CLOSING:
                depth += 1
            elif kind is TokenKind.MARK and text in _CLOSING.values():
                depth -= 1
                if depth == 0:
                    return index
        return len(self.tokens)

    def _skipped(self, place: int) -> int:
        """The next token that ends an expression."""
        while place < len(self.tokens) and self._text(place) not in _ENDS:
            is_open = self.tokens[place].kind is TokenKind.MARK and self._text(place) in _CLOSING
            place = self._closing(place) + 1 if is_open else place + 1
        return place


_OPENS = frozenset({"=", "(", "return", "default", "=>", ",", "[", ":", "{"})
_COMPUTES = frozenset("+-*/%?<>&|") | {"&&", "==", "===", "!=", "!=="}


def _defined(value: object) -> dict[str, object]:
    """The object that is spread, or that `defineConfig` and its like give back."""
    if isinstance(value, Call) and value.name.startswith("define") and len(value.arguments) == 1:
        value = value.arguments[0]
    return value if isinstance(value, dict) else {"...": UNREAD}


def _item(value: object, index: list[object]) -> object:
    """The item of a list or object at an index."""
    key = index[0] if index else UNREAD
    if isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
        return value[key]
    if isinstance(value, dict) and isinstance(key, str):
        return value.get(key, UNREAD)
    return UNREAD


def _string(text: str) -> object:
    value = string_value(text)
    return UNREAD if value is None else value


def _number(text: str) -> object:
    try:
        return int(text)
    except ValueError:
        return UNREAD
