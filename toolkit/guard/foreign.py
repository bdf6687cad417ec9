"""What a translation must not bring in: elements, targets, macros that its source does not have.

A text is searched for everything that a reader's program, a template engine or a site generator
could act on. What stands in code spans counts only as macros do; but where backticks do not pair,
programs disagree on what is code, and all of the text is searched.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from markdown_it.common.utils import normalizeReference

from toolkit import canonical
from toolkit.roles import role_uses
from toolkit.segment.words import certain_code_taken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from toolkit.canonical import Definitions

_TAG = re.compile(r"<(?=[A-Za-z/!?%])(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*>?")
_WEB_TARGET = re.compile(
    r"link target “(?:https?:)?//(?P<host>[A-Za-z0-9.-]+)(?::\d+)?(?:[/?#][^\\]*)?”"
)
_ATTRIBUTE = re.compile(r"""[\w:@.-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>`]+)""")
_PROPER_TAG = re.compile(rf"</?[A-Za-z][\w:-]*(?:\s+(?:{_ATTRIBUTE.pattern}|[\w:@.-]+))*\s*/?>")
_TAG_NAME = re.compile(r"<[/!?%]*[^\s<>/]*")
_TEXT_ATTRIBUTE = re.compile(
    r"""\s(?:alt|title|aria-label|placeholder)\s*=\s*(?:"[^"<>]*"|'[^'<>]*')""", re.IGNORECASE
)
_INLINE_TARGET = re.compile(
    r"\]\(\s*(<[^<>\n]*>|(?:\\\S|[^\s()\\]|\\(?!\S)|\((?:\\\S|[^()\s\\])*\))*)"
)
_LABEL = re.compile(r"\]\s?\[(\s*[^\s\[\]][^\[\]]*)\]")
_DEFINITION = re.compile(r"\[([^\[\]]+)\]:")
_FOOTNOTE = re.compile(r"\[\^([^\[\]\s]+)\]")
_URL_END = r"[^\s<>\"'`|\\)\]}（），。、；：！？」』】》”’]*"
_SCHEME = re.compile(
    r"\b(?:https?|ftps?|file|mailto|tel|data|blob|javascript|vbscript):(?=\S)" + _URL_END,
    re.IGNORECASE,
)
_HOST = re.compile(r"(?<!:)//(?=\w)" + _URL_END)
_WWW = re.compile(r"\bwww\." + _URL_END, re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MACRO = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\$\{[^}]*\}|\{\{|\}\}|\{%|%\}|\{#|#\}|\$\{", re.DOTALL
)
_MACRO_MARKS = ("{{", "}}", "{%", "%}", "{#", "#}", "${")
_ATTRIBUTES = re.compile(r"\{:?[ ]*[^{}\s%#*][^{}\n]*\}|\{:?[ ]*#[^{}\n]*\}")
_SNIPPET = re.compile(r"-+8<-+")
_CONTAINER = re.compile(r":::+")
_DIRECTIVE = re.compile(r"`{3,}\s*\{|~{3,}\s*\{")
_ROLE = re.compile(r"\{[\w:.+-]+\}`")
_CONTENTS = re.compile(r"\[TOC\]|\[\[_?TOC_?\]\]|\[toc\]")
_COMMENT = re.compile(r"<!--|--!?>")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\u202a-\u202e\u2066-\u2069]")
_TRAILING = ".,;:!?*_~"


def foreign_features(
    source: str,
    translation: str,
    allowed: tuple[str, ...] = (),
    own_syntax: tuple[str, ...] = (),
    *,
    roles: bool = True,
    definitions: Definitions | None = None,
) -> list[str]:
    """What `translation` brings in that `source` has not, each as `kind “text”`; mostly nothing.

    `allowed` names hosts (`docs.example.org`) and elements (`kbd`) that may come in; `own_syntax`
    are patterns of the project's own macros; `roles` tells whether the dialect has some. What a
    reference leads to, by the page's `definitions`, may be linked without it, and the reverse.
    """
    own = [match[0] for pattern in own_syntax for match in re.finditer(pattern, translation)]
    foreign = [f"macro “{text}”" for text in own if text not in source]
    if not (_POSSIBLE.search(translation) and _SUSPICIOUS.search(translation)):
        return foreign
    if _is_familiar(translation, source, roles=roles):
        return foreign
    theirs = dict.fromkeys(_acting(translation, roles=roles))
    if not theirs:
        return foreign
    known = _known(source, roles=roles)
    found = [feature for feature in theirs if feature not in known]
    if found and definitions:
        same = _linked_otherwise(source, known, definitions)
        found = [feature for feature in found if feature not in same]
    return foreign + [feature for feature in found if not _is_allowed(feature, allowed)]


def _linked_otherwise(
    source: str, known: frozenset[str], definitions: Definitions
) -> frozenset[str]:
    """Links of a source text as they are with, and without, the page's definitions."""
    targets = (f"link target “{target}”" for target in canonical.linked(source, definitions))
    labels = (
        f"reference label “{label.casefold()}”"
        for label, written in definitions.items()
        if f"link target “{canonical.target(written)}”" in known
    )
    return frozenset((*targets, *labels))


def _is_familiar(translation: str, source: str, *, roles: bool) -> bool:
    """Whether all that acts in a translation stands in its source to the letter.

    Most translations are told to be harmless by this, without a closer look at their source. What
    is compared takes in the characters around it, which say where it starts and ends.
    """
    bare = certain_code_taken(translation)
    if "&" in bare or _CONTROLS.search(bare):
        return False
    known = certain_code_taken(source)
    for _, mark, pattern, _ in _KINDS:
        if mark in bare:
            for match in pattern.finditer(bare):
                start, end = match.span()
                start -= bare[start] not in _OWN_STARTS
                if start < 0 or end >= len(bare) or bare[start : end + 1] not in known:
                    return False
    if not set(_macros(translation)) <= set(_macros(source)):
        return False
    return not roles or set(_roles(translation)) <= set(_roles(source))


_OWN_STARTS = frozenset("]<{[")
"""Characters that start something whatever stands in front of them."""


def _is_allowed(feature: str, allowed: tuple[str, ...]) -> bool:
    if not allowed:
        return False
    target = _WEB_TARGET.fullmatch(feature)
    if target:
        # What is no plain `host` or `host:port` may lead elsewhere than it seems to.
        return target["host"].lower() in allowed
    return any(re.match(rf"HTML “</?{re.escape(name)}>?”", feature) for name in allowed)


def hosts_of(features: Iterable[str]) -> tuple[str, ...]:
    """The hosts that have to be allowed for all of some features; none when that is no remedy."""
    targets = [_WEB_TARGET.fullmatch(feature) for feature in features]
    if not all(targets):
        return ()
    return tuple(dict.fromkeys(target["host"].lower() for target in targets if target))


_POSSIBLE = re.compile(
    r"[<{&@\]:}/.>\[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\u202a-\u202e\u2066-\u2069]"
)
"""A character that every suspicious text has; found faster than the rest."""
_SUSPICIOUS = re.compile(
    r"[<{&@\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\u202a-\u202e\u2066-\u2069]"
    r"|\](?=[\s(\[:])|\[[\[_tT^]|\}\}|[%#]\}|-!?>|(?<=[spoelabtSPOELABT]):(?=\S)|:::"
    r"|//|[wW]{3}\.|8<"
)
"""What every feature has some of; most texts have none and need no closer look."""


def _macros(text: str) -> Iterator[str]:
    """Macros act inside code spans as well."""
    if not any(mark in text for mark in _MACRO_MARKS):
        return
    for match in _MACRO.finditer(text):
        yield f"macro “{_whole(match)}”"


def _roles(text: str) -> Iterator[str]:
    """Roles act with what they name; the text that some show for it is translated."""
    for name, target in role_uses(text):
        yield f"role “{name} {target}”" if target else f"role “{name}”"


@lru_cache(maxsize=4096)
def _known(source: str, *, roles: bool) -> frozenset[str]:
    """The features of a source text; a page is built for one locale after the other.

    What `[guide]` leads to, `[die Anleitung][guide]` may lead to as well.
    """
    short = (f"reference label “{name.casefold()}”" for name in canonical.shortcuts(source))
    return frozenset((*_acting(source, roles=roles), *short))


def _acting(text: str, *, roles: bool) -> Iterator[str]:
    bare = certain_code_taken(text)
    yield from _features(bare)
    yield from _macros(text)
    if roles:
        yield from _roles(text)
    if "]" in text:
        yield from (f"reference label “{name.casefold()}”" for name in canonical.references(text))
    if "`" in bare:
        # Programs may see other code than we do, so whatever looks like a label is one.
        yield from (f"reference label “{_group(match)}”" for match in _LABEL.finditer(bare))


def _features(text: str) -> Iterator[str]:
    for match in _CONTROLS.finditer(text):
        kind = "bidi control" if match[0] in _BIDI else "control character"
        yield f"{kind} U+{ord(match[0]):04X}"
    bare = _ESCAPED.sub(r"\1", text) if "\\" in text else text
    for kind, mark, pattern, normalized in _KINDS:
        if mark in text and pattern is not _LABEL:
            for match in pattern.finditer(bare if pattern in _ADDRESSES else text):
                url = canonical.autolink(match[0]) if mark == "<" else ""
                if url:
                    yield f"link target “{canonical.target(url).rstrip(_TRAILING)}”"
                else:
                    yield f"{kind} “{normalized(match)}”"
    if "&" in text:
        for match in _SCHEME.finditer(html.unescape(text)):
            yield f"link target “{_target(match)}”"


def _whole(match: re.Match[str]) -> str:
    return " ".join(match[0].split())


def _tag(match: re.Match[str]) -> str:
    """A tag without its text attributes, which are translated.

    Of what is no proper tag only name and attributes count: `a <b and c> d` may be mathematics.
    """
    tag = _TEXT_ATTRIBUTE.sub(" ", match[0])
    if _PROPER_TAG.fullmatch(tag):
        return " ".join(tag.split()).replace(" >", ">")
    name = _TAG_NAME.match(tag)
    attributes = _ATTRIBUTE.findall(tag) if tag.endswith(">") else ()
    return " ".join((name[0] if name else "", *attributes))


def _target(match: re.Match[str]) -> str:
    target = match[match.lastindex or 0].strip("<>")
    return canonical.target(target).rstrip(_TRAILING)


def _group(match: re.Match[str]) -> str:
    return normalizeReference(match[1]).casefold()


def _attributes(match: re.Match[str]) -> str:
    return f"{{{canonical.attribute_list(match[0])}}}"


_KINDS: tuple[tuple[str, str, re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    ("HTML", "<", _TAG, _tag),
    ("comment mark", "--", _COMMENT, _whole),
    ("link target", "](", _INLINE_TARGET, _target),
    ("link target", ":", _SCHEME, _target),
    ("link target", "//", _HOST, _target),
    ("link target", ".", _WWW, _target),
    ("mail address", "@", _MAIL, _whole),
    ("reference label", "]", _LABEL, _group),
    ("definition", "]:", _DEFINITION, _group),
    ("footnote", "[^", _FOOTNOTE, _group),
    ("attribute list", "{", _ATTRIBUTES, _attributes),
    ("snippet", "8<", _SNIPPET, _whole),
    ("directive", ":::", _CONTAINER, _whole),
    ("directive", "```", _DIRECTIVE, _whole),
    ("directive", "~~~", _DIRECTIVE, _whole),
    ("directive", "}`", _ROLE, _whole),
    ("table of contents", "]", _CONTENTS, _whole),
)
"""What can act: its name, a mark it cannot do without, its pattern, and how it is compared."""
_ADDRESSES = frozenset({_SCHEME, _HOST, _WWW})
_ESCAPED = re.compile(r"\\([()_*~])")
"""Escapes that stand in addresses."""
