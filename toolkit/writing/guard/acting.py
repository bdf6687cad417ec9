"""The features of a text, read as the dialect's programs read it."""

from __future__ import annotations

import html
import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from markdown_it.common.utils import normalizeReference

from toolkit.dialects.blocks.harmless import without_harmless
from toolkit.dialects.inline import Flavour, Mark, Markup, marks, masked
from toolkit.dialects.inline.mark import outermost
from toolkit.dialects.inline.roles import role_of
from toolkit.model.expressions import late
from toolkit.reading import canonical
from toolkit.reading.targets.meaning import decoded
from toolkit.writing.guard.addresses import features_of_addresses, features_of_shown_addresses
from toolkit.writing.guard.anywhere import (
    ESCAPED,
    everywhere,
    folded,
    has_commit,
    macro_spans,
    paths_that_leave,
)
from toolkit.writing.guard.feature import Act, Feature
from toolkit.writing.guard.mentions import features_of_domains, features_of_mentions
from toolkit.writing.guard.tags import crossings, features_of_tags, halves_of_tags, parted_tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.dialects.inline import Grammar


class Place(StrEnum):
    """The places of a text that differ in what is active there."""

    TEXT = "text"
    """Running text."""
    HTML = "html"
    """A block of HTML, where Markdown's marks may be none."""
    NAME = "name"
    """A place where themes insert the raw text: tags, attributes, the page's title."""
    HEADING = "heading"
    """Running text that is a name as well."""


NAMES = frozenset({Place.NAME, Place.HEADING})
"""The places that themes take names from."""
_SHOWN_MARKS = re.compile(r"[:@.#!?]")
_MAY_BE_SHOWN = re.compile(r"[:@]|[wW]\\?\.|[#!?]\\?[1-9]")
"""Matches part of what may be there once escapes are resolved."""
_LONGEST_MARK = 2
_ATTRIBUTES = re.compile(r"\{:?[ ]*[^}\n ][^}\n]*\}|(?:^|(?<=\n))[ \t]*\{[ \t]*\}")
"""Matches lists of attributes, and empty ones that start a line: Goldmark drops the line."""
_HALF_LIST = re.compile(
    r"(?<=[)\]`*_>\0])\{[^{}\n]*$|\{:[^{}\n]*$"
    r"|\{(?=[^{}\n]*(?:[=#]|(?<=[{ \t:])\.[A-Za-z]))[^{}\n]*$",
    re.MULTILINE,
)
"""Matches what the list behind a heading, or a cell, would end; words alone make no attribute.

kramdown's starts with a colon, and goes on to the next brace of the page.
"""
_OPEN_LIST = re.compile(r"\{[^{}\n]*\n")
_PLAIN_LIST = re.compile(r"\{:?[ ]*(?:[^\"'{}]|(?<![=\s])\{|\"[^\"{}]*\"|'[^'{}]*')*\}")
_FORMULA_COMMAND = (
    r"\\(?:href|url|style|class|cssId|data|html[A-Z][a-z]+|includegraphics|require|csname"
    r"|def|let|gdef|edef|xdef|newcommand|renewcommand|unicode|Verb|texttip|mmlToken)(?![A-Za-z])"
)
"""Commands of TeX with which MathJax and KaTeX make links, attributes and commands."""
_LEFT = (
    (Act.COMMENT, "--", re.compile(r"<!--|--!?>")),
    (Act.DEFINITION, "]:", re.compile(r"\[([^\[\]]+)\]:")),
    (Act.FOOTNOTE, "[^", re.compile(r"\[\^([^\[\]\s]+)\]")),
    (Act.DIRECTIVE, ":::", re.compile(r":::+")),
    (Act.DIRECTIVE, "::", re.compile(r"^[ \t]*::[A-Za-z][\w-]*", re.MULTILINE)),
    (Act.DIRECTIVE, "```", re.compile(r"(?<!`)`{3,}+\s*+\{")),
    (Act.DIRECTIVE, "~~~", re.compile(r"(?<!~)~{3,}+\s*+\{")),
    (Act.DIRECTIVE, "}`", re.compile(r"\{[\w:.+-]{1,99}\}`")),
    (Act.FORMULA, "\\", re.compile(_FORMULA_COMMAND)),
    (Act.LABEL, "[[", re.compile(r"\[\[[ ]*([^\[\]|\n]+)")),
    (Act.CONTENTS, "]", re.compile(r"\[TOC\]|\[\[_?TOC_?\]\]|\[toc\]")),
)
"""Active syntax that is not markup by itself: a mark that is always in it, and its pattern."""
_NAME_ATTRIBUTE = re.compile(r"[\"'][\s/]*[^\s\"'<>/=]+\s*=|\bon[A-Za-z]{3,}\s*=|[\"']\s*/?>")
_CODE, _TAG, _FORMULA = Markup.CODE, Markup.TAG, Markup.FORMULA
_LINKS = frozenset({Markup.LINK, Markup.IMAGE})
_HIDDEN = frozenset(
    {
        *(Markup.CODE, Markup.ROLE, Markup.TAG, Markup.COMMENT, Markup.INSTRUCTION, Markup.ESCAPE),
        *(Markup.AUTOLINK, Markup.URL, Markup.MAIL, Markup.EXPRESSION, Markup.LINK, Markup.IMAGE),
    }
)
"""Matches what is hidden before a text is searched for active syntax outside markup."""


def acting_marks(text: str, grammar: Grammar) -> tuple[Mark, ...]:
    """Return the marks of a text that make its features; formulas only keep others from it."""
    found = marks(text, grammar)
    if not grammar.formulas:
        return found
    return tuple([mark for mark in found if mark.kind is not _FORMULA])


def features(text: str, found: tuple[Mark, ...], grammar: Grammar) -> Iterator[Feature]:
    """Yield what a text can do by its marks, as one grammar finds them."""
    code = rest = text
    if found:
        tags = [mark for mark in found if mark.kind is _TAG]
        yield from features_of_tags(text, tags, components=grammar.components)
        for mark in found:
            if mark.kind not in _SILENT:
                yield from _feature(text, mark, grammar)
        code = rest = masked(text, outermost([mark for mark in found if mark.kind is _CODE]))
        hidden = [_without_text(mark) for mark in found if mark.kind in _HIDDEN]
        if any(mark.kind is not _CODE for mark in hidden):
            rest = masked(text, outermost(hidden))
        if tags:
            strict = grammar.components or grammar.flavour is Flavour.MDX
            yield from parted_tags(text, tags, strict=strict)
            yield from crossings(text, tags, rest) if strict else ()
    yield from halves_of_tags(rest)
    lists, signs = _in_code(code)
    yield from lists
    yield from features_of_addresses(rest)
    yield from signs
    if "&" in text or ("\\" in text and _may_be_shown(text)):
        yield from _shown_targets(text, found, mentions=grammar.mentions)
    if grammar.mentions:
        yield from features_of_mentions(rest)
    if grammar.domains:
        yield from features_of_domains(rest)
    if code is not text and grammar.flavour is Flavour.PYTHON_MARKDOWN:
        yield from _code_in_attributes(text, found)


def features_anywhere(text: str, grammar: Grammar, place: Place) -> Iterator[Feature]:
    """Yield what a text can do in its place whatever its marks are."""
    if place in NAMES:
        yield from _named(text if place is Place.NAME else without_harmless(text))
    if place is Place.NAME:
        yield from paths_that_leave(text)
    yield from everywhere(text, grammar)


def _led_to(text: str, mark: Mark, grammar: Grammar) -> Iterator[Feature]:
    """Yield the target of a link or an image; to cmark-gfm a circumflex is part of a host."""
    inner = text[mark.inner : mark.inner_end]
    bare = mark.kind is Markup.URL
    leads = canonical.url(inner) if mark.kind in _AS_WRITTEN else meaning(inner, grammar)
    yield Feature(_LEADING[mark.kind], leads, bare=bare)
    if bare and text.startswith("^", mark.end):
        yield Feature(Act.TARGET, f"{leads}^", bare=bare)


def _feature(text: str, mark: Mark, grammar: Grammar) -> Iterator[Feature]:
    inner = text[mark.inner : mark.inner_end]
    if mark.kind in _LEADING:
        yield from _led_to(text, mark, grammar)
    match mark.kind:
        case Markup.CODE if grammar.code_acts:
            yield from _acting_code(text, mark)
        case Markup.MAIL:
            yield Feature(Act.MAIL, inner.casefold())
        case Markup.REFERENCE:
            yield Feature(Act.LABEL, "!" * text.startswith("!", mark.start) + label_of(inner))
        case Markup.FOOTNOTE:
            yield Feature(Act.FOOTNOTE, label_of(inner))
        case Markup.COMMENT:
            yield Feature(Act.COMMENT, f"<!-- {folded(inner[4:-3])} -->")
        case Markup.INSTRUCTION:
            yield Feature(Act.HTML, folded(inner))
        case Markup.EXPRESSION:
            yield Feature(Act.EXPRESSION, folded(text[mark.start : mark.end]))
        case Markup.ROLE:
            name, target = role_of(text, mark)
            yield Feature(Act.ROLE, f"{name} {target}".rstrip())


_SILENT = frozenset({Markup.ESCAPE, Markup.CHARACTER, Markup.FORMULA, Markup.TAG})
"""The marks that make no features by themselves; tags make them together."""
_ACTING_CODE = late(r"\s*(?:r[\s#]|\{+\w+\}+)")
"""Code that knitr, Jupyter or Observable run."""


def _acting_code(text: str, mark: Mark) -> Iterator[Feature]:
    if _ACTING_CODE.match(text, mark.inner):
        yield Feature(Act.EXPRESSION, folded(text[mark.inner : mark.inner_end]))
    if text.startswith("{=", mark.end):
        yield Feature(Act.HTML, folded(text[mark.start : mark.end]))


def label_of(written: str) -> str:
    """Return a label so that those that programs take for one are equal."""
    return normalizeReference(written).casefold() if written.strip() else ""


_LEADING = {
    Markup.LINK: Act.TARGET,
    Markup.AUTOLINK: Act.TARGET,
    Markup.URL: Act.TARGET,
    Markup.IMAGE: Act.IMAGE,
}
"""Marks that lead somewhere, and what they do."""
_AS_WRITTEN = frozenset({Markup.AUTOLINK, Markup.URL})
"""The marks whose targets know no escapes."""


def meaning(written: str, grammar: Grammar) -> str:
    """Return what a target means to a browser, in one spelling.

    A backslash that escapes nothing stays: browsers take it for a slash.
    """
    if grammar.flavour is Flavour.PYTHON_MARKDOWN:
        # Tabs are blanks here, which no browser drops.
        written = written.replace("\t", " ")
        if _NO_ESCAPE.search(written):
            return " ".join(written.split())
    if grammar.flavour is Flavour.PANDOC:  # ends of lines are blanks here
        written = " ".join(written.split())
    return canonical.target(written)


_NO_ESCAPE = re.compile(r"\\[^\\`*_{}\[\]()>#+.!|-]")
"""A backslash that Python-Markdown takes for no escape."""


def _without_text(mark: Mark) -> Mark:
    """A mark of which what is text to a reader is left: a link begins where its target does."""
    if mark.kind in _LINKS:
        return mark._replace(start=mark.inner)
    return mark


def _may_be_shown(text: str) -> bool:
    """Whether a text may have targets or mentions once its escapes are resolved."""
    if _SHOWN_MARKS.search(text) and _MAY_BE_SHOWN.search(text):
        return True
    return has_commit(text)


@lru_cache(maxsize=16)
def _in_code(text: str) -> tuple[tuple[Feature, ...], tuple[Feature, ...]]:
    """Return the lists of attributes of a text without code, and the signs that are no markup.

    Both are remembered: the readings of a text differ in its code least of all.
    """
    lists = tuple(_attribute_lists(text)) if "{" in text else ()
    return lists, tuple(_signs(text))


def _signs(text: str) -> Iterator[Feature]:
    """Yield the active syntax that is no markup by itself."""
    for act, mark, pattern in _LEFT:
        if mark in text:
            for match in pattern.finditer(text):
                group = match[match.lastindex or 0]
                yield Feature(act, " ".join(group.split()).casefold())


def _shown_targets(text: str, found: tuple[Mark, ...], *, mentions: bool) -> Iterator[Feature]:
    """URLs and mail addresses as they are shown: some programs find them there (micromark).

    So do code hosts with the names of people and the numbers of issues.
    """
    hidden = outermost(_without_text(mark) for mark in found if mark.kind in _HIDDEN - _ESCAPES)
    bare = ESCAPED.sub(r"\1", masked(text, hidden))
    for shown in dict.fromkeys((decoded(bare), html.unescape(bare))):
        yield from features_of_shown_addresses(shown)
        if mentions:
            yield from features_of_mentions(shown)


_ESCAPES = frozenset({Markup.ESCAPE})


def _attribute_lists(text: str) -> Iterator[Feature]:
    """Whatever could be an attribute list; with an odd quote it may go on behind a brace."""
    yield from (Feature(Act.ATTRIBUTES, match[0]) for match in _HALF_LIST.finditer(text))
    if "}" not in text:
        return
    long = (span for span in macro_spans(text) if span[1] - span[0] > _LONGEST_MARK)
    whole = masked(text, [Mark(Markup.EXPRESSION, *span, *span) for span in long])
    lines = whole.split("\n")
    if len(lines) > 1 and _OPEN_LIST.search(whole):
        # Goldmark's lists go on in the next line.
        lines.append(whole.replace("\n", " "))
    for line in lines:
        last = line.rfind("}") + 1
        for match in _ATTRIBUTES.finditer(line, 0, last):
            if _PLAIN_LIST.fullmatch(match[0]):
                written = f"{{{canonical.attribute_list(match[0])}}}"
                yield Feature(Act.ATTRIBUTES, _of_block(line, match) + written)
            else:
                yield Feature(Act.ATTRIBUTES, folded(line[match.start() : last]))


_PLACEHOLDER = re.compile(r"\{\w+\}")


def _of_block(line: str, found: re.Match[str]) -> str:
    """Return a word for a list of attributes that stands apart, at the end of its line.

    A single word in braces is rather a placeholder of a program's, which may move.
    """
    if _PLACEHOLDER.fullmatch(found[0]):
        return ""
    apart = line[found.start() - 1 : found.start()] in {"", " ", "\t"}
    return "block " if apart and not line[found.end() :].strip() else ""


def _named(text: str) -> Iterator[Feature]:
    """Find what may end an attribute's value and start another attribute, and tags.

    Themes resolve the references of a title and then show it as it is, its code as well.
    """
    shown = html.unescape(text)
    yield from (
        Feature(Act.ATTRIBUTE, folded(match[0])) for match in _NAME_ATTRIBUTE.finditer(shown)
    )
    yield from halves_of_tags(shown)


def _code_in_attributes(text: str, found: tuple[Mark, ...]) -> Iterator[Feature]:
    """Code in a link's title or an image's text, which Python-Markdown puts there unescaped."""
    codes = [mark for mark in found if mark.kind is _CODE]
    for mark in found if codes else ():
        if text.startswith("!", mark.start) and mark.kind in _SHOWN:
            start = mark.start
        elif mark.kind is Markup.LINK:
            start = mark.inner_end
        else:
            continue
        for code in codes:
            written = text[code.inner : code.inner_end]
            if start <= code.start and code.end <= mark.end and _ENDS_VALUE.search(written):
                yield Feature(Act.ATTRIBUTE, folded(written))


_SHOWN = frozenset({Markup.IMAGE, Markup.REFERENCE, Markup.SHORT})
"""Marks that may be of an image."""
_ENDS_VALUE = late(r"[\"<]|\A\s*(?:#!|:::)")
"""Matches code whose HTML ends an attribute's value; code in a language is made of tags."""
