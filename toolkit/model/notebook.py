r"""Jupyter notebooks as text: their cells one after the other, and the way back.

The text has the Markdown of each cell, and its code as a fence; comments stand between cells. What
is put back are the lines of `source` that changed; all else of the JSON is copied. The format is
that of nbformat 4 ("The Notebook file format").
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from toolkit.model.errors import DocumentError, Problem
from toolkit.model.expressions import late
from toolkit.model.json_nodes import json_problem, only_node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.model.json_nodes import Node

ENDING = ".ipynb"
_BETWEEN = "\n\n<!-- notebook cell {} -->\n\n"
_MARK = late(r"\n\n<!-- notebook cell (\d+) -->\n\n")
_FORMAT = 4
_ESCAPES = late(r"\\(?:u[0-9a-fA-F]{4}|.)|[^\\]+")
_OPENING = late(
    r"[ \t>]*(?P<mark>`{3,}|~{3,}|:{3,}|\$\$|<(?:pre|script|style|textarea)\b)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_TICKS = late(r"`+")
_LINES = late(r"[^\n]*\n|[^\n]+")
_WORD = late(r"[^\s`~{}]+")
"""The name of a language, as it may stand after a fence."""


class _Cell(NamedTuple):
    """A cell: its text as it is shown, and its lines as they are written."""

    source: str
    opening: str
    """The fence before code, with its line end."""
    closing: str
    """The fence after code; after Markdown what ends the blocks that it leaves open."""
    is_shown: bool
    lines: tuple[tuple[str, str], ...]
    """Each line of `source`, and the JSON of it."""
    joints: tuple[str, ...]
    """The text before the first line, between the lines and after the last."""
    start: int
    end: int

    @property
    def shown(self) -> str:
        return f"{self.opening}{self.source}{self.closing}" if self.is_shown else ""

    def source_of(self, shown: str) -> str | None:
        """The source of a cell that is shown so, `None` where there is none."""
        opening, closing = len(self.opening), len(self.closing)
        whole = shown.startswith(self.opening) and shown.endswith(self.closing)
        fits = whole and len(shown) >= opening + closing
        return shown[opening : len(shown) - closing] if fits and self.is_shown else None


class Notebook:
    """The JSON of a notebook, and the text that its cells make."""

    def __init__(self, path: str, data: str) -> None:
        """Read a notebook; raises `DocumentError` with its place where it is none."""
        self._path = path
        self._data = data
        self._cells = tuple(self._read())

    @cached_property
    def text(self) -> str:
        """The text of all cells."""
        shown = (cell.shown for cell in self._cells)
        pieces = (
            f"{_BETWEEN.format(number)}{text}" if number > 1 else text
            for number, text in enumerate(shown, 1)
        )
        return "".join(pieces)

    def filled(self, text: str) -> str:
        """Return the JSON with the cells of `text`, which was made of this one's.

        Raises `DocumentError` where the text has other cells.
        """
        pieces = _MARK.split(text)
        parts, numbers = pieces[::2], pieces[1::2]
        if [*map(str, range(2, len(self._cells) + 1))] != numbers:
            raise self._error("its localized text has different cells; report this as a bug")
        result: list[str] = []
        position = 0
        for cell, part in zip(self._cells, parts, strict=False):
            if part == cell.shown:
                continue
            source = cell.source_of(part)
            if source is None:
                raise self._error("its localized text has different cells; report this as a bug")
            result += (self._data[position : cell.start], self._written(cell, source))
            position = cell.end
        return "".join((*result, self._data[position:]))

    def place(self, text: str, offset: int) -> tuple[int, int]:
        """Return the number of the cell that a character stands in, and its column in its line."""
        line = text.rfind("\n", 0, offset) + 1
        return bisect_right(_starts(text), offset) + 1, offset - line + 1

    def _read(self) -> Iterator[_Cell]:
        root = self._parsed()
        number, cells = root.member("nbformat"), root.member("cells")
        version = self._data[number.start : number.end] if number else ""
        if version != str(_FORMAT) or cells is None or not isinstance(cells.value, list):
            raise self._error("is not a notebook of format 4; save it with a newer Jupyter")
        language = self._language(root)
        for place, node in enumerate(cells.value, 1):
            cell = self._cell(node, language) if isinstance(node.value, tuple) else None
            if cell is None:
                raise self._error(f"cell {place} has no type or no source")
            self._check(cell, place)
            yield cell

    def _parsed(self) -> Node:
        try:
            return only_node(self._data)
        except (ValueError, RecursionError) as error:
            raise DocumentError(json_problem(self._path, error, 1)) from None

    def _check(self, cell: _Cell, place: int) -> None:
        source = cell.source
        if "\0" in source or (not source.isascii() and _has_surrogate(source)):
            raise self._error(f"cell {place} has a lone surrogate; remove it")
        if _MARK.search(f"\n\n{source}\n\n"):
            raise self._error(f"cell {place} has a comment of the form that marks cells; remove it")

    def _language(self, root: Node) -> str:
        metadata = root.member("metadata")
        for name, key in (("language_info", "name"), ("kernelspec", "language")):
            table = metadata.member(name) if metadata else None
            found = table.member(key) if table else None
            if found and isinstance(found.value, str) and _WORD.fullmatch(found.value):
                return found.value
        return "python"

    def _cell(self, node: Node, language: str) -> _Cell | None:
        kind, source = node.member("cell_type"), node.member("source")
        if kind is None or source is None or not (_is_text(kind) and _is_text(source, lines=True)):
            return None
        lines, joints = self._lines(source)
        text = "".join(line for line, _ in lines)
        opening = closing = ""
        if kind.value == "code":
            fence = "`" * max(3, *(len(run) + 1 for run in ("", *_TICKS.findall(text))))
            opening, closing = f"{fence}{language}\n", f"\n{fence}"
        elif kind.value == "markdown":
            closing = "".join(f"\n{mark}" for mark in _open_marks(text))
        shown = kind.value in {"code", "markdown"}
        span = (source.start, source.end)
        return _Cell(text, opening, closing, shown, lines, joints, *span)

    def _lines(self, node: Node) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
        """The lines of a source with their JSON, and what stands around them."""
        if isinstance(node.value, str):
            raw = self._data[node.start + 1 : node.end - 1]
            return tuple(_raw_lines(raw)), ('"', "", '"')
        items = node.value if isinstance(node.value, list) else []
        lines = tuple((str(item.value), self._data[item.start : item.end]) for item in items)
        ends = [node.start, *(place for item in items for place in item[:2]), node.end]
        joints = tuple(self._data[a:b] for a, b in zip(ends[::2], ends[1::2], strict=True))
        return lines, joints

    def _written(self, cell: _Cell, source: str) -> str:
        """The JSON of a cell's source; lines that it has already keep their own."""
        quote = "" if cell.joints[0] == '"' else '"'
        known = dict(reversed(cell.lines))
        raws = [
            known.get(line) or f"{quote}{self._escaped(line)}{quote}"
            for line in _LINES.findall(source)
        ]
        if not quote:
            return f'"{"".join(raws)}"'
        first, *inner, last = cell.joints if len(cell.joints) > 1 else ("[", "]")
        if len(inner) != len(raws) - 1:
            inner = [inner[0] if inner else ", "] * (len(raws) - 1)
        pairs = zip(raws, (*inner, last), strict=True)
        return "".join((first, *(piece for pair in pairs for piece in pair)))

    def _escaped(self, line: str) -> str:
        return json.dumps(line, ensure_ascii=self._is_escaped)[1:-1]

    @cached_property
    def _is_escaped(self) -> bool:
        """Whether letters outside of ASCII are written as escapes."""
        return self._data.isascii() and "\\u" in self._data

    def _error(self, text: str) -> DocumentError:
        return DocumentError(Problem(self._path, 1, 1, text))


@lru_cache(maxsize=4)
def _starts(text: str) -> tuple[int, ...]:
    """The starts of the cells after the first one."""
    return tuple(match.end() for match in _MARK.finditer(text))


def _open_marks(text: str) -> list[str]:
    """Return what closes the fences, formulas and elements that are open at the end of a cell.

    Each cell is a document of its own, so none of these continues in the next cell.
    """
    open_marks: list[str] = []
    for line in text.split("\n"):
        last = open_marks[-1] if open_marks else ""
        if last and _ends(line, last):
            open_marks.pop()
        elif not last or last.startswith(":"):
            open_marks += _opened(line)
    return open_marks[::-1]


def _ends(line: str, mark: str) -> bool:
    if mark.startswith(("$", "<")):
        return mark in line
    return re.fullmatch(rf"[ \t>]*{mark}{mark[0]}*[ \t\r]*", line) is not None


def _opened(line: str) -> Iterator[str]:
    found = _OPENING.match(line)
    if not found:
        return
    mark, rest = found["mark"].lower(), found["rest"]
    if mark.startswith("<"):
        closing = f"</{mark[1:]}>"
        yield from () if closing in line.lower() else (closing,)
    elif mark == "$$":
        yield from () if "$$" in rest else (mark,)
    elif not (mark.startswith("`") and "`" in rest) and (not mark.startswith(":") or rest.strip()):
        yield mark


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _raw_lines(raw: str) -> Iterator[tuple[str, str]]:
    """The lines of a string in JSON without its quotes."""
    line: list[str] = []
    for piece in _ESCAPES.findall(raw):
        line.append(piece)
        if piece == r"\n":
            yield _unescaped(line)
            line = []
    if line:
        yield _unescaped(line)


def _unescaped(pieces: list[str]) -> tuple[str, str]:
    raw = "".join(pieces)
    return json.loads(f'"{raw}"'), raw


def _is_text(node: Node, *, lines: bool = False) -> bool:
    """Whether a value is a string or, with `lines`, a list of strings."""
    if lines and isinstance(node.value, list):
        return all(map(_is_text, node.value))
    return isinstance(node.value, str)
