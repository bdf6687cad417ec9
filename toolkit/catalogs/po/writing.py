"""Write a `Catalog` as the bytes that GNU gettext writes (write-po.c of 0.21)."""

from __future__ import annotations

from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from toolkit.catalogs.po.escapes import escape, split_lines
from toolkit.model.catalog import Message
from toolkit.model.errors import CatalogError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.model.catalog import Catalog, MessageKey

_FORMATS = (
    "c objc python python-brace java java-printf csharp javascript scheme lisp elisp librep ruby "
    "sh awk lua object-pascal smalltalk qt qt-plural kde kde-kuit boost tcl perl perl-brace php "
    "gcc-internal gfc-internal ycp"
).split()
_SIGNS = ("", "no-", "possible-", "impossible-")
_RANGE = "range:"
_SEQUENCE = (
    ("fuzzy",),
    *(tuple(f"{sign}{name}-format" for sign in _SIGNS) for name in _FORMATS),
    (_RANGE,),
    ("wrap", "no-wrap"),
)
"""The flags that gettext knows, in its order."""
_RANKS = {flag: rank for rank, flags in enumerate(_SEQUENCE) for flag in flags}
_WIDTH = 79
"""The width at which `msgcat --no-wrap` breaks reference lines all the same."""
_NARROWEST = 20
"""The columns that gettext takes for fewer ones."""
_HEADER = (None, "")
_key_of = attrgetter("context", "id")
_lines_of = attrgetter("extracted", "references", "comments", "flags", "sticky")
"""Return the parts of a message that are one line each."""


def write_catalog(catalog: Catalog, wrap: int = 0) -> bytes:
    r"""Give the file for a catalog, in UTF-8 with `\n` line ends.

    With `wrap` 0 a text breaks only after its line feeds, and the bytes are those of
    `msgcat --no-wrap --force-po`; otherwise they are those of `msgcat --width=WRAP --force-po`.
    Obsolete messages come last. Flags gettext knows come first, in its order, then the others
    (which `msgcat` would drop). `fuzzy` is left out where there is no translation, and so are
    obsolete messages without one: like gettext, we keep them for their translations. A comment
    line ending in a backslash gets a blank after it, as gettext would join the next line to it.

    Raises `CatalogError` for what PO cannot hold: a NUL, a lone surrogate, a line feed where a
    line is meant, a message told twice or without source text. Not written: a previous context or
    plural without previous source text, which gettext would not read.
    """
    header = header_message(catalog)
    messages = [*([header] if header else ()), *_ordered(catalog)]
    text = "\n".join(entry_text(message, wrap) for message in messages)
    refuse_unwritable(catalog, text)
    return text.encode()


def header_message(catalog: Catalog) -> Message | None:
    """Return the header of a catalog as the message that holds it in a file."""
    if not (catalog.header or catalog.header_comments or catalog.header_flags):
        return None
    text = "\n".join(f"{key}: {value}" if key else value for key, value in catalog.header)
    return Message(
        id="",
        string=f"{text}\n" if text else "",
        comments=catalog.header_comments,
        flags=catalog.header_flags,
    )


def is_kept(message: Message) -> bool:
    """Whether a message goes into a file: like gettext, we keep obsolete ones for their texts."""
    return not message.obsolete or bool(message.string or any(message.plurals))


def _ordered(catalog: Catalog) -> Sequence[Message]:
    """The messages that a file keeps, obsolete ones last."""
    obsolete = [message for message in catalog.messages if message.obsolete]
    if not obsolete:
        return catalog.messages
    current = [message for message in catalog.messages if not message.obsolete]
    return [*current, *filter(is_kept, obsolete)]


def entry_text(message: Message, wrap: int) -> str:
    """Return a message as it stands in a file, with the line end of its last line."""
    if _is_plain(message):
        return _plain_text(message, wrap)
    return "".join(line for _, lines in parts_of(message, wrap) for line in lines)


def _is_plain(message: Message) -> bool:
    """Whether a message has nothing but what those of a template have."""
    marks = message.comments or message.flags or message.sticky or message.obsolete
    return not marks and message.previous_id is None and message.id_plural is None


def _plain_text(message: Message, wrap: int) -> str:
    text = "".join([f"#.{_spaced(line)}\n" for line in message.extracted])
    text += "".join(_references(message.references, wrap or _WIDTH))
    if message.context is not None:
        text += _text("msgctxt", message.context, wrap)
    return text + _text("msgid", message.id, wrap) + _text("msgstr", message.string, wrap)


def parts_of(message: Message, wrap: int) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the parts of an entry, each by its mark or keyword with its lines."""
    mark, before = ("#~ ", "#~| ") if message.obsolete else ("", "#| ")
    text_wrap = 0 if "no-wrap" in message.flags else wrap
    yield "#", [f"#{_spaced(line)}\n" for line in message.comments]
    yield "#.", [f"#.{_spaced(line)}\n" for line in message.extracted]
    yield "#:", _references(message.references, wrap or _WIDTH)
    yield "#,", list(_flags(message))
    yield "#=", [f"#= {', '.join(message.sticky)}\n"] if message.sticky else []
    yield "#|", [_text(before + word, text, text_wrap) for word, text in _previous(message)]
    for word, text in _fields(message):
        yield word, [_text(mark + word, text, text_wrap)]


def _spaced(line: str) -> str:
    if line.endswith("\\"):
        line += " "
    return f" {line}" if line else ""


def _references(references: Sequence[str], width: int) -> Sequence[str]:
    if len(references) > 1:
        return list(_several_references(references, max(width, _NARROWEST)))
    return [f"#: {_isolated(references[0])}\n"] if references else []


def _several_references(references: Sequence[str], width: int) -> Iterator[str]:
    line = "#:"
    size = len(line)
    for place in map(_isolated, references):
        # gettext counts bytes here, not columns.
        length = len(place) if place.isascii() else len(place.encode("utf-8", "replace"))
        if size > len("#:") and size + 1 + length > width:
            yield f"{line}\n"
            line, size = "#:", len("#:")
        line += f" {place}"
        size += 1 + length
    yield f"{line}\n"


def _isolated(place: str) -> str:
    if " " not in place and "\t" not in place:
        return place
    path, colon, line = place.rpartition(":")
    if colon and line.isascii() and line.isdigit():
        return f"\u2068{path}\u2069:{line}"
    return f"\u2068{place}\u2069"


def _flags(message: Message) -> Iterator[str]:
    translated = message.plurals[:1] != ("",) if message.plurals else bool(message.string)
    flags = [flag for flag in message.flags if translated or flag != "fuzzy"]
    if flags:
        yield f"#, {', '.join(sorted(flags, key=_rank))}\n"


def _rank(flag: str) -> int:
    return _RANKS.get(_RANGE if flag.startswith(_RANGE) else flag, len(_SEQUENCE))


def _previous(message: Message) -> Iterator[tuple[str, str]]:
    if message.previous_id is None:
        return
    if message.previous_context is not None:
        yield "msgctxt", message.previous_context
    yield "msgid", message.previous_id
    if message.previous_plural is not None:
        yield "msgid_plural", message.previous_plural


def _fields(message: Message) -> Iterator[tuple[str, str]]:
    if message.context is not None:
        yield "msgctxt", message.context
    yield "msgid", message.id
    if message.id_plural is None:
        yield "msgstr", message.string
        return
    yield "msgid_plural", message.id_plural
    for index, form in enumerate(message.plurals or ("", "")):
        yield f"msgstr[{index}]", form


def _text(head: str, text: str, wrap: int) -> str:
    if not text:
        return f'{head} ""\n'
    if wrap:
        from toolkit.catalogs.po.wrapping import wrap_text  # noqa: PLC0415 - its tables take a while

        lines = wrap_text(head, text, max(wrap, _NARROWEST))
    elif text.find("\n", 0, -1) >= 0:
        lines = ["", *map(escape, split_lines(text))]
    else:
        return f'{head} "{escape(text)}"\n'
    mark = head[: head.rfind(" ") + 1]
    return f'{head} "' + f'"\n{mark}"'.join(lines) + '"\n'


def refuse_unwritable(catalog: Catalog, text: str) -> None:
    """Raise `CatalogError` for what PO cannot hold."""
    problems = _problems_of_messages(catalog.messages)
    header = [*catalog.header_comments, *catalog.header_flags, *chain(*catalog.header)]
    if "\n" in "".join(header):
        problems.append("a header field or comment has a line feed")
    if "\0" in text:
        problems.append("a NUL character is in a text; delete it")
    if not _is_unicode(text):
        problems.append("a lone surrogate is in a text; delete it")
    if problems:
        raise CatalogError([Problem("", 0, 0, words) for words in problems])


def _is_unicode(text: str) -> bool:
    """Whether UTF-8 can hold a text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _problems_of_messages(messages: Sequence[Message]) -> list[str]:
    """Find what PO cannot hold in some messages; that there is nothing is soon seen."""
    keys = set(map(_key_of, messages))
    is_right = len(keys) == len(messages) and _HEADER not in keys
    if is_right and not _have_line_feed(messages):
        return []
    problems = []
    seen: set[MessageKey] = set()
    for message in messages:
        key = message.key
        if key == _HEADER and not message.obsolete:
            problems.append("a message without context has no source text")
        if key in seen:
            problems.append(f"the message {message.id!r} occurs twice; keep one")
        seen.add(key)
        if _have_line_feed([message]):
            problems.append(f"a comment, reference or flag of {message.id!r} has a line feed")
    return problems


def _have_line_feed(messages: Sequence[Message]) -> bool:
    """Whether what is to be one line each is none in some messages."""
    parts = chain.from_iterable(map(_lines_of, messages))
    return "\n" in "".join(chain.from_iterable(parts))
