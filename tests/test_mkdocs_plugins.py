"""Localized sites beside the real plugins: no worse than the source, in both orders."""

import importlib.util
import json
import logging
import os
import shutil
import subprocess
from contextlib import chdir
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from browsing import browser, served
from built_sites import BASE, Site, dead, leaving, shape, without_languages
from lxml import etree
from marking import MARKER, marked
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from projects import write_files, yiben

from toolkit.catalogs.po import read_catalog, write_catalog
from toolkit.interfaces.mkdocs_plugin.unsupported import UNSUPPORTED

pytestmark = pytest.mark.peers

HERE = Path(__file__).parent
FIXTURE = HERE / "fixtures/mkdocs_site"
CASES = yaml.safe_load((FIXTURE / "plugins.yml").read_text(encoding="utf-8"))
TAGS = ("de", "ar", "zh-Hans")
LANGS = {"de": "de", "ar": "ar", "zh-Hans": "zh"}
TABLE = HERE.parent / "docs/reference/mkdocs-plugins.md"


def write(root, case):
    """Write the site of a case, with translations of everything."""
    shutil.copytree(FIXTURE, root, ignore=shutil.ignore_patterns("plugins.yml"), dirs_exist_ok=True)
    files = {f"docs/{name}": text for name, text in case.get("files", {}).items()}
    write_files(root, {**files, **case.get("root", {})})
    base = yaml.safe_load((root / "mkdocs.yml").read_text(encoding="utf-8"))
    base["markdown_extensions"] += case.get("extensions", [])
    base |= {"repo_url": "https://example.org/repo", "edit_uri": "edit/main/docs/"}
    base |= case.get("settings", {})
    for name, plugins in {
        "mkdocs-plain.yml": case["plugins"],
        "mkdocs.yml": ["yiben", *case["plugins"]],
        "mkdocs-behind.yml": [*case["plugins"], "yiben"],
    }.items():
        text = yaml.safe_dump(base | {"plugins": plugins}, allow_unicode=True)
        # The tag cannot be written by PyYAML without a class of its own.
        (root / name).write_text(text.replace("'!ENV ", "!ENV '"), encoding="utf-8")
    if case.get("writes"):
        built(root, "mkdocs-plain.yml", "site-plain")
    result = yiben(root, "update")
    assert result.returncode == 0, result.stderr
    for path in root.glob("locales/**/*.po"):
        catalog = read_catalog(path.name, path.read_bytes())
        messages = tuple(replace(one, string=marked(one.id)) for one in catalog.messages)
        path.write_bytes(write_catalog(replace(catalog, messages=messages)))
    commit(root)


def commit(root):
    day = "2024-03-05T12:00:00 +0000"
    environment = {**os.environ, "GIT_AUTHOR_DATE": day, "GIT_COMMITTER_DATE": day}
    who = ["-c", "user.name=Ada Keeper", "-c", "user.email=ada@example.org"]
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "All"]):
        subprocess.run(["git", *words], cwd=root, env=environment, check=True, capture_output=True)


def built(root, config, name):
    """Build a site; whether its strict build ended well, and what was warned of."""
    told = _Told()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(told)
    try:
        with chdir(root):
            settings = load_config(str(root / config), strict=True, site_dir=str(root / name))
            settings.plugins.on_startup(command="build", dirty=False)
            build(settings)
            settings.plugins.on_shutdown()
    except Abort:
        pass
    finally:
        logger.removeHandler(told)
    return Site(root / name, TAGS), told.warnings


class _Told(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.warnings = []

    def emit(self, record):
        self.warnings.append(record.getMessage())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_locale_is_no_worse_than_the_source(case, tmp_path, monkeypatch):
    package = case.get("package")
    if package and importlib.util.find_spec(package) is None:
        pytest.skip(f"{case['name']} is not installed")
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    monkeypatch.syspath_prepend(tmp_path)
    write(tmp_path, case)
    plain, warnings = built(tmp_path, "mkdocs-plain.yml", "site-plain")
    assert not warnings
    for config in ("mkdocs.yml", "mkdocs-behind.yml")[: 1 if case.get("last") else 2]:
        site, warnings = built(tmp_path, config, f"site-{config.removesuffix('.yml')}")
        assert not warnings, config
        check_source(plain, site)
        for tag in TAGS:
            check_locale(site, tag)
        check_index(plain, site)
        for name, texts in case.get("page", {}).items():
            text = (site.root / name).read_text(encoding="utf-8")
            assert all(one in text for one in texts), (name, texts)
        for name, texts in case.get("without", {}).items():
            text = (site.root / name).read_text(encoding="utf-8")
            assert not any(one in text for one in texts), (name, texts)


def check_source(plain, site):
    """Pages of the source are what they are without yiben."""
    names = plain.pages()
    assert list(site.pages()) == list(names)
    for name in names:
        before = without_languages((plain.root / name).read_bytes())
        assert without_languages((site.root / name).read_bytes()) == before, name


def check_locale(site, tag):
    """A locale's pages are those of the source, and lead where they lead."""
    source, local = site.pages(), site.pages(tag)
    assert set(local) <= set(source)
    assert {"index.html"} <= set(local)
    assert dead(site, tag) <= dead(site, "")
    assert not leaving(site, tag)
    for name, page in local.items():
        root = page.getroottree().getroot()
        if root.xpath("//meta[@http-equiv='refresh']"):
            continue
        assert shape(page) == shape(source[name]), name
        assert root.get("lang") in {tag, LANGS[tag]}
        body = root.find("body")
        directions = {root.get("dir"), body.get("dir")} - {None, "ltr"}
        assert directions == ({"rtl"} if tag == "ar" else set())
        [address] = source[name].getroottree().xpath("//link[@rel='canonical']/@href")
        own = [address.replace(BASE, f"{BASE}{tag}/", 1)]
        assert root.xpath("//link[@rel='canonical']/@href") == own
        check_alternates(site, tag, name, root)


def check_alternates(site, tag, name, root):
    found = {
        one.get("hreflang"): site.place(f"{tag}/{name}", one.get("href"))
        for one in root.xpath("//link[@hreflang]")
        if one.get("hreflang") != "tlh"
    }
    own = {one: f"{one}/{name}" for one in TAGS}
    assert found == {"en": name, "x-default": name, **own}


def check_index(plain, site):
    """Sitemap and search have what is there, once."""
    tree = etree.parse(str(site.root / "sitemap.xml"))
    places = [site.place("", one.text) for one in tree.iter("{*}loc")]
    assert len(places) == len(set(places))
    assert not [place for place in places if site.is_dead(place)]
    path = site.root / "search/search_index.json"
    if path.is_file():
        index = json.loads(path.read_text(encoding="utf-8"))
        before = json.loads((plain.root / "search/search_index.json").read_text(encoding="utf-8"))
        known = [one["location"] for one in index["docs"]]
        assert len(known) == len(set(known))
        own = [one for one in known if one.partition("/")[0] not in TAGS]
        assert own == [one["location"] for one in before["docs"]]
        assert {"en", "de"} <= set(index["config"]["lang"])
        assert not [one for one in known if site.is_dead(site.place("", one or "./"))]


def test_the_table_in_the_docs_is_what_was_tried():
    rows = [f"| {case['name']} | {case['note']} |" for case in CASES]
    found = [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("| ")]
    assert found[1 : len(rows) + 1] == rows
    others = [f"| {one.package} | {one.fault} | {one.advice} |" for one in UNSUPPORTED]
    assert found[len(rows) + 2 :] == others


def test_a_plugin_that_cannot_work_is_named(tmp_path, monkeypatch):
    pytest.importorskip("mkdocs_blogging_plugin", reason="mkdocs-blogging-plugin is not installed")
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    write(
        tmp_path,
        {
            "plugins": ["search", {"blogging": {"dirs": ["log"]}}],
            "files": {
                "log.md": "# Log\n\n{{ blog_content }}\n",
                "log/fog.md": "# Fog\n\nIt came.\n",
            },
        },
    )
    assert not built(tmp_path, "mkdocs-plain.yml", "site-plain")[1]
    for config in ("mkdocs.yml", "mkdocs-behind.yml"):
        [warning] = built(tmp_path, config, "site")[1]
        assert warning.startswith('yiben: plugin "blogging" (mkdocs-blogging-plugin) ')


def test_titles_are_translated_wherever_they_come_from(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    write(tmp_path, {"plugins": ["search"]})
    site, _ = built(tmp_path, "mkdocs.yml", "site")
    titles = site.pages("de")["index.html"].xpath("//title/text()")
    assert titles == [f"{MARKER}The lighthouse - {MARKER}Lighthouse"]
    described = site.pages("de")["index.html"].xpath("//meta[@name='description']/@content")
    assert described == [f"{MARKER}What keepers have to know"]


@pytest.fixture
def address(tmp_path, monkeypatch):
    """A site with instant navigation, below the path that it is made for, as a server gives it."""
    monkeypatch.setenv("NO_MKDOCS_2_WARNING", "1")
    theme = {"name": "material", "font": False, "features": ["navigation.instant"]}
    write(
        tmp_path,
        {"plugins": ["search"], "settings": {"theme": theme, "repo_url": "", "edit_uri": ""}},
    )
    for folder, old, new in (
        ("de", "Never at noon.", "Niemals am Mittag."),
        ("zh_Hans", "Fill it up every evening.", "每天晚上把灯油加满。"),
    ):
        catalog = tmp_path / f"locales/{folder}/LC_MESSAGES/guide/lamp.po"
        text = catalog.read_text(encoding="utf-8")
        assert MARKER + old in text
        catalog.write_text(text.replace(MARKER + old, new), encoding="utf-8")
    (tmp_path / "site").mkdir()
    with served(tmp_path / "site") as url:
        # The theme navigates at once only where the sitemap has the page's own address.
        config = (tmp_path / "mkdocs.yml").read_text(encoding="utf-8")
        (tmp_path / "mkdocs.yml").write_text(config.replace(BASE, url), encoding="utf-8")
        site, warnings = built(tmp_path, "mkdocs.yml", "site")
        assert not warnings
        yield url, site


@pytest.fixture
def page():
    with browser() as chromium:
        yield chromium.new_page()


def errors_of(page):
    """A list that what goes wrong on a page will be put into."""
    errors = []
    page.on("requestfailed", lambda request: errors.append(request.url))
    page.on("response", lambda answer: errors.extend([answer.url] * (answer.status >= 400)))
    page.on("console", lambda told: errors.extend([told.text] * (told.type == "error")))
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


def test_a_reader_meets_no_error_on_any_page(address, page):
    base, site = address
    errors = errors_of(page)
    for tag in ("", *TAGS):
        for name in site.pages(tag):
            page.goto(
                f"{base}{tag}/{name}".replace("//i", "/i").replace("//g", "/g"),
                wait_until="networkidle",
            )
            direction = page.evaluate("getComputedStyle(document.body).direction")
            assert direction == ("rtl" if tag == "ar" else "ltr")
    assert not errors


@pytest.mark.parametrize("tag", ["de", "ar"])
def test_instant_navigation_stays_in_the_locale(address, page, tag):
    base, site = address
    errors = errors_of(page)
    page.goto(f"{base}{tag}/", wait_until="networkidle")
    page.evaluate("window.isFirst = true")
    for name in [one for one in site.pages(tag) if one != "index.html"] + ["index.html"]:
        place = f"{base}{tag}/{name.removesuffix('index.html')}"
        link = f"[...document.querySelectorAll('a.md-nav__link')].find(a => a.href === '{place}')"
        page.evaluate(f"{link}.click()")
        page.wait_for_url(place)
        page.wait_for_function(f"document.querySelector('link[rel=canonical]').href === '{place}'")
        assert page.evaluate("window.isFirst"), "the page was loaded anew"
        assert page.evaluate("document.documentElement.lang") == tag
        assert page.locator("article h1").inner_text().startswith(MARKER.strip())
    page.wait_for_load_state("networkidle")
    assert not errors


@pytest.mark.parametrize(("tag", "words"), [("de", "Mittag"), ("zh-Hans", "灯油")])
def test_the_search_finds_the_page_of_the_readers_first(address, page, tag, words):
    if tag == "zh-Hans":
        pytest.importorskip("jieba", reason="Material needs jieba to tell Chinese words apart")
    base, _ = address
    page.goto(f"{base}{tag}/")
    page.locator("input.md-search__input").click()
    page.locator("input.md-search__input").press_sequentially(words)
    # The theme listens to keys, and Han characters have none.
    page.keyboard.press("Shift")
    first = page.locator("a.md-search-result__link").first
    first.wait_for()
    assert f"/{tag}/guide/lamp/" in first.evaluate("link => link.href")


def test_the_switcher_follows_instant_navigation(address, page):
    base, _ = address
    page.goto(f"{base}de/")
    page.locator("article a[href$='guide/lamp/#oil']").click()
    page.wait_for_url(f"{base}de/guide/lamp/#oil")
    page.locator("h2#oil").wait_for()
    page.wait_for_function("document.querySelector('a[hreflang=ar]').href.includes('lamp')")
    page.locator(".md-select__link[hreflang='ar']").evaluate("link => link.click()")
    page.wait_for_url(f"{base}ar/guide/lamp/")
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
