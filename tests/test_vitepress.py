"""Pages of VitePress: its own renderer reads every localized one as it reads the source."""

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import marking
import pytest
from fixture_files import FIXTURES
from localized_sites import localized_site, run_node
from localized_sites import seen as look
from mirrors import Mirror, pages_or_skip

from toolkit.dialects import dialect_named
from toolkit.model.document import Document
from toolkit.project.settings import Anchors
from toolkit.reading.anchors import heading_ids
from toolkit.reading.page import Page
from toolkit.reading.segment import FRONT_MATTER_KEYS, read
from toolkit.site.pinning import pinned
from toolkit.writing.guard import Guard

pytestmark = pytest.mark.peers

MODULES = Path(__file__).parents[1] / ".ci" / "vitepress"
DIALECT = dialect_named("vitepress")
needs_vitepress = pytest.mark.skipif(
    not (shutil.which("node") and (MODULES / "node_modules/vitepress").is_dir()),
    reason="Node.js with VitePress is absent; .ci/run installs it",
)
MIRRORS = [
    Mirror("vuejs/docs", "src"),
    Mirror("vitejs/vite", "docs"),
    Mirror("vuejs/vitepress", "docs/en"),
    Mirror("vuejs/vitepress", "docs/zh"),
    Mirror("vitejs/docs-cn", ""),
]


@dataclass(frozen=True)
class Seen:
    """A page as VitePress reads it."""

    structure: list[object]
    acting: list[object]
    texts: list[str]
    ids: list[str]
    errors: list[str]


def seen(pages):
    """What VitePress' renderer makes of some pages, by name."""
    sent = json.dumps([{"name": name, "text": text} for name, text in pages.items()])
    program = ["node", str(Path(__file__).with_name("parse_vitepress.mjs")), str(MODULES)]
    result = subprocess.run(program, input=sent, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)
    assert not [one for one in found if "error" in one]
    return {one.pop("name"): Seen(**one) for one in found}


def built(document, translate):
    reading = read(document, DIALECT)
    known = {(unit.context, unit.text): translate(unit.text) for unit in reading.units}
    return Guard(DIALECT, FRONT_MATTER_KEYS).built(document, reading, known).document


def _pages(mirror):
    for name, data in pages_or_skip(mirror).items():
        yield name, Document.from_bytes(name, data)


@needs_vitepress
@pytest.mark.parametrize("mirror", MIRRORS, ids=str)
def test_real_pages_keep_their_structure_and_are_reached(mirror):
    sources = dict(_pages(mirror))
    pages = {name: document.text for name, document in sources.items()}
    for name, document in sources.items():
        assert built(document, lambda text: text).to_bytes() == document.to_bytes()
        pages[f"{name}, marked"] = built(document, marking.marked).text
    found = seen(pages)
    broken = [name for name in sources if differs(found[name], found[f"{name}, marked"])]
    assert len(broken) <= (1 - KEPT) * len(sources), broken
    letters, reached = reach(text for name in sources for text in found[f"{name}, marked"].texts)
    assert reached >= REACHED * letters


@needs_vitepress
@pytest.mark.parametrize("mirror", MIRRORS, ids=str)
def test_hostile_translations_break_no_real_page(mirror):
    sources = dict(_pages(mirror))
    pages = {name: document.text for name, document in sources.items()}
    for number, (name, document) in enumerate(sources.items()):
        for turn, translate in enumerate(hostile(number)):
            pages[f"{name}, {turn}"] = built(document, translate).text
    found = seen(pages)
    for name, page in found.items():
        source = found[name.partition(",")[0]]
        assert page.structure == source.structure, (name, pages[name])
        assert len(page.errors) <= len(source.errors), (name, page.errors)
        assert not brought_in(source, page), (name, brought_in(source, page))


@needs_vitepress
@pytest.mark.parametrize("mirror", MIRRORS, ids=str)
def test_ids_are_those_of_vitepress(mirror):
    documents = dict(_pages(mirror))
    found = seen({name: document.text for name, document in documents.items()})
    for name, document in documents.items():
        headings = heading_ids(read(document, DIALECT), document, DIALECT, "vitepress")
        assert [one.id for one in headings] == found[name].ids, name


@needs_vitepress
def test_pinned_ids_are_those_of_the_source():
    text = "# One\n\n## Two\n\n## Two\n\n### 3. *Three* & `four`\n\n## Five {.a}\n\n#### Six {#s}\n"
    document = Document("a.md", text)
    page = Page(document, read(document, DIALECT))
    turned = {"One": "Two", "Two": "One", "Five": "Zwei"}
    localized = built(document, lambda text: turned.get(text, f"{text} neu"))
    guard = Guard(DIALECT, FRONT_MATTER_KEYS)
    whole = pinned(page, localized, guard, Anchors.PIN_ALL, "vitepress", ())
    some = pinned(page, localized, guard, Anchors.PIN, "vitepress", {"two", "five"})
    found = seen({"source": text, "whole": whole.text, "some": some.text})
    assert found["whole"].ids == found["source"].ids
    assert [found["some"].ids[place] for place in (0, 1, 4)] == ["one", "two", "five"]


KEPT = REACHED = 0.995
HOSTILE = [
    *(
        "{{ 1 + 1 }}",
        "text {{ constructor }}",
        "<script setup>alert(1)</script>",
        "<b>never closed",
    ),
    *("</div>", "<Evil />", "<Evil>x</Evil>", '<b @click="alert(1)">x</b>', '<b v-html="x">y</b>'),
    *("::: danger x", ":::", "::::: details", "::: v-pre\n\ntext", "[[toc]]", "<<< /etc/passwd"),
    *("<!--@include: /etc/passwd-->", "`<!--@include: ./x.md-->`", "```js", "`` ` ``", "---"),
    *("# heading", "- item", "> [!NOTE]", "> [!NOTE] a", "{#id}", "text {#id}", "text {onclick=x}"),
    *(
        "[x]: javascript:alert(1)",
        "[a](javascript:alert(1))",
        "| a | b |",
        "$$",
        "\\",
        "`",
        "a\n\nb",
    ),
    *("</script>", "</template>", "<template #x>", "<br/>", "<", "a < b > c", "&lt;b&gt;", "<!--"),
    *("-->", "1. x", "    code", "===", "<a href='x' @click='y'>z</a>", "}}", "{{", '" onclick="x'),
]
"""Translations that try to break a page or to bring something in."""
_WORDLESS = re.compile(r"https?://\S+|\{\{.*?\}\}|&\w+;|\$[^$]+\$")


def differs(source, page):
    return (source.structure, source.acting) != (page.structure, page.acting)


def reach(texts):
    """The letters of some texts, and of those that have the marker."""
    letters = reached = 0
    for text in texts:
        count = sum(map(str.isalpha, _WORDLESS.sub("", text)))
        letters += count
        reached += count if marking.MARKER.strip() in text else 0
    return letters, reached


def hostile(number):
    """Ways to translate a page badly, other ones for each."""
    texts = [HOSTILE[(number * 3 + step) % len(HOSTILE)] for step in range(3)]
    for text in texts:
        yield lambda source, text=text: f"{source} {text}"
        yield lambda source, text=text: f"{text} {source}"
        yield lambda _, text=text: text


def brought_in(source, page):
    """What acts in a page and does not in its source."""
    known = [json.dumps(one) for one in source.acting]
    acting = [one for one in page.acting if one[0] != "code_inline"]
    return [one for one in acting if json.dumps(one) not in known]


@needs_vitepress
def test_a_site_is_built_in_two_locales(tmp_path):
    root = localized_site(
        FIXTURES / "vitepress_site", tmp_path, MODULES, "docs/.vitepress/config.mts"
    )
    run_node(root, "vitepress", "build", "docs")
    built_site = root / "docs" / ".vitepress" / "dist"
    names = ["index.html", "guide/index.html", "guide/start.html", "guide/part.html"]
    for name in names:
        content = "//div[@class='VPContent' or @id='VPContent']|//main"
        source = look(built_site / name, content)
        page = look(built_site / "en-XA" / name, content)
        assert page.tags == source.tags, name
        assert without_hashes(page.links) == without_hashes(source.links), name
        assert source.texts
        assert not set(page.texts) & set(source.texts), name
    assert 'lang="en-XA"' in (built_site / "en-XA" / "index.html").read_text("utf-8")


def without_hashes(links):
    """Links without what a program adds to the names of files, and without fragments' words."""
    return [link.partition("#")[0] + "#" * ("#" in link) for link in links]
