"""Blocks of sites with few extensions are those that Python-Markdown makes with the same ones."""

import random
import re
from dataclasses import replace
from html.parser import HTMLParser

import markdown
import pytest
from odd_pages import COMMON, OWN, WORD, odd_pages, with_words
from record_shown import shown, texts_as_shown

from toolkit.dialects import dialect_named
from toolkit.dialects.dialect import OwnSyntax
from toolkit.model.document import Document
from toolkit.reading.segment import read

LISTS = {"ol": "ordered_list", "ul": "bullet_list", "li": "list_item", "blockquote": "blockquote"}
FANCY = (
    *(
        "a. §\nb. §",
        "A)  §\nB)  §",
        "i. §\nii. §\niii. §",
        "#. §\n#. §",
        "1) §\n2) §",
        "I) §\nII) §",
    ),
    *("1. §\na. §", "a) §\na. §", "c. §\nd. §", "i) §\nj) §", "h. §\ni. §", "x. §\nxi. §", "A. §"),
    *("* §\n- §\n\n+ §", "1. §\n* §", "a. §\n    1. §\n    2. §", "- §\n    i. §\n\n    ii. §"),
    *("#. §\n\n1. §", "a. §\n\nb. §", "v. §\nvi. §\n\nvii. §", "mm. §", "iiii) §", "ab. §", "B. §"),
    *("   a. §", "    a. §", "a.§", "a.  §\n§", "xl. §\n\n    §", "C.  §", "D. §", "IV.  §\nV.  §"),
)
FORCED = (
    *("/// fancylists | type=a\na. §\nb. §\n///", "/// fancylists | type=i start=3\ni. §\n///"),
    *("/// fancylists | type=A\n#. §\n///", "/// fancylists | start=2\n1. §\n\n2. §\n///"),
    *("/// fancylists | type=I\nC. §\nab. §\n///", "/// fancylists | type=z\na. §\n///"),
    *("/// fancylists | type=1\na. §\n1. §\n///", "/// fancylists | type=i\nx. §\n\nq. §\n///"),
)
SITES = {
    "none": ((), {}, OWN["mkdocs"]),
    "sane lists": (("sane_lists",), {}, ("1. §\n* §", "* §\n1. §", "§\n1. §", "1. §\n\n* §")),
    "fancy lists": (("pymdownx.fancylists",), {}, FANCY),
    "letters": (
        ("pymdownx.fancylists",),
        {"pymdownx.fancylists": {"additional_ordered_styles": ["alpha"]}},
        FANCY,
    ),
    "numerals": (
        ("pymdownx.fancylists",),
        {"pymdownx.fancylists": {"additional_ordered_styles": ["roman", "generic"]}},
        FANCY,
    ),
    "forced lists": (("pymdownx.fancylists", "pymdownx.blocks.tab"), {}, FANCY),
    "definitions": (("def_list", "footnotes"), {}, OWN["mkdocs"]),
    "admonitions": (("admonition", "pymdownx.details"), {}, OWN["mkdocs"]),
    "slashes": (
        (
            *("pymdownx.blocks.admonition", "pymdownx.blocks.details", "pymdownx.blocks.html"),
            *("pymdownx.blocks.tab", "pymdownx.blocks.definition", "sane_lists"),
        ),
        {},
        OWN["mkdocs"],
    ),
    "superfences": (("pymdownx.superfences", "footnotes"), {}, OWN["mkdocs"]),
}
LEFT_OUT = re.compile(r"\$\$|\[TOC\]|\[\^|<div|<!|> ```|/ define")
"""Formulas are read even where no extension is for them, as scripts show them; a table of contents
and notes are no lists of the page; what stands in raw tags and in lone code is no text of ours; a
term of a `/// define` is one only beside `def_list`."""
UNSEEN = re.compile(r"<code>[^<]*</code>|<ol[^>]*>\s*</ol>")
"""A text that is nothing but code is not translated, and a list without items not shown."""
CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
ALWAYS = ("toc", "tables", "fenced_code")
"""MkDocs puts them in front of what a site names."""
PAGES = 60


class Outline(HTMLParser):
    """The lists, their items, the quotes, and the words between them."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, _attrs):
        if tag in LISTS:
            self.found.append(LISTS[tag])

    def handle_endtag(self, tag):
        if tag in LISTS:
            self.found.append(f"/{LISTS[tag]}")

    def handle_data(self, data):
        self.found += WORD.findall(data)


def outline_of(html):
    outline = Outline()
    outline.feed(html)
    return outline.found


def outline(reading):
    found = []
    for token in reading.tokens:
        name = token.type.removesuffix("_open").removesuffix("_close")
        if name in LISTS.values():
            found.append(name if token.nesting > 0 else f"/{name}")
        block = token.meta.get("block")
        for start, end in getattr(block, "lines", ()):
            found += WORD.findall(reading.source[start:end])
    return found


def known_in(found, others):
    return [one for one in found if not WORD.fullmatch(one) or one in others]


def same_blocks(site, pages):
    names, options, _ = SITES[site]
    given = tuple(
        (name, tuple((key, ",".join(value)) for key, value in options.get(name, {}).items()))
        for name in names
    )
    dialect = dialect_named("mkdocs").configured(OwnSyntax(extensions=given))
    program = markdown.Markdown(extensions=[*ALWAYS, *names], extension_configs=options)
    for page in pages:
        html = UNSEEN.sub("", program.reset().convert(page))
        reading = read(Document("page.md", page), dialect)
        units = [replace(unit, text=CODE.sub("", unit.text)) for unit in reading.units]
        assert texts_as_shown(units) == shown(html, page), page
        theirs, ours = outline_of(html), outline(reading)
        assert known_in(ours, theirs) == known_in(theirs, ours), page


@pytest.mark.parametrize("site", SITES)
def test_blocks_are_those_of_a_site(site):
    draw = random.Random(site)  # noqa: S311 - drawn again by the name
    pieces = [one for one in (*COMMON, *SITES[site][2] * 3) if not LEFT_OUT.search(one)]
    same_blocks(site, odd_pages(draw, tuple(pieces), PAGES))


def test_a_block_gives_its_list_a_type():
    texts = (f"{block}\n\n{below}\n" for block in FORCED for below in (*FANCY[:8], *FORCED[::3]))
    same_blocks("forced lists", map(with_words, texts))


ELEMENTS = (
    *("div", "p", "legend", "span", "section", "li", "table", "summary", "address"),
    *("P", "div.a#b", "x-y", "form", "details"),
)
RAW = ("pre", "code", "script", "style", "math", "option", "textarea", "canvas")


@pytest.mark.parametrize("mode", ["", "auto", "block", "inline", "span"])
def test_an_element_is_read_as_its_mode_says(mode):
    option = f"    markdown: {mode}\n" if mode else ""
    texts = (
        f"/// html | {element}\n{option}\n{body}\n///\n"
        for element in ELEMENTS
        for body in ("§", "- §\n- §", "> §", "# §\n§")
    )
    same_blocks("slashes", map(with_words, texts))


@pytest.mark.parametrize("mode", ["", "auto", "raw", "html"])
def test_what_is_raw_holds_no_text(mode):
    option = f"    markdown: {mode}\n" if mode else ""
    dialect = dialect_named("mkdocs")
    for element in (*RAW, *(ELEMENTS if mode in {"raw", "html"} else ())):
        page = f"/// html | {element}\n{option}\n§\n\n- §\n///\n"
        assert read(Document("page.md", page), dialect).units == (), page


BLOCKS = (
    *("note", "note | §", "note | § *§*", "details | §", "details", "tab | §", "tab", "define"),
    *("admonition | §", "html | div", "html", "html | 5", "unknown | §", "caption", "Note | §"),
)
OPTIONS = (
    "",
    "    type: x",
    "    open: true",
    "    open: 5",
    "    new: true",
    "    attrs: {id: a}",
)


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_is_one_with_its_argument_and_options_only(block):
    texts = (
        f"{above}/// {block}\n{option}\n\n§\n///\n§\n"
        for above in ("", "§\n", "/// tab | §\n§\n///\n\n", "- §\n")
        for option in OPTIONS
        if not LEFT_OUT.search(f"/ {block}")
    )
    same_blocks("slashes", map(with_words, texts))
