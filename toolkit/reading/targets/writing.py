"""Writing another URL in the place of a target."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.model.document import Edit
from toolkit.model.expressions import late
from toolkit.reading.targets.value import Writing

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.reading.targets.value import Target

_MACRO = late(r"(\{\{.*?\}\}|\{%.*?%\})")
_ENTITY_START = late(r"&(?=#?\w+;)")
_CONTROL = late(r"[\x00-\x1f\x7f]")
_BLANK = late(r"[\s\x00-\x20\x7f]")
_PLAIN_UNSAFE = late(r"[\s\x00-\x20\x7f<>\"'`\\|]")
_ANGLE_UNSAFE = late(r"[\x00-\x1f\x7f<>`\\|]|\A\s|\s\Z")
_EDGE_COMMA = late(r"\A,+|,+\Z")
_URL_TAIL = late(r"[?!.,:;*_~^'\")\]]+\Z")
_NEEDS_QUOTES = late(r"[\s=]|\A\Z")
_ABSOLUTE = late(r"[A-Za-z][A-Za-z0-9+.-]{1,31}:")
_BARE_START = late(r"(?:https?|ftps?)://[^\W_]|www\.[^\W_]", re.IGNORECASE)
_MAIL = late(r"mailto:([\w.+-]+@[\w-]+(?:\.[\w-]+)+)", re.ASCII)
_PAIRS = (("(", ")"), ("[", "]"))
_ATTRIBUTE_ESCAPES = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "'": "&#39;",
        "|": "&#124;",
        "`": "&#96;",
    }
)


def edit(target: Target, url: str) -> Edit:
    """The edit that makes `target` lead to `url`, written as its place asks for.

    What cannot stand there is percent-encoded in Markdown and made an entity in HTML; macros stay
    whole. The URL that is there already stays as it is written. Raises `ValueError` for a URL that
    cannot stand there: a relative one as an autolink, anything but mail in a mail autolink's place,
    a line end or the quotes around it in a snippet's path.
    """
    if url == target.url:
        return Edit(target.span, target.text)
    return Edit(target.span, _WRITERS[target.writing](url))


def _percent(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: _encoded(match[0]), text)


def _encoded(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "replace"))


def _markdown(unsafe: re.Pattern[str], url: str) -> str:
    """A URL without the characters of `unsafe`, but in macros, and with brackets in pairs."""
    pieces = _MACRO.split(url)
    pieces[::2] = (_ENTITY_START.sub("&amp;", _percent(unsafe, piece)) for piece in pieces[::2])
    written = "".join(pieces)
    for opening, closing in _PAIRS:
        if not _is_balanced(written, opening, closing):
            written = written.replace(opening, _encoded(opening))
            written = written.replace(closing, _encoded(closing))
    return written


def _is_balanced(text: str, opening: str, closing: str) -> bool:
    level = 0
    for character in text:
        level += (character == opening) - (character == closing)
        if level < 0:
            return False
    return level == 0


def _plain(url: str) -> str:
    return _markdown(_PLAIN_UNSAFE, url) or "<>"


def _angle(url: str) -> str:
    return _markdown(_ANGLE_UNSAFE, url)


def _attribute(url: str) -> str:
    return _percent(_CONTROL, url).translate(_ATTRIBUTE_ESCAPES)


def _unquoted(url: str) -> str:
    written = _attribute(url)
    return f'"{written}"' if _NEEDS_QUOTES.search(written) else written


def _candidate(url: str) -> str:
    return _percent(_EDGE_COMMA, _percent(_BLANK, url)).translate(_ATTRIBUTE_ESCAPES)


def _autolink(url: str) -> str:
    if not _ABSOLUTE.match(url):
        raise ValueError(f'"{url}" has no scheme; an autolink takes absolute URLs only')
    return _ENTITY_START.sub("&amp;", _percent(_PLAIN_UNSAFE, url))


def _bare(url: str) -> str:
    if not _BARE_START.match(url):
        raise ValueError(f'"{url}" is not a web address; a bare link can only have one')
    return _percent(_URL_TAIL, _autolink(url))


def _mail(url: str) -> str:
    address = _MAIL.fullmatch(url)
    if not address:
        raise ValueError(f'"{url}" is not a mail address; a mail autolink takes "mailto:name@host"')
    return address[1]


def _path(url: str, quote: str = '"') -> str:
    if not url.strip() or _CONTROL.search(url) or quote in url:
        raise ValueError(f"{url!r} cannot be a snippet's path: it is one line without its quotes")
    return url


def _path_single(url: str) -> str:
    return _path(url, "'")


def _path_line(url: str) -> str:
    return _path(url, "\n")


_WRITERS: dict[Writing, Callable[[str], str]] = {
    Writing.PLAIN: _plain,
    Writing.ANGLE: _angle,
    Writing.DOUBLE: _attribute,
    Writing.SINGLE: _attribute,
    Writing.UNQUOTED: _unquoted,
    Writing.SOURCE_SET: _candidate,
    Writing.AUTOLINK: _autolink,
    Writing.BARE: _bare,
    Writing.MAIL: _mail,
    Writing.PATH: _path,
    Writing.PATH_SINGLE: _path_single,
    Writing.PATH_LINE: _path_line,
}
