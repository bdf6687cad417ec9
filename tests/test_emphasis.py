"""Emphasis is judged as the site's program makes it: Python-Markdown, alone and with betterem."""

from __future__ import annotations

import json
from itertools import product
from typing import TYPE_CHECKING, Any

import judges
import markdown
import pytest
import quarto_pages
from hypothesis import given
from hypothesis import strategies as st
from projects import project, translate, yiben

from toolkit.checks.emphasis import emphasized
from toolkit.dialects import dialect_named
from toolkit.dialects.dialect import Emphasis
from toolkit.dialects.inline.emphasis import RULES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORDLESS = dialect_named("mkdocs").wordless
BETTEREM = "pymdownx.betterem"
SITES: dict[Emphasis, dict[str, Any]] = {
    Emphasis.PYTHON_MARKDOWN: {},
    Emphasis.BETTEREM: {"extensions": [BETTEREM]},
    **{
        kind: {
            "extensions": [BETTEREM],
            "extension_configs": {BETTEREM: {"smart_enable": word}},
        }
        for kind, word in (
            (Emphasis.BETTEREM_ALL, "all"),
            (Emphasis.BETTEREM_ASTERISK, "asterisk"),
            (Emphasis.BETTEREM_NONE, "none"),
        )
    },
}
WORDS = st.sampled_from(["词", "word", "注意：", "（见）", "`a*b`", "[链接](x_y.md)", "2.5", "，"])
MARKS = st.sampled_from(["*", "_"])
BLANKS = st.sampled_from(["", "", " "])


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Words with marked words among them, the marks closed or not, blanks anywhere.

    All runs of marks are of one length: of others the programs make this or that.
    """
    parts = ["开"]
    length = draw(st.integers(1, 2))
    for _ in range(draw(st.integers(1, 3))):
        mark = draw(MARKS) * length
        closing = draw(st.sampled_from([mark, mark, mark, ""]))
        inner = draw(BLANKS) + draw(WORDS) + draw(WORDS) + draw(BLANKS)
        parts += [draw(BLANKS), mark, inner, closing, draw(BLANKS), draw(WORDS)]
    return "".join(parts)


@pytest.mark.skipif(
    markdown.__version_info__ < (3, 11), reason="Python-Markdown paired marks otherwise before 3.11"
)
@pytest.mark.parametrize("kind", SITES, ids=str)
@given(text=texts())
def test_the_program_makes_as_much_of_it(kind: Emphasis, text: str) -> None:
    html = markdown.markdown(text, **SITES[kind])
    found = emphasized(text, RULES[kind], WORDLESS)
    assert (found.strong, found.pieces) == (
        html.count("<strong>"),
        html.count("<strong>") + html.count("<em>"),
    ), html


YAML = "site_name: D\ndocs_dir: content\nmarkdown_extensions:\n"
SOURCE, TEXT = "Use **FastAPI:** now.", "**注意：**请使用。"


@pytest.mark.parametrize(
    ("files", "dead"),
    [
        ({}, False),
        ({"mkdocs.yml": f"{YAML}  - tables\n"}, False),
        ({"mkdocs.yml": f"{YAML}  - pymdownx.betterem\n"}, True),
        ({"mkdocs.yml": f"{YAML}  pymdownx.betterem:\n    smart_enable: all\n"}, True),
        ({"mkdocs.yml": f"{YAML}  - pymdownx.extra\n  - a: !!python/name:b.c\n"}, True),
        ({"mkdocs.yml": f"{YAML}  - pymdownx.betterem:\n      punctuation: false\n"}, False),
        (
            {
                "mkdocs.yml": "INHERIT: parent/base.yml\nsite_name: D\n",
                "parent/base.yml": f"{YAML}  - pymdownx.betterem\n",
            },
            True,
        ),
        ({"mkdocs.yml": f"{YAML}  - pymdownx.betterem\n", "set": "python-markdown"}, False),
        ({"set": "betterem"}, True),
        ({"mkdocs.yml": "- no\n- mapping\n"}, False),
    ],
)
def test_the_sites_settings_are_asked_and_ours_go_first(
    tmp_path: Path, files: dict[str, str], *, dead: bool
) -> None:
    settings = 'source = "en"\ntargets = ["zh-Hans"]\n'
    if "set" in files:
        settings += f'emphasis = "{files["set"]}"\n'
    root = project(tmp_path, {"page.md": f"{SOURCE}\n"}, settings)
    for name, text in files.items():
        if name != "set":
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
    yiben(root, "update")
    translate(root / "locales/zh_Hans/LC_MESSAGES/page.po", {SOURCE: TEXT})
    result = yiben(root, "check", "--select", "dead-emphasis", "--format", "json")
    assert bool(json.loads(result.stdout)) is dead, result.stdout


PARTS = ("a", "*", "**", "_", "!", " ", "（", "`x`", "[y](u)")


def test_commonmark_makes_as_much_of_it() -> None:
    cmark = pytest.importorskip("cmarkgfm", reason="cmark-gfm is not installed").cmark
    wordless = dialect_named("gfm").wordless
    for number, parts in enumerate(product(PARTS, repeat=4)):
        text = "".join(parts)
        if text.count("*") + text.count("_") > 1 and text.strip():
            text = f"x {text} x" if number % 2 else f"x{text}x"
            html = cmark.markdown_to_html(text)
            found = emphasized(text, RULES[Emphasis.COMMONMARK], wordless)
            strong = html.count("<strong>")
            assert (found.strong, found.pieces) == (strong, strong + html.count("<em>")), text


@pytest.mark.peers
@pytest.mark.parametrize(
    ("kind", "dialect", "shown"),
    [
        (Emphasis.KRAMDOWN, "kramdown", judges.by_kramdown),
        (Emphasis.PANDOC, "quarto", quarto_pages.shown),
    ],
)
def test_nothing_that_kramdown_or_pandoc_make_of_it_is_called_dead(
    kind: Emphasis, dialect: str, shown: Callable[[list[str]], list[str]]
) -> None:
    """Pairs of marks around something; of others the programs make more than we do."""
    wordless = dialect_named(dialect).wordless
    parts = ("a", "词", " ", "（", "，", "`x`", "[y](u)", "")
    written = [
        f"x{first}{mark}{second}{third}{mark}{last}x"
        for first, second, third, last in product(parts, repeat=4)
        for mark in ("**", "*", "_")
        if second + third
    ]
    texts = [text for text in written if text.split() == text.strip().split(" ")]
    html = shown([f"{text}\n" for text in texts])
    missed = [
        (text, made)
        for text, made in zip(texts, html, strict=True)
        for found in [emphasized(text, RULES[kind], wordless)]
        if (found.strong, found.pieces)
        != (made.count("<strong>"), made.count("<strong>") + made.count("<em>"))
    ]
    assert missed == []
