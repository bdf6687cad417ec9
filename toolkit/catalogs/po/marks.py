"""Stand-ins for what polib would corrupt.

Every stand-in is a lone surrogate: decoded text never holds one, so nothing has to be escaped
and putting the originals back is exact.
"""

from __future__ import annotations

from toolkit.model.expressions import late

END = "\udc00"
"""Put where polib would strip a blank or take an empty text for an absent one."""
STICKY = "\udc01"
"""Put before a `#=` flag, which travels among the `#,` flags."""

_FIRST = 0xDC10
_SPACES = [*filter(str.isspace, map(chr, range(0x3001)))]
_BY_SPACE = {ord(space): chr(_FIRST + place) for place, space in enumerate(_SPACES)}
_BY_MARK = {ord(mark): chr(space) for space, mark in _BY_SPACE.items()}
_BREAKS = [space for space in _SPACES if space != "\n" and len(f"a{space}b".splitlines()) > 1]
_BY_BREAK = {ord(space): _BY_SPACE[ord(space)] for space in _BREAKS}

_BREAK = late("[" + "".join(_BREAKS) + "]")
_MARK = late("[" + "".join(_BY_SPACE.values()) + "]")

BLANK = " \t" + "".join(_BY_BREAK.values())
"""The characters that may stand around the words of a line, after `hide_breaks`."""


def hide_breaks(text: str) -> str:
    r"""Replace what `str.splitlines` cuts at, except `\n`: U+2028, U+0085, U+001E, lone CR."""
    return text.translate(_BY_BREAK) if _BREAK.search(text) else text


def hide_spaces(text: str) -> str:
    """Replace everything `str.split` cuts at."""
    return text.translate(_BY_SPACE)


def anything_hidden(text: str) -> bool:
    """Whether `reveal` has anything to do in any part of `text`."""
    return bool(_MARK.search(text))


def reveal(text: str) -> str:
    """Put back what `hide_breaks` or `hide_spaces` replaced."""
    return text.translate(_BY_MARK)
