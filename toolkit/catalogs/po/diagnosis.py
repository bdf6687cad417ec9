"""Why a line is no PO: one place and one remedy for each mistake people make."""

from __future__ import annotations

import re

from toolkit.catalogs.po.marks import BLANK
from toolkit.model.errors import Problem
from toolkit.model.expressions import late

_CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})(?: |\Z)").match
_LEFT_BY_MSGCAT = re.compile(r"#-#-#-#-#  .*  #-#-#-#-#")
_WORD = late(rf"[{BLANK}]*(?:#~\|?|#\|)?[{BLANK}]*([^\s\"\[]+)?")
_KEYWORD = re.compile(r"(?:msgctxt|msgid|msgid_plural|msgstr)\Z").match
_INDEX = late(rf"[{BLANK}]*(?:\[[{BLANK}]*[0-9]+[{BLANK}]*\])?[{BLANK}]*")
_GAP = late(rf"[{BLANK}]*")
_STRINGS = late(rf'(?:"[^"\\]*(?:\\.[^"\\]*)*"[{BLANK}]*)*')


def misread(line: str) -> tuple[int, str]:
    """Give column and text of what is wrong with a line that cannot be read."""
    conflict = _CONFLICT(line)
    if conflict:
        return 1, f"merge conflict marker {conflict[1]}; choose a side and delete the marker"
    head = _WORD.match(line)
    word = head[1] if head else None
    if head and word and not _KEYWORD(word):
        return head.start(1) + 1, _unknown(word)
    start = head.end() if head else 0
    return _unquoted(line, _end(_INDEX if word == "msgstr" else _GAP, line, start))


def merge_leftovers(path_name: str, text: str) -> list[Problem]:
    """Find the `#-#-#-#-#` lines by which msgcat and msgmerge keep two versions of a text."""
    if not _LEFT_BY_MSGCAT.search(text):
        return []
    words = "msgcat left two versions here (#-#-#-#-#); keep one and delete the marker"
    return [
        Problem(path_name, number, found.start() + 1, words)
        for number, line in enumerate(text.split("\n"), 1)
        if (found := _LEFT_BY_MSGCAT.search(line))
    ]


def _end(pattern: re.Pattern[str], line: str, start: int) -> int:
    found = pattern.match(line, start)
    return found.end() if found else start


def _unknown(word: str) -> str:
    if word == "domain":
        return "domain lines are not supported; use one file per domain"
    known = "msgctxt, msgid, msgid_plural, msgstr, a text in quotes or a comment (#)"
    return f"{word[:20]!r} is not a PO keyword; a line starts with {known}"


def _unquoted(line: str, start: int) -> tuple[int, str]:
    if line[start : start + 1] not in ('"', ""):
        return start + 1, 'a string in quotes belongs here; put it in "…"'
    stop = _end(_STRINGS, line, start)
    rest = line[stop:]
    if not rest.strip(BLANK):
        return stop + 1, 'the string is missing; write "" for an empty one'
    if rest.startswith('"'):
        words = "this quotation mark has no partner; end the string"
        return stop + 1, f'{words} with ", and write \\" for one inside it'
    words = "something follows the closing quotation mark"
    return stop + 1, f'{words}; write \\" for one inside a string'
