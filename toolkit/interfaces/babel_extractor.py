"""Babel's extraction method for Markdown, so that pages and Python code share one catalog.

See "Extraction Method Mapping and Configuration" and "Writing Extraction Methods" in Babel's
documentation; the method is registered as `yiben` in the entry-point group `babel.extractors`.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from toolkit.catalogs.babel_texts import shielded
from toolkit.catalogs.unit_comments import comments_of
from toolkit.dialects import dialect_named
from toolkit.model.document import Document
from toolkit.model.errors import Problem, SettingsError, ToolkitError
from toolkit.reading.segment import FRONT_MATTER_KEYS, segment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from toolkit.dialects.dialect import Dialect

_Extracted = tuple[int, str | None, str | tuple[str, str], list[str]]
"""Line (from 1), function that Babel would have found, its texts, comments for translators."""


def extract_markdown(
    fileobj: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, object],
) -> Iterator[_Extracted]:
    """The messages of a page in their order, as Babel asks for them.

    `options` may name the `dialect` (mkdocs) and the `front_matter` keys, as a list or with blanks
    or commas in between. `keywords` and `comment_tags` are for code. A page that cannot be read or
    an option that is none ends the program with its one line.
    """
    del keywords, comment_tags
    name = str(getattr(fileobj, "name", "page"))
    try:
        dialect, keys = _read(options)
        document = Document.from_bytes(name, fileobj.read())
        units = segment(document, dialect, keys)
    except ToolkitError as error:
        # Babel would show a traceback.
        raise SystemExit(str(error)) from None
    for unit in units:
        line = document.place(unit.span.start)[0]
        text = shielded(unit.text)
        comments = list(comments_of(unit))
        if unit.context is None:
            yield line, None, text, comments
        else:
            yield line, "pgettext", (unit.context, text), comments


def _read(options: Mapping[str, object]) -> tuple[Dialect, tuple[str, ...]]:
    """The dialect and the keys of the front matter; TOML may give lists, and anything else."""
    match {"dialect": "mkdocs", "front_matter": "", **options}:
        case {"dialect": str() as dialect, "front_matter": str() as keys, **rest} if not rest:
            found = keys.replace(",", " ").split()
        case {"dialect": str() as dialect, "front_matter": [*listed], **rest} if not rest:
            found = [str(key) for key in listed]
        case _:
            said = ", ".join(f"{key} = {value!r}" for key, value in options.items())
            problem = f"takes dialect (a string) and front_matter (keys), not {said}"
            raise SettingsError(Problem("Babel's method yiben", 0, 0, problem))
    return dialect_named(dialect), tuple(found) or FRONT_MATTER_KEYS
