"""Ids of headings as the generators of sites make them."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category, normalize
from urllib.parse import quote

from toolkit.dialects.blocks.values import Heading as HeadingBlock
from toolkit.dialects.blocks.values import block_of
from toolkit.dialects.inline import Markup, marks
from toolkit.dialects.inline.grammar import COMMONMARK
from toolkit.dialects.inline.mark import outermost
from toolkit.dialects.slug_rule import SlugRule
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Literal

    from toolkit.dialects.dialect import Dialect
    from toolkit.dialects.inline import Grammar
    from toolkit.dialects.parser import Range
    from toolkit.dialects.slug_rule import Slugs
    from toolkit.model.document import Document
    from toolkit.reading.segment import Reading

_ATTRIBUTES = late(r"(?<![ \\])[ ]+\{:?[ ]*(?P<list>[^{}\n]*)\}[ \t]*$")
_AROUND_LIST = " \t\u3000\\{:}[]"
_LIST_START = late(r"\{:?[ ]*")
_ID = late(r"(?:^|\s)(?:#(?P<mark>[^\s{}]+)|id=[\"']?(?P<name>[^\s\"'{}]+))")
_LINK = late(
    r"(?P<image>!)?\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])"
)
_TAG = late(r"</?[A-Za-z][^<>]*>|<!--.{0,999}?-->")
_FOOTNOTE = late(r"\[\^[^\]\s]+\]")
_EMOJI = late(r"(?<![\w:]):[a-z0-9_+-]*[a-z][a-z0-9_+-]*:(?![\w:])")
_EMPHASIS = late(r"(\*{1,3})(?=\S)(.{1,999}?)(?<=\S)\1")
_UNDERSCORES = late(r"(?<!\w)(_{1,3})(?=\S)(.{1,999}?)(?<=\S)\1(?!\w)")
_ESCAPE = late(r"\\([\\`*_{}\[\]()>#+\-.!])")
_EMPHASIZED = late(r"(?<![^\W_])_+(?=[^\s_]).*[^\s_]_+(?![^\W_])")
_LOOSE_UNDERSCORE = late(r"(?<![^\W_])_|_(?![^\W_])")
_DASHES = late("---?")
_MARK = late(r"[-\0\\`*_\[<:&]")
"""The characters of which all markup in a heading has some; most have none."""
_COUNTED = late(r"^(.*)_([0-9]+)$")


class Heading(NamedTuple):
    """A heading and the id that its page's generator gives it."""

    level: int
    text: str
    """The text that readers see of it."""
    id: str
    explicit: bool
    """Whether the id stands in an attribute list."""
    place: int
    """The character of the document at which an attribute list would be put."""
    listed: bool = False
    """Whether that is inside of a list that is there."""


def heading_ids(
    reading: Reading, document: Document, dialect: Dialect, slugs: Slugs
) -> tuple[Heading, ...]:
    """The headings of a page in their order; `slugs` names one of `SLUGS`."""
    rule = slugs if isinstance(slugs, SlugRule) else SlugRule(slugs)
    shift = document.shift_from(reading.source)
    headings = [
        _heading(block, reading, shift, dialect, rule.name)
        for block in map(block_of, reading.tokens)
        if isinstance(block, HeadingBlock)
    ]
    used = {one.id for one in headings if one.explicit}
    found = []
    for one in headings:
        name = one.id if one.explicit else _unique(slugify(one.text, rule), used, rule.name)
        used.add(name)
        found.append(one._replace(id=name))
    return tuple(found)


def _heading(
    block: HeadingBlock, reading: Reading, shift: Callable[[int], int], dialect: Dialect, slugs: str
) -> Heading:
    source, lines = reading.source, block.lines
    found = block.attributes or _list_at_end(source, lines[-1], dialect)
    behind = lines[-1][0] + len(source[slice(*lines[-1])].rstrip(" \t"))
    start, end = found or (behind, behind)
    text = " ".join(
        source[left : right if start < left else min(right, start)] for left, right in lines
    ).strip()
    if block.attributes is None and start < behind and dialect.attribute_lists:
        # Closing marks stand in front of it.
        text = text.rstrip("#").rstrip()
    name = _ID.search(source[start:end].strip(_AROUND_LIST))
    known = _ESCAPE.sub(r"\1", name["mark"] or name["name"]) if name else ""
    opened = _LIST_START.search(source, start, end)
    place = opened.end() if opened else start
    seen = plain(
        text,
        dialect.grammar,
        typographer=slugs in {"hugo", "jekyll", "pandoc"},
        entities=slugs != "vitepress",
        emoji=slugs not in {"jekyll", "kramdown", "pandoc"},
    )
    return Heading(block.level, seen, known, bool(known), shift(place), listed=bool(opened))


def _list_at_end(source: str, line: Range, dialect: Dialect) -> Range | None:
    """The place of a heading's list of attributes, as far as its block does not know it."""
    found = _ATTRIBUTES.search(source, *line) if dialect.heading_id else None
    return found.span() if found else None


def id_mark(name: str, heading: Heading, dialect: Dialect) -> str:
    """Return what gives a heading an id when it stands at its place.

    Python-Markdown reads emphasis before it reads attributes, so that underscores that would make
    some are escaped; others are not, as MkDocs takes escaped ones for another id.
    """
    if dialect.attribute_lists and _EMPHASIZED.search(name):
        name = _LOOSE_UNDERSCORE.sub(r"\_", name)
    return f"#{name} " if heading.listed else dialect.heading_id.replace("ID", name)


def plain(
    text: str,
    grammar: Grammar = COMMONMARK,
    *,
    typographer: bool = False,
    entities: bool = True,
    emoji: bool = True,
) -> str:
    """The text of a heading without its markup, as programs that make ids see it.

    With `typographer` two or three hyphens outside of code are a dash, as Goldmark's has it, and
    blanks stay as they are. Without `entities` these stay as they are written; with `emoji` codes
    of such are left out.
    """
    if not _MARK.search(text):
        return text.strip() if typographer else " ".join(text.split())
    text, codes = _without_code(text, grammar)
    text = _FOOTNOTE.sub("", text)
    for _ in range(3):
        text = _LINK.sub(lambda match: "" if match["image"] else match["text"], text)
    text = _TAG.sub("", text)
    text = _EMOJI.sub("", text) if emoji else text
    text = _UNDERSCORES.sub(r"\2", _EMPHASIS.sub(r"\2", text))
    text = _DASHES.sub("–", text) if typographer else text
    text = _ESCAPE.sub(r"\1", text)
    text = html.unescape(text) if entities else text
    whole = re.sub("\0(\\d+)\0", lambda match: codes[int(match[1])], text)
    return whole.strip() if typographer else " ".join(whole.split())


def _without_code(text: str, grammar: Grammar) -> tuple[str, list[str]]:
    """Return a text with numbers in the place of its code spans, and what these say."""
    found = marks(text, grammar) if "`" in text else ()
    pieces: list[str] = []
    codes: list[str] = []
    position = 0
    for mark in outermost(mark for mark in found if mark.kind is Markup.CODE):
        pieces += (text[position : mark.start], f"\0{len(codes)}\0")
        codes.append(text[mark.inner : mark.inner_end].strip())
        position = mark.end
    return "".join((*pieces, text[position:])), codes


def slugify(text: str, slugs: Slugs) -> str:
    """The id that a text makes, before it is distinguished from others."""
    rule = slugs if isinstance(slugs, SlugRule) else SlugRule(slugs)
    return SLUGS[rule.name](text, rule)


def _toc(text: str, rule: SlugRule) -> str:
    """Make ids as `markdown.extensions.toc.slugify` does."""
    ascii_text = normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return _toc_unicode(ascii_text, rule)


def _toc_unicode(text: str, rule: SlugRule) -> str:
    """Make ids as `markdown.extensions.toc.slugify_unicode` does."""
    bare = re.sub(r"[^\w\s-]", "", text).strip().lower()
    return re.sub(f"[{re.escape(rule.separator)}\\s]+", lambda _: rule.separator, bare)


def _pymdownx(text: str, rule: SlugRule) -> str:
    """Make ids as what `pymdownx.slugs.slugify` returns does."""
    text = _CASES[rule.case](_normalized(text, rule.normalization).strip())
    slug = re.sub(r"[^\w\- ]", "", text).replace(" ", rule.separator)
    return quote(slug) if rule.percent_encode else slug


def _normalized(text: str, form: str) -> str:
    known: tuple[Literal["NFC", "NFD", "NFKC", "NFKD"], ...] = ("NFC", "NFD", "NFKC", "NFKD")
    return normalize(next(one for one in known if one == form), text)


_CASES: Mapping[str, Callable[[str], str]] = {
    "none": str,
    "lower": str.lower,
    "lower-ascii": lambda text: re.sub("[A-Z]+", lambda match: match[0].lower(), text),
    "fold": str.casefold,
}


def _github(text: str, _: SlugRule) -> str:
    """Make ids as GitHub does: letters of any script, digits, `_` and `-`, blanks as `-`."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


def _hugo(text: str, _: SlugRule) -> str:
    """Make ids as Hugo's `autoIDType = "github"` does: letters, digits, `_`; blanks, `-` as `-`."""
    kept = (
        "-" if character in "- " else character.lower()
        for character in text.strip()
        if character in "-_ " or character.isdecimal() or category(character)[0] == "L"
    )
    return "".join(kept) or "heading"


def _vitepress(text: str, _: SlugRule) -> str:
    """Make ids as VitePress does: accents gone, punctuation as `-`, no digit in front."""
    bare = _COMBINING.sub("", normalize("NFKD", text))
    joined = _APART.sub("-", _CONTROL.sub("", bare)).strip("-")
    return re.sub(r"\A(?=[0-9])", "_", joined).lower()


def _jekyll(text: str, _: SlugRule) -> str:
    """Make ids as kramdown's parser for GitHub's Markdown does, behind its typography."""
    shown = text.lower().replace("\u2013", "").replace("\u2014", "")
    kept = (one for one in shown if one in "- \t" or _WORD.match(one) or category(one)[0] == "M")
    return re.sub(r"[ \t]", "-", "".join(kept))


def _jupyter(text: str, _: SlugRule) -> str:
    """Make ids as nbconvert's `add_anchor` does."""
    return text.replace(" ", "-")


def _kramdown(text: str, _: SlugRule) -> str:
    """Make ids as kramdown itself does: what stands in front of the first letter is gone."""
    bare = re.sub(r"[^a-zA-Z0-9 -]", "", re.sub(r"\A[^a-zA-Z]+", "", text))
    return bare.replace(" ", "-").lower() or "section"


def _pandoc(text: str, _: SlugRule) -> str:
    """Make ids as Pandoc's extension `auto_identifiers` does."""
    shown = re.sub(r"[^\w\s.-]", "", text).lower()
    joined = "-".join(shown.split())
    return re.sub(r"\A[^a-z\u00aa-\U0010ffff]*(?:[\d_.-]+)?", "", joined) or "section"


_WORD = late(r"[^\W]")
_COMBINING = late("[\u0300-\u036f]")
_CONTROL = late("[\x00-\x1f]")
_APART = late(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'\u201c\u201d\u2018\u2019<>,.?/\ufeff]+")
"""The characters that are no part of a word for VitePress, typographic quotes included."""

SLUGS: Mapping[str, Callable[[str, SlugRule], str]] = {
    "toc": _toc,
    "toc-unicode": _toc_unicode,
    "pymdownx": _pymdownx,
    "github": _github,
    "hugo": _hugo,
    "vitepress": _vitepress,
    "jekyll": _jekyll,
    "jupyter": _jupyter,
    "kramdown": _kramdown,
    "pandoc": _pandoc,
}
"""The ways to make ids, by the names of the setting `slugs`."""


def _unique(name: str, used: set[str], slugs: str) -> str:
    """The id told apart from those of the page: `a_1` (Python-Markdown), `a-1` (the others)."""
    if slugs not in {"toc", "toc-unicode", "pymdownx"}:
        number = 0
        own = name
        while own in used:
            number += 1
            own = f"{name}-{number}"
        return own
    while name in used or not name:
        counted = _COUNTED.match(name)
        name = f"{counted[1]}_{int(counted[2]) + 1}" if counted else f"{name}_1"
    return name
