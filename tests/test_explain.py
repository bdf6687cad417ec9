"""`yiben segment --explain` tells what a page holds besides its units, and what it may mean."""

import json
from functools import cache
from itertools import pairwise

import pytest
from fixture_files import cases
from projects import yiben

from toolkit.dialects import dialect_named, dialect_names
from toolkit.model.document import Document
from toolkit.reading.explaining import explanations
from toolkit.reading.page import Page
from toolkit.reading.segment import read

MIXED = """\
---
title: A title
id: x
---

!!! note "A title"
    Text.

:::tip
Text.
:::

{{< ref "x.md" >}} in text.

```{figure} a.png
```

See {ref}`target` and <Link to="x">this</Link>.

## Heading {#id}

`code alone`

```sh
ls
"""


@cache
def dialects():
    """All dialects by name; asking which packages have some takes long."""
    return {name: dialect_named(name) for name in dialect_names()}


def explained(text, dialect):
    document = Document("page.md", text)
    page = Page(document, read(document, dialects()[dialect]))
    return page, list(explanations(page, list(dialects().values())))


def told(text, dialect):
    return [(one.line, one.text, one.doubtful) for one in explained(text, dialect)[1]]


def test_other_dialects_syntax_is_told():
    assert [
        (line, text.partition(",")[0]) for line, text, doubtful in told(MIXED, "gfm") if doubtful
    ] == [
        (6, "looks like an admonition"),
        (9, "looks like an admonition between colons"),
        (13, "looks like a shortcode"),
        (15, "looks like a directive"),
        (18, "looks like a role"),
        (18, "looks like a component"),
        (20, "looks like the id of a heading"),
        (24, "code that nothing closes"),
    ]


def test_what_is_no_unit_is_told():
    assert [(line, text) for line, text, doubtful in told(MIXED, "gfm") if not doubtful] == [
        (1, "front matter, 4 lines; translated: title"),
        (15, "no unit: code figure, lines 15 to 16"),
        (22, "no unit: text without words, or left out, one line"),
        (24, "no unit: code sh, lines 24 to 25"),
    ]


def test_prose_in_other_markup_is_told():
    page = "```{eval-rst}\n.. note:: Hot.\n```\n\n```{tea}\nx\n```\n\n```{rubric} Hot\n```\n"
    assert told(page, "myst") == [
        (1, "no unit: reStructuredText, which is not translated, lines 1 to 3", False),
        (5, "no unit: holds no text of its own, lines 5 to 7", False),
        (
            5,
            'nothing in directive "tea" is translated; the setting "directives" can include it',
            True,
        ),
    ]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.title)
def test_a_page_in_its_own_dialect_raises_few_doubts(case):
    allowed = {"code that nothing closes", "starts like front matter, but is read as text"}
    for line, text, doubtful in told(case.source, case.dialect):
        assert not doubtful or text in allowed or "no " in case.title, (line, text)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.title)
def test_every_dialect_gives_every_page_back(case):
    for name in dialects():
        page, explanations_ = explained(case.source, name)
        assert all(one.line >= 1 for one in explanations_)
        assert all(a.span.end <= b.span.start for a, b in pairwise(page.units))
        assert page.document.edited([]).to_bytes() == case.source.encode("utf-8")


def test_segment_explains_as_text_and_as_json(tmp_path):
    (tmp_path / "page.md").write_text(MIXED, encoding="utf-8")
    text = yiben(tmp_path, "segment", "page.md", "--dialect", "gfm", "--explain").stdout
    assert text.startswith("page.md:1: front matter, 4 lines; translated: title\n")
    assert (
        "page.md:6: doubtful: looks like an admonition, but is read as text; dialect mkdocs" in text
    )
    words = ("segment", "page.md", "--dialect", "gfm", "--explain", "--format", "json")
    said = json.loads(yiben(tmp_path, *words).stdout)
    assert {"line", "text", "doubtful"} == said[0].keys()


@pytest.mark.parametrize(
    ("text", "dialect", "expected"),
    [
        ("```\na\n```\n", "gfm", [(1, "no unit: code, lines 1 to 3", False)]),
        ("text\n\n```py x\na\n```\n", "gfm", [(3, "no unit: code py, lines 3 to 5", False)]),
        ("    a\n", "gfm", [(1, "no unit: indented code, one line", False)]),
        ("***\n", "gfm", [(1, "no unit: a rule, one line", False)]),
        ("[a]: b\n", "gfm", [(1, "no unit: a link's target, one line", False)]),
        ("<b></b>\n", "gfm", [(1, "no unit: text without words, or left out, one line", False)]),
        (
            "<div>\n</div>\n",
            "gfm",
            [(1, "no unit: tags or comments without words, lines 1 to 2", False)],
        ),
        ("# `a`\n", "gfm", [(1, "no unit: text without words, or left out, one line", False)]),
        (
            "| 1 |\n|---|\n",
            "gfm",
            [(1, "no unit: text without words, or left out, lines 1 to 2", False)],
        ),
        ("> ```\n> a\n> ```\n", "gfm", [(1, "no unit: code, lines 1 to 3", False)]),
        (
            "> ```\n> a\n",
            "gfm",
            [
                (1, "no unit: code, lines 1 to 2", False),
                (1, "code that nothing closes", True),
            ],
        ),
        (
            "```\n",
            "gfm",
            [
                (1, "no unit: code, one line", False),
                (1, "code that nothing closes", True),
            ],
        ),
        (
            "---\ntitle: A\nx: y\n---\n",
            "gfm",
            [(1, "front matter, 4 lines; translated: title", False)],
        ),
        ("---\nx: y\n---\n", "gfm", [(1, "front matter, 3 lines; translated: none", False)]),
        ("+++\nwords\n", "gfm", [(1, "starts like front matter, but is read as text", True)]),
        (
            "---\r\nwords\r\n",
            "gfm",
            [
                (1, "starts like front matter, but is read as text", True),
                (1, "no unit: a rule, one line", False),
            ],
        ),
        ("----\nwords\n", "gfm", [(1, "no unit: a rule, one line", False)]),
        ("import a from 'b'\n", "mdx", [(1, "no unit: imports and exports, one line", False)]),
        ("words `{{< a >}}` and `{a}`b\n", "gfm", []),
        ("```{note}\nwords\n```\n", "myst", []),
    ],
)
def test_each_block_without_a_unit_is_explained(text, dialect, expected):
    assert told(text, dialect) == expected


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("!!! note", "an admonition"),
        ("??? note", "an admonition"),
        ('???+ note "A"', "an admonition"),
        ("!!! well, no", None),
        ('=== "A"', "a tab"),
        ("=== A", None),
        ("/// note", "a"),
        ('--8<-- "a"', "a"),
        (":::note", "an admonition between colons"),
        ("::: {note}", None),
        (":::{note}", "a directive"),
        ("(a b)=", "a"),
        ("(a)= b", None),
        ("export default a", "a"),
        ("export it", None),
        ("a {{% b %}}", "a shortcode"),
        ("a {{ b }}", None),
        ("a {b}`c`", "a role"),
        ("a <B c/>", "a component"),
        ("a <b c/>", None),
        ("a {#b}", "the id of a heading"),
        ("a {.b}", None),
    ],
)
def test_what_a_text_may_be_meant_for(text, what):
    found = [one for one in told(f"{text}\n", "gfm") if one[2]]
    assert len(found) == (what is not None)
    for line, said, _ in found:
        assert line == 1
        assert said.startswith(f"looks like {what}")
        assert ", but is read as text; dialect " in said
        assert "gfm" not in said
