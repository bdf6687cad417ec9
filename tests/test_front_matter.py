"""Values of the front matter: spliced into their scalars, everything around them kept."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from toolkit.dialects import dialect_named
from toolkit.dialects.dialect import FrontMatter
from toolkit.model.document import Document
from toolkit.reading.segment import segment
from toolkit.reading.segment.front_matter import read_front_matter
from toolkit.writing.assemble import assemble

PAGE = """---
# a comment
title: Plain text   # another
description: 'It''s single'
summary: "Double \\"quoted\\""
hero:
    title: [One, Two]
    tagline: >-
      Folded text
      over lines
subtitle: |
  Literal
  lines
tags: [a, 'b']
draft: no
---

Body
"""
NASTY = [
    "simple",
    "colon: inside",
    "hash # inside",
    "- item",
    "'single' and \"double\"",
    "yes",
    "1.0",
    "null",
    "{a: b}",
    "[a, b]",
    "emoji 🎉 and 中文",
    "a, b",
    "&anchor *alias !tag",
    "%directive @at `tick`",
    "trailing:",
    "? question",
    "back\\slash",
    "tab\tinside",
]
NO_TEXTS = (
    "yes nULL tRUE yES oN 0o14 1e5 12e03 0b1 1_0 017 08 1. .5 +.5 -.INF .nAN 00:00 1:2:3 12:30:45 "
    "190:20:30 1_000:30 1,000 12,3.4 2024-1-1 2024-01-01T00:00:00Z :x :: = << ~ - -- ... @x `x"
).split()
"""Texts that one reader of YAML or another takes for something else."""
MODULES = Path(__file__).parents[1] / ".ci" / "mdx" / "node_modules"
JS_YAML = """
const {load} = require(process.argv[1] + '/js-yaml');
const pages = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(pages.map((page) => load(page))));
"""
PSYCH = """
pages = JSON.parse(STDIN.read)
puts JSON.generate(pages.map { |page| Psych.safe_load(page, permitted_classes: [Date, Time]) })
"""
"""The reader of Docusaurus, and Jekyll's."""


def built(page, dialect, translations):
    document = Document("page.md", page)
    units = segment(document, dialect_named(dialect))
    return assemble(document, units, {(None, unit.text): translations for unit in units[:-1]}).text


def values(page):
    data = yaml.safe_load(page.split("---\n")[1])
    hero = data["hero"]
    return [
        data["title"],
        data["description"],
        data["summary"],
        *hero["title"],
        hero["tagline"],
        data["subtitle"].rstrip("\n"),
    ]


@pytest.mark.parametrize("text", NASTY)
def test_yaml_reads_back_what_was_translated(text):
    page = built(PAGE, "mkdocs", text)
    assert values(page) == [text] * 7
    data = yaml.safe_load(page.split("---\n")[1])
    assert (data["tags"], data["draft"]) == (["a", "b"], False)
    assert page.startswith("---\n# a comment\ntitle: ")
    assert "   # another\n" in page
    assert page.endswith("tags: [a, 'b']\ndraft: no\n---\n\nBody\n")


@pytest.mark.peers
@pytest.mark.parametrize("reader", ["js-yaml", "Psych"])
def test_other_readers_of_yaml_agree(reader):
    program, asks = {
        "js-yaml": (["node", "-e", JS_YAML, str(MODULES)], MODULES.is_dir()),
        "Psych": (["ruby", "-rjson", "-rpsych", "-rdate", "-e", PSYCH], shutil.which("ruby")),
    }[reader]
    if not asks:
        pytest.skip(f"{reader} is not installed")
    texts = [*NASTY, *NO_TEXTS]
    pages = [built(PAGE, "kramdown", text).split("---\n")[1] for text in texts]
    sent = json.dumps(pages)
    run = subprocess.run(program, input=sent, capture_output=True, text=True, check=True)
    titles = [page["title"] for page in json.loads(run.stdout)]
    assert titles == texts


def test_values_keep_their_styles_of_yaml():
    page = built(PAGE, "mkdocs", "Neu")
    assert "title: Neu   # another" in page
    assert "description: 'Neu'" in page
    assert 'summary: "Neu"' in page
    assert "title: [Neu, Neu]" in page
    assert "tagline: >-\n      Neu\n" in page
    assert "subtitle: |\n  Neu\n" in page


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("title: 10\n", []),
        ("minutes: 10\ntitle: 0 \n", []),
        ("title: 08\n", ["08"]),
        ("minutes: 10\ntitle: Ten\n", ["Ten"]),
        ("minutes: 10\ntitle: 10 and more\n", ["10 and more"]),
    ],
)
def test_numbers_are_no_texts(body, texts):
    lines, values = read_front_matter(f"---\n{body}---\nText\n", FrontMatter.YAML, ("title",))
    assert lines == body.count("\n") + 2
    assert [value.text for value in values] == texts


def test_lines_of_block_scalars():
    page = built(PAGE, "mkdocs", "first\nsecond")
    data = yaml.safe_load(page.split("---\n")[1])
    assert data["subtitle"] == "first\nsecond\n"
    assert data["hero"]["tagline"] == "first\nsecond"


def test_separators_that_yaml_takes_for_line_breaks():
    page = built(PAGE, "mkdocs", "one\u2028two\x85three")
    data = yaml.safe_load(page.split("---\n")[1])
    assert data["title"] == "one\u2028two\x85three"
    assert data["subtitle"] == "one\ntwo\nthree\n"


def test_line_ends_of_the_page_are_kept():
    page = built(PAGE.replace("\n", "\r\n"), "mkdocs", "Neu")
    assert page.count("\r\n") == page.count("\n")
    assert values(page.replace("\r\n", "\n")) == ["Neu"] * 7


def test_anchors_stay_and_aliases_are_left_alone():
    page = "---\ntitle: &t Text\ndescription: *t\n---\n\nBody\n"
    assert built(page, "mkdocs", "Neu").startswith("---\ntitle: &t Neu\ndescription: *t\n---")


def test_mkdocs_own_lines():
    page = "author: A\ntitle: Old\n\nBody\n"
    assert built(page, "mkdocs", "New: one") == "author: A\ntitle: New: one\n\nBody\n"
    assert len(segment(Document("p.md", page), dialect_named("commonmark"))) == 2
