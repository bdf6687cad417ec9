"""Find what acts in code as well: macros, files put in, marks that are read before any text."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from typing import TYPE_CHECKING
from urllib.parse import unquote

from toolkit.model.expressions import late
from toolkit.writing.guard.feature import Act, Feature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.dialects.inline import Grammar
    from toolkit.dialects.parser import Range

ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BROKEN_TARGET = re.compile(r"\]\([ \t]*[^()\s]*\\\n[^()\s]*")
"""Matches a target over a line end after a backslash, which markdown-it takes for one."""
_MACRO = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\$\{")
_MACRO_ENDS = {"{{": "}}", "{%": "%}", "{#": "#}", "${": "}"}
CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\u202a-\u202e\u2066-\u2069\ud800-\udfff"
"""Characters that act and are not seen, as a part of a class; blanks and line ends are not."""
_CONTROLS = re.compile(f"[{CONTROLS}]")
_NUMBER = late(r"&#(?:[xX]0*+(?P<hex>[0-9a-fA-F]+)|0*+(?P<decimal>[0-9]+));")
_MOST_DIGITS = 8
"""Speed: with more digits a number is too large in any case."""
_SURROGATES = range(0xD800, 0xE000)
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ISOLATES = re.compile(r"[\u2066-\u2069\n]")
_END_OF_ISOLATE = "\u2069"
_DOMAIN = re.compile(r"@[\w-]+(?:\.[\w-]+)+")
_SNIPPET = re.compile(
    r"(?P<start>(?:^|\n)[ \t]*)?(?<!-)-++8<-++(?:[ ]+(?:\"[^\"\n]*\"|'[^'\n]*'))?"
)
_INCLUDE = re.compile(r"<!--\s*@include:[^\n]{0,999}?-->")
"""Puts a file in, in VitePress' pages; in code as well."""
_INCLUDED = re.compile(r"\{!.*?!\}|\{!")
"""Puts a file in, with the extensions `markdown_include` and `mdx_include`; in code as well."""
_CRITIC = re.compile(r"\{(?:\+\+|--|==|>>|~~)|(?:\+\+|--|==|<<|~~)\}")
"""Marks that PyMdown's `critic` replaces before it reads a page; in code and attributes as well."""
_DIVIDER = re.compile(r"<!--\s*(?:more|truncate)\s*-->|\{/\*\s*truncate\s*\*/\}")
"""Ends the summary of a page (Hugo, Docusaurus' blog, Material's), in code as well."""
_READER = re.compile(
    r"<!--|<!\[|</?[A-Za-z](?!(?:[^<>=]|=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])))*+>)"
    r"|&#(?![0-9]+(?![0-9a-fA-F])|[xX][0-9a-fA-F]+(?![0-9a-fA-F]))"
)


def everywhere(text: str, grammar: Grammar) -> Iterator[Feature]:
    """Yield what acts in code as well."""
    yield from _controls(text)
    if "&#" in text:
        yield from _unreal_characters(text)
    yield from _macros(text)
    yield from _broken_targets(text)
    if grammar.components and "\\" in text:
        # Vue reads what is shown.
        yield from _macros(ESCAPED.sub(r"\1", text))
    for match in _SNIPPET.finditer(text) if "8<" in text else ():
        alone = "line " if match["start"] is not None else ""
        yield Feature(Act.SNIPPET, f"{alone}{folded(match[0])}")
    if grammar.snippets and "}" in text:
        yield from (Feature(Act.CRITIC, match[0]) for match in _CRITIC.finditer(text))
        yield from (Feature(Act.SNIPPET, match[0]) for match in _INCLUDED.finditer(text))
    if "more" in text or "truncate" in text:
        yield from (Feature(Act.COMMENT, folded(match[0])) for match in _DIVIDER.finditer(text))
    if grammar.components and "@include" in text:
        yield from (Feature(Act.SNIPPET, folded(match[0])) for match in _INCLUDE.finditer(text))
    if grammar.mail_in_code and "@" in text:
        yield from (Feature(Act.MAIL, match[0].casefold()) for match in _DOMAIN.finditer(text))
    if grammar.html_reader and ("<" in text or "&#" in text):
        for match in _READER.finditer(text, 0):
            yield Feature(Act.READER, match[0].lower())


def _unreal_characters(text: str) -> Iterator[Feature]:
    """References to what is no character, at which kramdown stops in headings."""
    for match in _NUMBER.finditer(text):
        digits = match["hex"] or match["decimal"]
        number = int(digits[:_MOST_DIGITS], 16 if match["hex"] else 10)
        if number > sys.maxunicode or number in _SURROGATES:
            yield Feature(Act.CHARACTER, match[0].lower())


def _controls(text: str) -> Iterator[Feature]:
    found = set(_CONTROLS.findall(text))
    if found and _has_balanced_isolates(text):
        found -= set("\u2066\u2067\u2068\u2069")
    for character in sorted(found):
        yield Feature(Act.BIDI if character in _BIDI else Act.CONTROL, character)


def _has_balanced_isolates(text: str) -> bool:
    """Whether every isolate of a text is closed in its line, and none closed that is not open."""
    depth = 0
    for match in _ISOLATES.finditer(text):
        if match[0] == "\n":
            if depth:
                return False
            continue
        depth += -1 if match[0] == _END_OF_ISOLATE else 1
        if depth < 0:
            return False
    return depth == 0


def _broken_targets(text: str) -> Iterator[Feature]:
    if "\\\n" in text:
        yield from (Feature(Act.TARGET, match[0]) for match in _BROKEN_TARGET.finditer(text))


def _macros(text: str) -> Iterator[Feature]:
    """Macros, which act inside code spans as well; of marks that do not pair each alone.

    Those that something keeps from acting are others than those that act.
    """
    kept = [match.span() for match in _KEPT.finditer(text)] if "{" in text else []
    ends = [end for _, end in kept]
    for start, end in macro_spans(text):
        around = bisect_right(ends, start)
        is_kept = around < len(kept) and kept[around][0] < start
        is_kept = is_kept or text.startswith("\\{{#", start - 1)
        yield Feature(Act.MACRO, ("kept " if is_kept else "") + folded(text[start:end]))


_KEPT = re.compile(
    r"\{%[-+]?\s*raw\s*[-+]?%\}(?:(?!\{%[-+]?\s*endraw)[\s\S])*+"
    r"|<(?P<name>[A-Za-z][\w-]*)(?=[^<>]*\sv-pre\b)[^<>]*+>(?:(?!</(?P=name)\b)[\s\S])*+"
)
"""The marks that keep macros from acting: Jinja's `raw`, Vue's `v-pre`; mdBook has a backslash."""


def macro_spans(text: str) -> Iterator[Range]:
    """Yield start and end of each macro of a text, and of each mark that has no partner."""
    last: dict[str, int] = {}
    position = 0
    while match := _MACRO.search(text, position):
        last = last or {closing: text.rfind(closing) for closing in _MACRO_ENDS.values()}
        closing = _MACRO_ENDS.get(match[0], "")
        position = match.end()
        if closing and last[closing] >= position:
            position = text.find(closing, position) + len(closing)
        yield match.start(), position


def paths_that_leave(text: str) -> Iterator[Feature]:
    """Yield a step out of the folder of the page that a generator makes of a name, as Hugo does.

    It makes one of each tag, `/tags/../about/` as well, and drops most punctuation before.
    """
    kept = "".join(one for one in unquote(text) if _IN_PATHS.match(one) or one.isalpha())
    if _LEAVES.search(kept):
        yield Feature(Act.TARGET, "../")


_IN_PATHS = late(r"[\d./\\\s_-]")
_LEAVES = late(r"(?<![^/\\])\.\.(?![^/\\])")


def has_commit(text: str) -> bool:
    """Whether a text holds what code hosts take for the hash of a commit."""
    if len(text) < _COMMIT_LENGTH or not _SAMPLES.search(text[::_STEP]):
        return False
    return _COMMIT.search(text) is not None


_COMMIT_LENGTH = 40
_STEP = 10
_SAMPLES = re.compile(r"[0-9a-f][0-9a-f]{3}")
"""Speed: of each hash four of every tenth character are digits, and of most texts none are."""
_COMMIT = re.compile(r"[0-9a-f][0-9a-f]{39}")


def folded(text: str) -> str:
    """Return a text with each run of blanks as one, of those that programs take for some."""
    return _BLANKS.sub(" ", text).strip(" ")


_BLANKS = re.compile(r"[ \t\r\n]+")
