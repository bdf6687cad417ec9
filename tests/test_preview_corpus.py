"""`yiben preview` on forty pages of real sites: each text is found, chosen, written, saved."""

import re
from pathlib import Path

import lxml.html
import pytest
from browsing import PATIENCE, browser, go
from previewing import serving
from projects import project, yiben

from toolkit.catalogs.po import CatalogFile
from toolkit.dialects import dialect_named
from toolkit.interfaces.preview.inert import Places
from toolkit.interfaces.preview.markers import body_of, marked
from toolkit.interfaces.preview.marks import Markers
from toolkit.interfaces.preview.rendering import renderer_of
from toolkit.interfaces.preview.rules import Rules
from toolkit.interfaces.preview.tree import PART, UNIT, rendered
from toolkit.model.document import Document
from toolkit.model.units import Kind
from toolkit.reading.page import Page
from toolkit.reading.segment import read

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
TREES = {
    "mkdocs": ("OI-wiki/docs", "mkdocs-material/docs", "kubean", "fastapi/docs"),
    "mdbook": ("comprehensive-rust",),
    "gfm": ("hwameistor",),
}
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not there")


def pages(dialect, count):
    """Some pages of each tree, spread over it."""
    found = []
    for tree in TREES[dialect]:
        all_pages = sorted((CORPUS / tree).rglob("*.md"))
        share = max(1, count // len(TREES[dialect]))
        found += all_pages[:: max(1, len(all_pages) // share)][:share]
    return found


def page_of(path, dialect):
    document = Document.from_bytes(path.name, path.read_bytes())
    return Page(document, read(document, dialect_named(dialect)))


def without_marks(html):
    """The HTML of a page as it would be had nobody looked for units."""
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    for element in list(root.iter()):
        ours = set(element.attrib) == {UNIT} and element.tag in {"span", "div"}
        element.attrib.pop(UNIT, None)
        element.attrib.pop(PART, None)
        if ours:
            element.drop_tag()
    return re.sub(r"</?(?:div|span)>", "", lxml.html.tostring(root, encoding="unicode"))


@pytest.mark.parametrize("dialect", TREES)
def test_marks_change_nothing_on_a_page_and_find_each_unit(dialect):
    renderer = renderer_of(Rules.of(dialect_named(dialect)), None)
    units = lost = 0
    for path in pages(dialect, 16):
        page = page_of(path, dialect)
        markers = Markers.unlike(page.document.text)
        plain = renderer.render(body_of(page.document.text, page.dialect))
        found = rendered(
            renderer.render(body_of(marked(page, markers, {}), page.dialect)),
            markers,
            Places(path.name),
        )
        expected = rendered(plain, markers, Places(path.name)).html
        assert without_marks(found.html) == without_marks(expected), path
        shown = {n for n, unit in enumerate(page.units) if unit.kind is not Kind.FRONT_MATTER}
        units += len(shown)
        lost += len(shown - found.placed)
    assert units > 100
    assert lost <= units * 0.002


@pytest.mark.peers
def test_forty_pages_in_a_browser(tmp_path):
    chosen = [*pages("mkdocs", 40)]
    sources = {f"p{number}.md": path.read_bytes() for number, path in enumerate(chosen)}
    project(tmp_path, sources, 'source = "zh-Hans"\ntargets = ["en"]\n')
    yiben(tmp_path, "update")
    done = 0
    with serving(tmp_path) as preview, browser() as chromium:
        page = chromium.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        page.goto(preview.address)
        page.wait_for_selector("table.pages")
        for name in sources:
            path = tmp_path / "locales/en/LC_MESSAGES" / Path(name).with_suffix(".po")
            if path.exists():
                done += write_and_save(page, preview, name, path)
        page.close()
    assert done >= 36


def write_and_save(page, preview, name, path):
    """Click the first text that has a place, write, see it and save; whether that was done."""
    go(page, preview.at("en", name))
    target = page.frame_locator("iframe").nth(1)
    blocks = target.locator("[data-unit]:visible")
    if not blocks.count():
        return 0
    number = blocks.first.get_attribute("data-unit")
    go(page, preview.at("en", name, number))
    blocks.first.click(position={"x": 3, "y": 3})
    before = path.read_bytes()
    page.fill("#translation", f"Seen on {name}")
    target.get_by_text(f"Seen on {name}").first.wait_for()
    page.keyboard.press("Control+s")
    page.wait_for_selector(".say.done")
    assert changed_messages(before, path.read_bytes()) == [f"Seen on {name}"]
    return 1


def changed_messages(before, after):
    """What the entries say whose bytes differ, the header aside."""
    old, new = (CatalogFile.parse("a.po", data) for data in (before, after))
    pairs = zip(old.entries[1:], new.entries[1:], strict=True)
    texts = [(old.text_of(one), new.text_of(other), other.message) for one, other in pairs]
    return [message.string for one, other, message in texts if one != other]
