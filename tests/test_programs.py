"""The dialects' programs show pages with a marker in each message as they show their sources."""

import re
import shutil
import subprocess

import lxml.html
import pytest
from fixture_files import cases
from markdown_it import MarkdownIt
from marking import MARKER, marked
from trees import CORPUS

from toolkit.dialects import dialect_named
from toolkit.model.document import Document
from toolkit.reading.segment import FRONT_MATTER_KEYS, read
from toolkit.writing.guard import Guard

pytestmark = pytest.mark.peers

SPECIFICATION = CORPUS / "commonmark-spec/spec.txt"
EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", re.MULTILINE | re.DOTALL)
HUGO = """\
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404", "section", "home"]
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.parser.attribute]
block = true
"""
BOOK = """\
[book]
title = "x"
[output.html.print]
enable = false
[output.html.search]
enable = false
"""
MAIN = re.compile(r"<main>(.*?)</main>", re.DOTALL)


def commonmark(pages, _folder):
    return [MarkdownIt("commonmark").render(page) for page in pages]


def hugo(pages, folder):
    (folder / "content").mkdir()
    (folder / "layouts/_default").mkdir(parents=True)
    (folder / "hugo.toml").write_text(HUGO)
    (folder / "layouts/_default/single.html").write_text("{{ .Content }}")
    for number, page in enumerate(pages):
        (folder / f"content/p{number}.md").write_text(f"---\nkey: 1\n---\n{page}")
    subprocess.run([program("hugo"), "build", "--quiet"], cwd=folder, check=True)
    built = (folder / f"public/p{number}/index.html" for number in range(len(pages)))
    # Hugo writes no page without content.
    return [page.read_text() if page.is_file() else "" for page in built]


def mdbook(pages, folder):
    (folder / "src").mkdir()
    (folder / "book.toml").write_text(BOOK)
    listed = (f"- [P](p{number}.md)\n" for number in range(len(pages)))
    (folder / "src/SUMMARY.md").write_text("".join(listed))
    for number, page in enumerate(pages):
        (folder / f"src/p{number}.md").write_text(page)
    subprocess.run([program("mdbook"), "build"], cwd=folder, check=True, capture_output=True)
    built = ((folder / f"book/p{number}.html").read_text() for number in range(len(pages)))
    return [found[1] if (found := MAIN.search(page)) else "" for page in built]


PROGRAMS = {"commonmark": commonmark, "hugo": hugo, "mdbook": mdbook}


def program(name):
    return shutil.which(name) or pytest.skip(f"{name} is not installed")


def with_markers(page, name):
    dialect = dialect_named(name)
    document = Document("page.md", page)
    reading = read(document, dialect)
    translations = {(unit.context, unit.text): marked(unit.text) for unit in reading.units}
    return Guard(dialect, FRONT_MATTER_KEYS).built(document, reading, translations).document.text


def shown(page):
    """The elements of a page with classes and targets, its code, and its text without blanks."""
    root = lxml.html.fromstring(f"<div>{page}\n</div>")
    elements = [
        (
            element.tag,
            element.get("class"),
            *(
                element.get(name)
                for name in ("href", "src")
                if not (element.get(name) or "#").startswith("#")
            ),
        )
        for element in root.iter()
        if isinstance(element.tag, str)
    ]
    return elements, re.sub(r"\s+", "", root.text_content().replace(MARKER.strip(), ""))


def differing(pages, name, folder):
    sides = []
    for side, texts in (("source", pages), ("built", [with_markers(one, name) for one in pages])):
        (folder / side).mkdir()
        sides.append(PROGRAMS[name](texts, folder / side))
    return [
        page for page, *both in zip(pages, *sides, strict=True) if shown(both[0]) != shown(both[1])
    ]


@pytest.mark.parametrize("name", PROGRAMS)
def test_fixtures_stay_as_they_are_shown(name, tmp_path):
    pages = [
        case.source
        for case in cases()
        if case.dialect in {name, "commonmark"} and "{{" not in case.source
        if not case.source.startswith(("---", "+++", "{", "<!--\n+++"))
    ]
    assert len(pages) > 9
    assert differing(pages, name, tmp_path) == []


@pytest.mark.skipif(not SPECIFICATION.is_file(), reason="the corpus is not beside the project")
@pytest.mark.parametrize("name", PROGRAMS)
def test_examples_of_the_specification_stay_as_they_are_shown(name, tmp_path):
    text = SPECIFICATION.read_text(encoding="utf-8").replace("→", "\t")
    pages = EXAMPLE.findall(text)
    assert len(pages) > 600
    assert differing(pages, name, tmp_path) == []
