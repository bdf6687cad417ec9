"""XML read as it comes, so that no tree of a file is held: what TMX and XLIFF have in common."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from toolkit.model.errors import CatalogError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_BYTES = 256 * 1024 * 1024
"""Files larger than that are refused, when the caller sets no other limit."""
_XML = "http://www.w3.org/XML/1998/namespace "
"""Expat's prefix for the names of `xml:` attributes."""
_DECLARED = re.compile(rb"""\s*<\?xml[^>]*?\bencoding\s*=\s*["']utf-?16""", re.IGNORECASE)


class XmlReader:
    """Reads one file; subclasses say what elements mean by `_start` and `_end`.

    Names of elements come without their namespace. While `_text` is a list, characters are added to
    it.
    """

    what = "XML"
    """The format, for messages."""
    root = ""
    """The name that the first element has to have."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._open: list[str] = []
        self._text: list[str] | None = None
        self._parser = expat.ParserCreate()

    @property
    def _line(self) -> int:
        return self._parser.CurrentLineNumber

    def read(self, data: bytes, limit: int = MAX_BYTES) -> None:
        """Read the file.

        Raises `CatalogError` with line and column for what is no XML or not of the format, for
        entities (`&nbsp;`), for encodings that cannot be read, and for more than `limit` bytes.
        """
        if len(data) > limit:
            problem = f"has {len(data)} bytes, more than {limit}; split it"
            raise CatalogError(Problem(self._name, 0, 0, problem))
        self._parser = self._new_parser(_encoding(data))
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            what = f"is not valid XML: {expat.ErrorString(error.code)}"
            raise CatalogError(Problem(self._name, error.lineno, error.offset + 1, what)) from None
        except (ValueError, LookupError) as error:
            # Python's expat refuses an encoding this way.
            what = f"its encoding cannot be read ({error}); save it as UTF-8"
            raise CatalogError(Problem(self._name, 1, 1, what)) from None

    def _new_parser(self, encoding: str | None) -> expat.XMLParserType:
        parser = expat.ParserCreate(encoding, namespace_separator=" ")
        parser.buffer_text = True
        # Defaults in a document type would be given again with every element.
        parser.specified_attributes = True
        parser.StartElementHandler = self._started
        parser.EndElementHandler = self._ended
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._skipped
        return parser

    def _start(self, tag: str, parent: str, attributes: Mapping[str, str]) -> None:
        """An element begins in `parent` (empty for the root)."""
        raise NotImplementedError

    def _end(self, tag: str) -> None:
        """An element ends."""
        raise NotImplementedError

    def _started(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        parent = self._open[-1] if self._open else ""
        if not parent and tag != self.root:
            self._refuse(f"is not {self.what}: its root is <{tag}>")
        self._open.append(tag)
        self._start(
            tag, parent, {key.replace(_XML, "xml:"): value for key, value in attributes.items()}
        )

    def _ended(self, _name: str) -> None:
        self._end(self._open.pop())

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _entity(self, name: str, *_declaration: object) -> None:
        self._refuse(f'declares the entity "{name}"; remove the declaration')

    def _skipped(self, name: str, is_parameter: bool) -> None:  # noqa: FBT001 - expat's signature
        if not is_parameter:
            self._refuse(f"&{name}; is not an XML entity; write the character itself")

    def _refuse(self, problem: str) -> NoReturn:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        raise CatalogError(Problem(self._name, line, column, problem))


def _encoding(data: bytes) -> str | None:
    """The encoding, when the first bytes know it better than the declaration; else `None`.

    Programs that change a file's encoding often leave `encoding="utf-16"` behind.
    """
    if data.startswith(BOM_UTF8) or _DECLARED.match(data):
        return "utf-8"
    return "utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else None
