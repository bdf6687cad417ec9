"""MDX outside of Docusaurus: its compiler reads every localized page, Astro builds a site."""

import json
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

import marking
import pytest
from fixture_files import FIXTURES
from localized_sites import PSEUDO, localized_site, run_node, seen
from lxml import html
from mirrors import Mirror, pages_or_skip

from toolkit.dialects import dialect_named
from toolkit.model.document import Document
from toolkit.reading.segment import FRONT_MATTER_KEYS, read
from toolkit.writing.guard import Guard

pytestmark = pytest.mark.peers

TESTS = Path(__file__).parent
COMPILER = TESTS.parent / ".ci" / "mdx"
MODULES = TESTS.parent / ".ci" / "starlight"
DIALECT = dialect_named("mdx")
MIRROR = Mirror("withastro/starlight", "docs/src/content/docs", (".md", ".mdx"))
KEPT = REACHED = 0.995
needs_mdx = pytest.mark.skipif(
    not (shutil.which("node") and (COMPILER / "node_modules/@mdx-js/mdx").is_dir()),
    reason="Node.js with @mdx-js/mdx is absent; .ci/run installs it",
)
needs_starlight = pytest.mark.skipif(
    not (shutil.which("node") and (MODULES / "node_modules/@astrojs/starlight").is_dir()),
    reason="Node.js with Astro and Starlight is absent; .ci/run installs them",
)
HOSTILE = [
    *("{", "}", "{process.exit(1)}", "<script>alert(1)</script>", "<", "<名称> 未关闭", "</Card>"),
    *("<Card title='x'>", "<b>never closed", "import x from 'y'", "export const a = 1", ":::"),
    *(":::danger[x]", "# heading", "- item", "> quote", "```js", "{/* comment", "*/}", "a\n\nb"),
    *("{#id}", "[x]: javascript:alert(1)", "| a | b |", "---", "$$", "`", "\\", "<a b={`>`}>"),
    *("<>", "</>", "', x: alert(1), y: '", "`, ${alert(1)}, `", "> [!NOTE]", "1. x", "    code"),
]
IN_TEXT = {
    *("mdxTextExpression", "mdxJsxTextElement", "inlineMath", "image", "footnoteReference"),
    *("linkReference", "link", "textDirective", "html", "htmlText", "imageReference"),
}
"""What stands in texts, which a translation may leave out."""


def built(document, translate):
    dialect = DIALECT.for_file(document.path)
    reading = read(document, dialect)
    known = {(unit.context, unit.text): translate(unit.text) for unit in reading.units}
    return Guard(dialect, FRONT_MATTER_KEYS).built(document, reading, known).document


def compiled(pages):
    """What MDX' compiler says of some pages, by name."""
    sent = json.dumps([{"name": name, "text": text} for name, text in pages.items()])
    program = ["node", str(TESTS / "compile_mdx.mjs"), str(COMPILER), "mdx"]
    result = subprocess.run(program, input=sent, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return {one["name"]: one for one in json.loads(result.stdout)}


def sources():
    return {name: Document.from_bytes(name, data) for name, data in pages_or_skip(MIRROR).items()}


@needs_mdx
def test_real_pages_compile_to_the_same_structure():
    documents = sources()
    pages = {name: document.text for name, document in documents.items()}
    for name, document in documents.items():
        assert built(document, lambda text: text).to_bytes() == document.to_bytes()
        pages[f"{name}, marked"] = built(document, marking.marked).text
    found = compiled(pages)
    pairs = {name: (found[name], found[f"{name}, marked"]) for name in documents}
    broken = [name for name, (one, two) in pairs.items() if one.get("kinds") != two.get("kinds")]
    assert len(broken) <= (1 - KEPT) * len(documents), broken
    letters = reached = 0
    for text in (text for _, page in pairs.values() for text in page.get("texts", ())):
        count = sum(map(str.isalpha, text))
        letters += count
        reached += count if marking.MARKER.strip() in text else 0
    assert reached >= REACHED * letters


@needs_mdx
def test_hostile_translations_do_not_break_real_pages():
    documents = sources()
    pages = {name: document.text for name, document in documents.items()}
    for number, (name, document) in enumerate(documents.items()):
        text = HOSTILE[number % len(HOSTILE)]
        ways = (lambda _, text=text: text, lambda source, text=text: f"{source} {text}")
        for turn, translate in enumerate(ways):
            pages[f"{name}, {turn}"] = built(document, translate).text
    found = compiled(pages)
    for name, page in found.items():
        assert "error" not in page, (page, pages[name])
        source = found[name.partition(",")[0]]
        assert _blocks(page) == _blocks(source), (name, pages[name])


def _blocks(page):
    return [kind for kind in page["kinds"] if kind[0] not in IN_TEXT]


@needs_starlight
def test_a_site_is_built_in_two_locales(tmp_path):
    root = localized_site(FIXTURES / "starlight_site", tmp_path, MODULES, "astro.config.mjs")
    run_node(root, "astro", "build")
    site = root / "dist"
    for name in ("index.html", "guides/start/index.html", "guides/plain/index.html"):
        source = seen(site / name, "//main")
        page = seen(site / PSEUDO.lower() / name, "//main")
        assert page.tags == source.tags, name
        assert _places(page.links) == _places(source.links), name
        assert source.texts
        assert not set(page.texts) & set(source.texts), name
        _follow(site, f"{PSEUDO.lower()}/{name}", page.links)


def _places(links):
    return [link.lower().replace(f"/{PSEUDO.lower()}/", "/").partition("#")[0] for link in links]


def _follow(site, name, links):
    """Every fragment that a page's links have is the id of an element where they lead."""
    for link in links:
        place, mark, fragment = link.partition("#")
        if mark and not place.startswith("http"):
            folder = site / PSEUDO.lower() / place.strip("/").removeprefix(PSEUDO.lower())
            file = site / name if not place else folder / "index.html"
            ids = html.fromstring(file.read_bytes()).xpath("//@id")
            assert unquote(fragment) in ids, (name, link, ids)
