"""Trees and settings for each locale, and the site that a generator makes of them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import yaml
from browsing import browser, eventually, served
from projects import YIBEN, heed_interrupts, project, snapshot, translate, yiben

from toolkit.interfaces.site_server import Changes
from toolkit.project.project import Project
from toolkit.site.alternates import write_alternates

BIN = Path(sys.executable).parent
SETTINGS = """\
source = "en"
targets = ["de", "ar"]
content = "docs"
site = "mkdocs.yml"
site_output = "mkdocs.{locale}.yml"
"""
SITE = """\
site_name: Harbour
site_url: https://example.org/manual/
theme:
  name: material
  font: false
  direction: ltr
extra:
  alternate:
    - {name: English, link: ./, lang: en}
    - {name: Deutsch, link: ./de/, lang: de}
    - name: العربية
      link: ar/
      lang: ar
    - {name: Forge, link: https://example.org/forge, lang: fr}
plugins:
  - search:
      lang: en
  # makes all locales
  - yiben:
      switcher: true

  - meta
nav:
  - Home: index.md
  - Page: guide/page.md
"""
PAGES = {
    "index.md": "# Harbour\n\nSee [the page](guide/page.md#second) first.\n",
    "guide/page.md": "# A page\n\n## Second\n\nBack to [the start](../index.md).\n",
}


def made(folder, mkdocs=SITE, settings=SETTINGS):
    root = project(folder, {}, settings)
    for name, text in PAGES.items():
        (root / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "docs" / name).write_text(text, encoding="utf-8")
    (root / "mkdocs.yml").write_text(mkdocs, encoding="utf-8")
    yiben(root, "update")
    return root


def built(root, tag="ar"):
    result = yiben(root, "build")
    assert result.returncode == 0, result.stderr
    return yaml.safe_load((root / f"mkdocs.{tag}.yml").read_text(encoding="utf-8"))


def test_the_settings_of_a_locale_are_right_for_its_readers(tmp_path):
    found = built(made(tmp_path))
    assert found["site_url"] == "https://example.org/manual/ar/"
    assert found["site_dir"] == "site-ar"
    assert found["theme"]["language"] == "ar"
    assert found["theme"]["direction"] == "rtl"
    assert [one["link"] for one in found["extra"]["alternate"]] == [
        "/manual/",
        "/manual/de/",
        "/manual/ar/",
        "https://example.org/forge",
    ]
    assert found["plugins"] == [{"search": {"lang": "ar"}}, "meta"]
    assert "# makes all locales" in (tmp_path / "mkdocs.ar.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("plugins: [search, yiben]", ["search"]),
        ("plugins: [yiben, search]", ["search"]),
        ("plugins: [yiben]", []),
        ("plugins:\n  - yiben", []),
        ("plugins:\n- search\n- yiben: {switcher: false}", ["search"]),
        (
            "plugins:\n  search:\n    lang: [en, ja]\n  yiben: {}",
            {"search": {"lang": ["de", "ja"]}},
        ),
        ("plugins: {yiben: {}, search: {}}", {"search": {}}),
        ("plugins: [search, yiben, i18n, tags, i18n]", ["search", "tags"]),
        ("plugins: [yiben, i18n, {search: {lang: en}}]", [{"search": {"lang": "de"}}]),
        ("plugins: [i18n: {languages: [{locale: en}]}, yiben]", []),
        (
            "plugins:\n- search\n- yiben\n- i18n:\n    languages:\n    - locale: en\n- tags",
            ["search", "tags"],
        ),
        (
            "plugins:\n  - search:\n      lang:\n        - en\n        - fr\n",
            [{"search": {"lang": ["de", "fr"]}}],
        ),
    ],
)
def test_our_plugin_is_taken_out_however_it_is_written(old, new, tmp_path):
    for number, tail in enumerate(("", "\n", "\ncopyright: X\n")):
        found = built(made(tmp_path / str(number), f"site_name: X\n{old}{tail}"), "de")
        assert found["plugins"] == new
        assert ("copyright" in found) == bool(tail.strip())


def test_what_is_inherited_counts(tmp_path):
    root = made(tmp_path, "INHERIT: base.yml\nsite_name: X\n")
    text = "site_url: https://example.org/\nsite_dir: out\ntheme: {name: material}\n"
    (root / "base.yml").write_text(text, encoding="utf-8")
    found = built(root)
    assert found["site_url"] == "https://example.org/ar/"
    assert found["site_dir"] == "out-ar"
    assert found["theme"] == {"language": "ar", "direction": "rtl"}
    links = [one["link"] for one in found["extra"]["alternate"]]
    assert links == ["/", "/de/", "/ar/"]


def test_what_the_environment_says_stays(tmp_path):
    root = made(tmp_path, "site_name: X\nsite_url: !ENV [URL, 'https://example.org/']\n")
    assert yiben(root, "build").returncode == 0
    text = (root / "mkdocs.de.yml").read_text(encoding="utf-8")
    assert "site_url: !ENV [URL, 'https://example.org/']" in text


def test_dot_files_that_generators_read_come_along(tmp_path):
    root = made(tmp_path)
    names = ("guide/.pages", "guide/.meta.yml", ".nav.yml", "blog/.authors.yml", ".secret")
    for name in names:
        (root / "docs" / name).parent.mkdir(exist_ok=True)
        (root / "docs" / name).write_text("x: y\n", encoding="utf-8")
    built(root)
    there = {name for name in names if (root / "build/de" / name).is_file()}
    assert there == set(names) - {".secret"}


@pytest.mark.parametrize("urls", ["true", "false"])
def test_a_page_that_is_left_out_is_linked_where_the_source_has_it(urls, tmp_path):
    root = made(tmp_path, f"{SITE}use_directory_urls: {urls}\n", f"{SETTINGS}skip_below = 80\n")
    for tag in ("de", "ar"):
        path = root / f"locales/{tag}/LC_MESSAGES/index.po"
        text = path.read_text(encoding="utf-8")
        path.write_text(
            re.sub(r'(msgid "([^"]+)"\nmsgstr )""', r'\1"X \2"', text), encoding="utf-8"
        )
    found = built(root, "de")
    page = (root / "build/de/index.md").read_text(encoding="utf-8")
    address = "guide/page/" if urls == "true" else "guide/page.html"
    assert f"](../{address}#second)" in page
    assert list(found["nav"][1].values()) == [f"https://example.org/manual/{address}"]


needs_generators = pytest.mark.skipif(
    not (BIN / "mkdocs").exists(), reason="MkDocs is not installed"
)


@needs_generators
def test_one_command_builds_the_site_in_all_languages(tmp_path):
    pytest.importorskip("selectolax", reason="selectolax is not installed")
    root = made(tmp_path)
    before = set(root.iterdir())
    result = yiben(root, "site", "build", "--generator", "mkdocs", "--strict")
    assert result.returncode == 0, result.stderr
    assert {one.name for one in set(root.iterdir()) - before} == {
        "build",
        "mkdocs.ar.yml",
        "mkdocs.de.yml",
        "site",
    }
    assert "site: 3 languages in site" in result.stderr
    page = (root / "site/ar/guide/page/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://example.org/manual/ar/guide/page/">' in page
    assert '<html lang="ar"' in page
    assert re.search('<body dir="rtl"', page)
    for place in ("guide/page/", "de/guide/page/", "ar/guide/page/"):
        assert f'rel="alternate" href="https://example.org/manual/{place}"' in page
    sitemap = (root / "site/de/sitemap.xml").read_text(encoding="utf-8")
    assert "https://example.org/manual/de/guide/page/" in sitemap
    assert yiben(root, "verify", "site").returncode == 0


@needs_generators
def test_a_build_that_fails_replaces_nothing(tmp_path):
    root = made(tmp_path, SITE.replace("- meta", "- nothing-of-that-name"))
    result = yiben(root, "site", "build", "--generator", "mkdocs")
    assert result.returncode == 1
    assert "nothing-of-that-name" in result.stderr
    assert "site: 3 builds failed; nothing replaced" in result.stderr
    assert not (root / "site").exists()
    assert not (root / ".yiben-mkdocs.yml").exists()


def test_the_site_needs_settings_for_each_locale(tmp_path):
    root = made(tmp_path, settings=SETTINGS.replace('site_output = "mkdocs.{locale}.yml"\n', ""))
    result = yiben(root, "site", "build")
    assert result.returncode == 2
    assert 'site_output: set it as well as "site"' in result.stderr


def test_alternates_lead_to_the_same_page_or_nowhere(tmp_path):
    head = (
        '<link rel="alternate" href="/" hreflang="en">\n<link rel="alternate" href="/de/" '
        'hreflang="de">\n<link rel="alternate" hreflang="x-default" href="/">\n'
        '<link rel="alternate" href="https://example.org/fr" hreflang="fr">\n'
    )
    for name in ("a/index.html", "de/a/index.html", "b.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(head, encoding="utf-8")
    write_alternates(tmp_path, "en", ["de"], "https://example.org/m/")
    links = [
        re.findall(r'href="([^"]*)"', (tmp_path / name).read_text(encoding="utf-8"))
        for name in ("a/index.html", "de/a/index.html", "b.html")
    ]
    both = [f"https://example.org/m/{place}" for place in ("a/", "de/a/", "a/")]
    page = ["https://example.org/m/b.html"] * 2
    other = "https://example.org/fr"
    assert links == [[*both, other], [*both, other], [*page, other]]


@pytest.mark.peers
@pytest.mark.process
@needs_generators
@pytest.mark.parametrize("features", ["", "  features: [navigation.instant]\n"])
def test_the_switcher_leads_to_the_same_page_in_each_language(features, tmp_path):
    root = made(tmp_path / "project", SITE.replace("  font: false\n", f"  font: false\n{features}"))
    assert yiben(root, "site", "build", "--generator", "mkdocs").returncode == 0
    before = snapshot(root / "site/ar") | snapshot(root / "site/guide")
    assert yiben(root, "site", "build", "-l", "de", "--generator", "mkdocs").returncode == 0
    assert snapshot(root / "site/ar") | snapshot(root / "site/guide") == before
    shutil.move(root / "site", tmp_path / "www/manual")
    told: list[str] = []
    with browser() as running, served(tmp_path / "www") as address:
        page = running.new_page()
        # A reader who goes on ends what is still under way.
        page.on(
            "requestfailed",
            lambda one: told.append(one.url) if "ABORTED" not in one.failure else None,
        )
        page.on("response", lambda one: told.append(one.url) if one.status >= 400 else None)
        page.on("console", lambda one: told.append(one.text) if one.type == "error" else None)
        page.goto(f"{address}manual/index.html")
        page.goto(f"{address}manual/guide/page/")
        for tag in ("de", "ar", "en"):
            page.locator(f".md-select__link[hreflang='{tag}']").evaluate("a => a.click()")
            folder = "" if tag == "en" else f"{tag}/"
            page.wait_for_url(f"{address}manual/{folder}guide/page/")
            page.wait_for_load_state("networkidle")
            assert page.evaluate("document.documentElement.lang") == tag
            direction = page.evaluate("getComputedStyle(document.body).direction")
            assert direction == ("rtl" if tag == "ar" else "ltr")
            page.locator("article p a").first.click()
            page.wait_for_url(re.compile(rf".*/manual/{folder}(index\.html)?(#.*)?$"))
            page.go_back()
            page.wait_for_url(f"{address}manual/{folder}guide/page/")
        page.close()
    assert not told


@pytest.mark.parametrize(
    "name", ["docs/index.md", "locales/de/index.po", "mkdocs.yml", "yiben.toml"]
)
def test_a_file_saved_while_the_site_is_built_is_built_again(name, tmp_path):
    root = made(tmp_path)
    path = next(root.rglob(Path(name).name)) if name.endswith(".po") else root / name
    changes = Changes(Project.all_from(root))
    assert not changes.came()
    os.utime(path, ns=(0, 1_000_000_000))
    assert changes.came()
    os.utime(path, ns=(0, 2_000_000_000))  # what building takes its time for
    assert changes.came()
    assert not changes.came()


@pytest.mark.peers
@pytest.mark.process
@needs_generators
def test_a_served_site_follows_the_catalogs(tmp_path):
    root = made(tmp_path)
    command = [str(YIBEN), "site", "serve", "--generator", "mkdocs", "-a", "127.0.0.1:0"]
    process = subprocess.Popen(
        command,
        cwd=root,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_interrupts,  # noqa: PLW1509 - no other thread is running
    )
    try:
        lines = iter(process.stderr or ())
        address = next(line.split("site: ")[1].strip() for line in lines if "http://" in line)
        assert address.endswith("/manual/")

        def shows(text: str) -> bool:
            try:
                with urllib.request.urlopen(f"{address}de/guide/page/") as answer:  # noqa: S310
                    return text in answer.read().decode("utf-8")
            except urllib.error.HTTPError:  # just while the new site takes its place
                return False

        assert shows("A page")
        translate(root / "locales/de/LC_MESSAGES/guide/page.po", {"A page": "Eine Seite"})
        assert eventually(lambda: shows("Eine Seite"))
        with urllib.request.urlopen(address.removesuffix("manual/")) as answer:  # noqa: S310
            assert answer.url == address
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
