"""URLs and mail addresses that are links without any mark around them.

GitHub's "extended autolinks" (GFM 0.29, section 6.9) and PyMdown's `magiclink` agree on these.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from toolkit.dialects.inline.grammar import MAGICLINK_END
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from toolkit.dialects.inline.grammar import UrlEnd
    from toolkit.dialects.parser import Range

_SCHEME = r"(?:(?:https?|ftps?)://|www\.)"
_START = late(rf"(?<![A-Za-z]){_SCHEME}", re.IGNORECASE)
_ANY_START = late(_SCHEME, re.IGNORECASE)
_SPACED_START = re.compile(rf"(?:(?<![^\s*_~^(\[\"'\0>)])|(?<=\\[$/:=@])){_SCHEME}", re.IGNORECASE)
"""The start of a URL for `magiclink`; cmark-gfm and micromark only ask for no letter in front.

What a backslash escapes, for some extensions alone, is no letter either.
"""
_DOMAIN = re.compile(r"[^_\W][-\w.]*")
_REST = re.compile(r"[^\s<\0]*")
_REST_IN_PAIRS = late(r"(?:[^\s<\0()\[\]{}]|\([^\s)\0]*+\)|\[[^\s\]\0]*+\]|\{[^\s}\0]*+\})*+")
"""Matches what ends before a bracket without its partner (linkify)."""
_REST_OF_TEXT = late(r"(?:[^\s<\0\]]|\](?![(\[]))*")
"""Matches what ends where the text of a link would end (micromark)."""
_ANY_USER = late(r"[^\s\0@/\[\]()]*+@")
_ANGLED_REST = late(r"[^\s\0]*")
_BRACKETED_REST = late(r"(?:[^\s<\0\[\]]++|\[[^\s<\0\[\]]*+\])*+")
_ENTITY_END = late(r"&\w+;\Z")
_MAIL_DOMAIN = re.compile(r"@[\w-]++(?:\.[\w-]++)*\.[\w-]*[A-Za-z](?![\w@-])", re.ASCII)
_ESCAPED = late(r"\\[_.+-]")
_WRITTEN = late(r"(?:\\([_.+-])|&#?\w{1,31};)\Z", re.ASCII)
_IN_LOCAL_PART = late(r"[\w.+-]", re.ASCII)
_MAX_LOCAL_PART = 64
_MAX_ENTITY = 40


def bare_url(
    text: str,
    start: int,
    url_end: UrlEnd = MAGICLINK_END,
    *,
    bracketed: bool = False,
    spaced: bool = False,
    angled: bool = False,
) -> Range | None:
    """The URL that starts at `start`; None where it is no link.

    Inside brackets (`bracketed`) it ends before the bracket that closes them. With `spaced` it
    starts after a blank or one of a few marks; with `angled` it may hold a `<`.
    """
    starts = _SPACED_START if spaced else _ANY_START if url_end.in_words else _START
    scheme = starts.match(text, start)
    domain = scheme and _DOMAIN.match(text, scheme.end())
    if not domain:
        return None
    pattern = _BRACKETED_REST if bracketed else _ANGLED_REST if angled else _REST
    if pattern is _REST and url_end.over_brackets and not url_end.in_words:
        pattern = _REST_OF_TEXT
    if url_end.any_user:
        pattern = _REST_IN_PAIRS
    user = _ANY_USER.match(text, domain.start()) if url_end.any_user else None
    behind = pattern.match(text, user.end() if user else domain.start())
    rest = behind.end() if behind else domain.start()
    end = _rest_end(text, start, domain.start(), rest, url_end)
    segments = text[domain.start() : min(end, domain.end())].split(".")
    is_domain = url_end.in_words or not any("_" in segment for segment in segments[-2:])
    if end <= domain.start() or not is_domain:
        return None
    return start, end


def _rest_end(text: str, start: int, floor: int, end: int, url_end: UrlEnd) -> int:
    """The end of a URL that could run to `end`: punctuation after it is the sentence's."""
    surplus = {pair[1]: _surplus(text, start, end, pair) for pair in url_end.brackets}
    while end > floor:
        last = text[end - 1]
        entity = None
        if last == ";" and url_end.entities:
            entity = _ENTITY_END.search(text[max(floor, end - _MAX_ENTITY) : end])
        if entity:
            end -= len(entity[0])
        elif last in url_end.marks:
            end -= 1
        elif surplus.get(last, 0) > 0:
            surplus[last] -= 1
            end -= 1
        else:
            break
    return end


def _surplus(text: str, start: int, end: int, pair: str) -> int:
    return text.count(pair[1], start, end) - text.count(pair[0], start, end)


def bare_mail(
    text: str, at: int, url_end: UrlEnd = MAGICLINK_END, *, floor: int = 0
) -> Range | None:
    """The mail address whose `@` stands at `at`, and that starts at `floor` at the earliest."""
    domain = _MAIL_DOMAIN.match(text, at)
    start = _local_start(text, at, url_end, floor) if domain else at
    return (start, domain.end()) if domain and start < at else None


def _local_start(text: str, at: int, url_end: UrlEnd, floor: int) -> int:
    """Return where what stands before an `@` starts that belongs to it; `at` for nothing."""
    floor = max(floor, at - _MAX_LOCAL_PART)
    start = at
    while start > floor:
        local = _local_part(url_end.mail).search(text[floor:start])
        start -= len(local["local"]) if local else 0
        if start > floor and url_end.late_mail and _ESCAPED.match(text, start - 1):
            start -= 1
            continue
        written = _WRITTEN.search(text[floor:start]) if url_end.late_mail else None
        if not written or not _IN_LOCAL_PART.fullmatch(unescape(written[1] or written[0])):
            break
        start -= len(written[0])
    return start


@lru_cache(maxsize=16)
def _local_part(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"{pattern}\Z", re.ASCII | re.IGNORECASE)
