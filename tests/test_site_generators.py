"""Pages of Nextra, Fumadocs and VuePress: their own compilers make of localized ones the same."""

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
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
PACKAGES = TESTS.parent / ".ci"
KEPT = 0.995
HOSTILE = [
    *("{", "}", "{{ 1 + 1 }}", "{process.exit(1)}", "<script>alert(1)</script>", "<", "</Card>"),
    *("<Card title='x'>", "<b>never closed", "import x from 'y'", ":::", "::: danger x", "# head"),
    *("- item", "> quote", "```js", "{/* comment", "*/}", "a\n\nb", "{#id}", "[#id]", "@tab x"),
    *("[x]: javascript:alert(1)", "| a | b |", "---", "$$", "`", "\\", "<>", "> [!NOTE]", "1. x"),
    *("@[code](/etc/passwd)", "<<< /etc/passwd", "    code", "<!-- comment", "-->", "<a @click=x>"),
]
# Around a paragraph of nothing but elements MDX puts no `p`, which a word more brings back.
IN_TEXT = frozenset("a b bdi br code del em img input p RouteLink s span strong sup".split())
_ELEMENT = re.compile(r"_jsxs?\((?:_components\.)?([\w.]+)|</?([A-Za-z][\w-]*)")
# What is left of a compiled page holds no words of its headings, and no blanks.
_MARKER = re.compile(rf"{marking.MARKER.strip()}|ẋx-?")
_OWN = re.compile(
    r'(?m)^const sourceCode = .*$|\bid(?:=|: )"[^"]*"|"#[^"]*"|(?:\\n|\s)+|[\[\],]|(?<=_jsx)s'
)
_ESCAPE = re.compile(r"\\u(?P<code>[0-9a-f]{4})")


@dataclass(frozen=True)
class Site:
    """The pages of a site, and what compiles them."""

    generator: str
    mirror: Mirror
    dialect: str

    def __str__(self):
        return f"{self.generator}: {self.mirror.repository}"

    def pages(self):
        if not (shutil.which("node") and (PACKAGES / self.generator / "node_modules").is_dir()):
            pytest.skip(f"Node.js with {self.generator} is absent; .ci/run installs it")
        pages = pages_or_skip(self.mirror).items()
        return {name: Document.from_bytes(name, data) for name, data in pages}

    def built(self, document, translate):
        dialect = dialect_named(self.dialect).for_file(document.path)
        reading = read(document, dialect)
        known = {(unit.context, unit.text): translate(unit.text) for unit in reading.units}
        return Guard(dialect, FRONT_MATTER_KEYS).built(document, reading, known).document

    def compiled(self, documents):
        """What the generator's compiler makes of pages, in their order, or says of them."""
        sent = json.dumps([{"name": one.path, "text": one.text} for one in documents])
        script = str(TESTS / "compile_sites.mjs")
        command = ["node", script, str(PACKAGES / self.generator), self.generator]
        done = subprocess.run(command, input=sent, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@dataclass(frozen=True)
class BuiltSite:
    """A site of the fixtures, and where its program puts what it builds of each locale."""

    generator: str
    settings: str
    build: tuple[str, ...]
    folder: str
    locales: tuple[str, str]
    pages: tuple[str, ...]
    content: str


BUILT = [
    BuiltSite(
        "vuepress",
        "docs/.vuepress/config.js",
        ("vuepress", "build", "docs"),
        "docs/.vuepress/dist",
        ("", f"{PSEUDO}/"),
        ("index.html", "guide/start.html"),
        "//*[@vp-content]",
    ),
    BuiltSite(
        "nextra",
        "next.config.mjs",
        ("next", "build"),
        ".next/server/app",
        ("en", PSEUDO),
        (".html", "/guide/start.html"),
        "//main",
    ),
]


@pytest.mark.parametrize("site", BUILT, ids=lambda site: site.generator)
def test_a_site_is_built_in_two_locales(site, tmp_path, monkeypatch):
    modules = PACKAGES / site.generator
    if not (shutil.which("node") and (modules / "node_modules/.bin" / site.build[0]).exists()):
        pytest.skip(f"Node.js with {site.generator} is absent; .ci/run installs it")
    monkeypatch.setenv("NEXT_TELEMETRY_DISABLED", "1")
    fixture = FIXTURES / f"{site.generator}_site"
    root = localized_site(fixture, tmp_path, modules, site.settings)
    run_node(root, *site.build)
    for name in site.pages:
        own, other = (root / site.folder / f"{locale}{name}" for locale in site.locales)
        source, page = seen(own, site.content), seen(other, site.content)
        assert page.tags == source.tags, name
        places = [link.partition("#")[0] for link in source.links]
        assert [link.partition("#")[0] for link in page.links] == places
        assert source.texts
        assert not set(page.texts) & set(source.texts), name
        assert not [text for text in page.texts if "{#" in text], name
        ids = html.fromstring(other.read_bytes()).xpath("//@id")
        inside = [link[1:] for link in page.links if link.startswith("#")]
        assert set(map(unquote, inside)) <= set(ids), name


MDX = (".md", ".mdx")
SITES = [
    Site("nextra", Mirror("shuding/nextra", "docs/app", MDX), "mdx"),
    Site("nextra", Mirror("shuding/nextra", "examples/swr-site/content/en", MDX), "mdx"),
    Site("fumadocs", Mirror("fuma-nama/fumadocs", "apps/docs/content", MDX), "mdx"),
    Site("vuepress", Mirror("vuepress/docs", "docs"), "vitepress"),
    Site("vuepress", Mirror("vuepress/ecosystem", "docs"), "vitepress"),
]


@pytest.mark.parametrize("site", SITES, ids=str)
def test_real_pages_compile_to_the_same(site):
    sources = site.pages()
    built = [site.built(one, marking.marked) for one in sources.values()]
    for one in sources.values():
        assert site.built(one, lambda text: text).to_bytes() == one.to_bytes()
    pairs = zip(site.compiled(sources.values()), site.compiled(built), strict=True)
    broken = [source["name"] for source, page in pairs if _shape(source) != _shape(page)]
    assert sum(marking.MARKER in one.text for one in built) >= KEPT * len(sources)
    assert len(broken) <= (1 - KEPT) * len(sources), broken


def _shape(page):
    compiled = page.get("compiled", "")
    compiled = _ESCAPE.sub(lambda match: chr(int(match["code"], 16)), compiled)
    return _OWN.sub("", _MARKER.sub("", compiled)).replace('""', "")


@pytest.mark.parametrize("site", SITES, ids=str)
def test_hostile_translations_compile(site):
    sources = site.pages()
    built = []
    for number, source in enumerate(sources.values()):
        text = HOSTILE[number % len(HOSTILE)]
        built += [
            site.built(source, lambda own, text=text: f"{text} {own}"),
            site.built(source, lambda own, text=text: f"{own} {text}"),
        ]
    compiled = dict(zip(sources, site.compiled(sources.values()), strict=True))
    for page, document in zip(site.compiled(built), built, strict=True):
        source = compiled[page["name"]]
        assert "error" not in page or "error" in source, (page, document.text)
        assert _same(_blocks(page), _blocks(source)), (page["name"], document.text)


def _same(one, other):
    return one == other  # apart, so that pytest does not tell every element


def _blocks(page):
    """The blocks and components of a compiled page, in their order."""
    names = (one or other for one, other in _ELEMENT.findall(page.get("compiled", "")))
    return [name for name in names if name not in IN_TEXT]
