"""The documentation as its readers find it: built strictly, in both languages, in a browser."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from documentation import ROOT
from lxml import etree
from projects import yiben

pytestmark = pytest.mark.peers

AXE = ROOT / ".ci/browser/node_modules/axe-core/axe.min.js"
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}"
URL = "https://docs.example/"
DOORS = ("writing", "translating", "ci", "adopting")
STARTS = {"en": "", "zh-Hans": "zh-Hans/"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("documentation")
    program = Path(sys.executable).with_name("mkdocs")
    done = subprocess.run(
        [str(program), "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": URL},
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return folder


@pytest.fixture(scope="module")
def trees(site):
    return {
        path.relative_to(site).as_posix(): etree.HTML(path.read_text("utf-8"))
        for path in site.rglob("*.html")
    }


@pytest.fixture
def page(chromium):
    """A page whose console has to stay empty."""
    context = chromium.new_context(locale="en-US", viewport={"width": 1300, "height": 900})
    opened = context.new_page()
    said = []
    opened.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    opened.on("pageerror", lambda one: said.append(str(one)))
    opened.on("response", lambda one: said.append(one.url) if one.status >= 400 else None)
    yield opened
    context.close()
    assert said == []


def test_every_page_is_translated(site):
    """Texts, links, languages and alternates of all locales, page by page."""
    run = yiben(ROOT, "verify", str(site))
    assert (run.returncode, run.stdout) == (0, "no errors, no warnings\n"), run.stdout


def test_no_sentence_is_left_in_english(trees):
    """What stands in no code is Chinese, or a name."""
    left = {}
    for name, tree in trees.items():
        if name.startswith("zh-Hans/"):
            for code in tree.xpath("//article//*[self::code or self::pre or self::kbd]"):
                code.text, code[:] = "", []
            texts = (" ".join(one.split()) for one in tree.xpath("//article//text()"))
            found = [one for one in texts if re.search(r"([A-Za-z]+ ){4}[a-z]+", one)]
            if found:
                left[name] = found
    assert left == {}


def test_no_link_is_broken(site, trees):
    ids = {name: set(tree.xpath("//@id")) for name, tree in trees.items()}
    broken = []
    for name, tree in trees.items():
        if name == "404.html":
            continue
        for link in tree.xpath("//a/@href | //img/@src | //script/@src"):
            path, _, fragment = link.partition("#")
            if re.match(r"[a-z]+:", link):
                continue
            target = ((site / name).parent / unquote(path)).resolve() if path else site / name
            target = target / "index.html" if target.is_dir() else target
            known = ids.get(target.relative_to(site).as_posix(), set()) if target.exists() else None
            if known is None or (fragment and known and unquote(fragment) not in known):
                broken.append((name, link))
    assert broken == []


@pytest.mark.parametrize("name", ["guides/ci", "zh-Hans/guides/ci", "en/case-study"])
def test_search_engines_are_told_what_belongs_together(trees, name):
    tree = trees[f"{name}/index.html"]
    assert tree.xpath("//link[@rel='canonical']/@href") == [f"{URL}{name}/"]
    places = tree.xpath("//link[@rel='alternate']")
    found = {one.get("hreflang"): one.get("href") for one in places}
    wanted = {"zh-Hans", "en", "x-default"}
    if "case" in name:
        wanted |= {"ja", "de", "ar", "zh-Hant", "ko", "fr", "es"}
    assert found.keys() == wanted


@pytest.mark.parametrize("locale", STARTS)
def test_each_kind_of_user_is_one_click_away(page, address, locale):
    for door in DOORS:
        page.goto(f"{address}{STARTS[locale]}")
        page.locator(f"article a[href*='guides/{door}/']").first.click()
        page.wait_for_url(f"{address}{STARTS[locale]}guides/{door}/")
        assert page.locator("article h1").count() == 1


@pytest.mark.parametrize(
    ("locale", "end"), [("zh-CN", "zh-Hans/"), ("en-GB", ""), ("de-DE", ""), ("zh-TW", "")]
)
def test_the_start_page_is_in_the_readers_language(chromium, address, locale, end):
    context = chromium.new_context(locale=locale)
    page = context.new_page()
    page.goto(address)
    page.wait_for_url(f"{address}{end}")
    page.wait_for_load_state()
    assert page.url == f"{address}{end}"
    link = page.locator(".md-select__link[hreflang='en']")
    link.evaluate("a => a.click()")
    page.wait_for_url(address)
    page.wait_for_timeout(300)
    assert page.url == address
    context.close()


@pytest.mark.parametrize(
    ("start", "words", "found"),
    [("", "baseline", "/reference/checks/"), ("zh-Hans/", "术语表", "/zh-Hans/reference/checks/")],
)
def test_the_search_finds_pages_in_the_language(page, address, start, words, found):
    page.goto(f"{address}{start}start/install/")
    page.locator("input.md-search__input").first.click()
    page.keyboard.type(words)
    page.wait_for_selector(".md-search-result__link", state="attached")
    page.wait_for_function(
        "path => [...document.querySelectorAll('.md-search-result__link')]"
        ".some(a => new URL(a.href).pathname.startsWith(path))",
        arg=found,
    )


@pytest.mark.parametrize(
    "name",
    ["", "zh-Hans/reference/settings/", "start/tutorial/", "ar/case-study/"],
)
def test_nothing_stands_in_the_way_of_a_screen_reader(page, address, name):
    if not AXE.exists():
        pytest.skip("needs axe-core: bash .ci/run peers")
    page.goto(f"{address}{name}")
    page.evaluate("sessionStorage.setItem('yiben-language', '1')")
    page.goto(f"{address}{name}")
    page.add_script_tag(path=str(AXE))
    found = page.evaluate(f"async () => (await axe.run(document, {RULES})).violations")
    assert [(one["id"], [node["html"][:150] for node in one["nodes"]]) for one in found] == []


TREES = """\
[[part]]
source = "en"
targets = ["zh-Hans"]
content = "docs"
catalogs = "locales/docs"
output = "build/{locale}/{path}"
site = "mkdocs.yml"
site_output = "mkdocs.{locale}.yml"

[[part]]
source = "zh-Hans"
targets = ["en", "de"]
content = "docs/case-study"
catalogs = "locales"
output = "build/{locale}/case-study/{path}"
"""


@pytest.mark.nightly
def test_zensical_builds_it_as_well(tmp_path):
    """Trees for a generator without plugins; the case study is copied below the documentation."""
    program = Path(sys.executable).with_name("zensical")
    if not program.exists():
        pytest.skip("Zensical is not installed")
    for name, place in (("docs", "docs"), ("content", "docs/case-study"), ("locales", "locales")):
        shutil.copytree(ROOT / name, tmp_path / place)
    (tmp_path / "yiben.toml").write_text(TREES, encoding="utf-8")
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    (tmp_path / "mkdocs.yml").write_text(re.sub(r"  - yiben:\n(      .*\n)+", "", text))
    run = yiben(tmp_path, "site", "build", "--generator", "zensical", "-l", "zh-Hans", "-l", "de")
    assert run.returncode == 0, run.stderr
    words = {
        "guides/writing": "For writers",
        "zh-Hans/guides/writing": "写给作者",
        "zh-Hans/case-study": "阅读案例研究",
        "de/case-study": "Fallstudie",
    }
    for name, word in words.items():
        tree = etree.HTML((tmp_path / "site" / name / "index.html").read_text("utf-8"))
        assert word in "".join(tree.find(".//article").itertext()), name
