"""Headings have the ids that Python-Markdown and GitHub give them."""

import re
from functools import partial

import markdown
import pytest
import rendering
from markdown.extensions.toc import slugify_unicode
from material.extensions.emoji import to_svg, twemoji
from mkdocs.utils.meta import get_data
from pymdownx.slugs import slugify as pymdownx_slugify
from trees import CORPUS

from toolkit.dialects import dialect_named
from toolkit.model.document import Document
from toolkit.reading.anchors import Heading, heading_ids, id_mark, slugify
from toolkit.reading.segment import read_blocks

MKDOCS = dialect_named("mkdocs")
TREES = (
    *("kubean", "kdoctor", "mkdocs-material", "fastapi"),
    pytest.param("OI-wiki", marks=pytest.mark.nightly),
)
EXTENSIONS = (
    "admonition attr_list def_list footnotes md_in_html toc tables pymdownx.betterem "
    "pymdownx.details pymdownx.superfences pymdownx.tabbed pymdownx.tasklist pymdownx.emoji "
    "pymdownx.keys pymdownx.mark pymdownx.caret pymdownx.tilde pymdownx.blocks.admonition "
    "pymdownx.blocks.tab pymdownx.blocks.details pymdownx.arithmatex"
).split()
SLUGS = {
    "toc": {},
    "toc-unicode": {"slugify": slugify_unicode},
    "pymdownx": {"slugify": pymdownx_slugify(case="lower")},
}
KNOWN = {
    # An emoji of GitHub's that no index of Material has.
    "surfing_man",
}


def renderer(slugs):
    return markdown.Markdown(
        extensions=EXTENSIONS,
        extension_configs={
            "toc": SLUGS[slugs],
            "pymdownx.tabbed": {"alternate_style": True},
            "pymdownx.arithmatex": {"generic": True},
            "pymdownx.emoji": {"emoji_index": twemoji, "emoji_generator": to_svg},
        },
    )


def ours(text, slugs="toc", dialect=MKDOCS):
    document = Document("a.md", text)
    return [one.id for one in heading_ids(read_blocks(document, dialect), document, dialect, slugs)]


def theirs(text, slugs):
    return re.findall(r'<h[1-6][^>]*\bid="([^"]*)"', renderer(slugs).convert(get_data(text)[0]))


@pytest.mark.parametrize("slugs", SLUGS)
@pytest.mark.parametrize("name", TREES)
def test_ids_are_those_of_python_markdown(name, slugs):
    if not (CORPUS / name).is_dir():
        pytest.skip(f"the corpus is not beside the project: no {name}")
    headings = 0
    different = []
    for path in sorted((CORPUS / name).rglob("*.md")):
        text = Document.from_bytes(path.name, path.read_bytes()).text
        if any(word in text for word in KNOWN):
            continue
        own, wanted = ours(text, slugs), theirs(text, slugs)
        headings += len(wanted)
        if own != wanted:
            different.append((path.name, sorted(set(own) ^ set(wanted))[:4]))
    assert headings > 100
    assert not different, (len(different), different[:10])


CASES = [
    "# One\n\n# One\n\n# One_1\n",
    "# 安装\n\n# 使用\n\n# `code` 和 *强调*\n",
    "# A [link](x.md) and ![image](y.png) <b>x</b> &amp; \\* y\n",
    "# One { #own }\n\n# Own\n\n## own { .x }\n",
    "Setext `a_b`\n===\n\n__x__ _y_z\n---\n",
    "> # In a quote\n\n!!! note\n\n    # In a note\n\n- # In a list\n",
    "# a -- b   c\n\n# ÄÖ ß\n\n# !?\n",
    "# The \\`_b_\\` mark\n\n# A ``a`_b_`` c\n\n# `` ` `` and \\\\`_d_`\n",
]


@pytest.mark.parametrize("slugs", SLUGS)
@pytest.mark.parametrize("text", CASES)
def test_ids_of_small_pages_are_those_of_the_programs(text, slugs):
    assert ours(text, slugs) == theirs(text, slugs)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Hello, World!", "hello-world"),
        ("安装 Kubernetes", "安装-kubernetes"),
        ("a_b - c", "a_b---c"),
        ("`code` (x)", "code-x"),
    ],
)
def test_github_keeps_letters_and_drops_marks(text, wanted):
    assert ours(f"# {text}\n", "github") == [wanted]


def test_github_counts_from_one():
    assert ours("# A\n\n# A\n\n# A\n", "github") == ["a", "a-1", "a-2"]


@pytest.mark.parametrize("name", ["a.mdx", "a.md"])
def test_nextra_and_fumadocs_have_ids_between_brackets(name):
    text = "# One [#first]\n\n## Two [!toc]\n\n## Three [three]\n\n## Four \\{#last}\n"
    dialect = dialect_named("mdx").for_file(name)
    document = Document(name, text)
    found = heading_ids(read_blocks(document, dialect), document, dialect, "github")
    assert [(one.id, one.explicit) for one in found] == [
        ("first", True),
        ("two", False),
        ("three-three", False),
        ("last", True),
    ]


def test_the_place_is_where_a_list_goes():
    text = "# One #\n\n> ## Two  \n\nThree\n===\n\n# Four { .x }\n"
    document = Document("a.md", text)
    found = heading_ids(read_blocks(document, MKDOCS), document, MKDOCS, "toc")
    assert [text[one.place :].split("\n", maxsplit=1)[0] for one in found] == [
        " #",
        "  ",
        "",
        ".x }",
    ]
    assert [one.listed for one in found] == [False, False, False, True]
    assert partial(slugify, "A b")("toc") == "a-b"


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("_2", " { #_2 }"),
        ("get_y", " { #get_y }"),
        ("a-__get_y__-b", r" { #a-\_\_get_y\_\_-b }"),
    ],
)
def test_ids_make_no_emphasis(name, mark):
    dialect = dialect_named("mkdocs")
    heading = Heading(1, "Title", "title", explicit=False, place=7)
    assert id_mark(name, heading, dialect) == mark
    page = f"# Title{mark}\n"
    assert f'<h1 id="{name}">Title</h1>' in rendering._html(page, "mkdocs")
    document = Document("page.md", page)
    (found,) = heading_ids(read_blocks(document, dialect), document, dialect, "toc")
    assert found.id == name
