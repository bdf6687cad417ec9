"""The texts of Sphinx' `conf.py`: names that get a string at the top of a Python file."""

from __future__ import annotations

import ast
import io
import tokenize
from typing import TYPE_CHECKING

from toolkit.model.errors import DocumentError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.model.document import Document

_STRING = "string"
_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)


def python_texts(document: Document) -> Iterator[tuple[str, int, int, str]]:
    """Yield each name with the place between the quotes of its string, and the string's value.

    Strings with a prefix, of several lines or joined from several pieces are passed over. Raises
    `DocumentError` for what is no Python.
    """
    flat = document.with_newlines()
    try:
        body = ast.parse(flat.text).body
    except _UNREADABLE as error:
        line, column = getattr(error, "lineno", 1) or 1, getattr(error, "offset", 1) or 1
        raise DocumentError(Problem(document.path, line, column, "is not valid Python")) from None
    lines, shift = flat.text.split("\n"), document.shift_from(flat.text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for node in body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str()) as value):
                line = lines[value.lineno - 1].encode("utf-8")
                inner = line[value.col_offset : value.end_col_offset].decode("utf-8", "replace")
                start = starts[value.lineno - 1] + len(line[: value.col_offset].decode("utf-8"))
                if value.lineno == value.end_lineno and _is_plain(inner):
                    end = start + len(inner)
                    yield name, shift(start + 1), shift(end - 1), str(value.value)


def _is_plain(source: str) -> bool:
    """Whether a string is written between one pair of quotes, without a prefix."""
    quote = source[:1]
    tokens = [one for one, _ in _tokens(source) if one not in {"NEWLINE", "ENDMARKER"}]
    return quote in {"'", '"'} and not source.startswith(quote * 3) and tokens == [_STRING]


def python_shape(text: str) -> list[tuple[str, str]]:
    """Return what a Python file says, token by token, the strings by their values.

    Raises `ValueError` for what is no Python.
    """
    try:
        ast.parse(text)
        return [("" if kind == _STRING else kind, said) for kind, said in _tokens(text)]
    except (SyntaxError, tokenize.TokenError, RecursionError, MemoryError) as error:
        raise ValueError("is not valid Python") from error


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        kind = tokenize.tok_name[token.type]
        if kind == "STRING" and token.string[0] in "'\"":
            yield _STRING, str(ast.literal_eval(token.string))
        else:
            yield kind, token.string
