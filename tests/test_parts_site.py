"""One site of two parts in two languages, built with MkDocs and our plugin by one command."""

import json
import re
import shutil
from pathlib import Path

import pytest
from lxml import etree
from parts_sites import build_parts, write_parts
from projects import yiben

pytestmark = pytest.mark.peers

SETTINGS = """\
site = "mkdocs.yml"

[[part]]
source = "en"
targets = ["zh-Hans"]
content = "docs"
output = "build/{locale}/{path}"

[[part]]
source = "zh-Hans"
targets = ["en"]
content = "docs/study"
output = "build/{locale}/study/{path}"
"""
SITE = """\
site_name: Parts
site_url: https://example.org/
theme: {name: material}
plugins: [search, yiben]
nav:
  - Home: index.md
  - Guide: guide.md
  - 案例: study/index.md
  - 细节: study/more.md
"""
PAGES = {
    "docs/index.md": "# Home\n\nRead the [guide](guide.md) and the [study](study/index.md).\n",
    "docs/guide.md": "# Guide\n\nFirst steps, see [here](index.md#home).\n",
    "docs/study/index.md": "# 案例\n\n先读[指南](../guide.md)，再读[细节](more.md#_1)。\n",
    "docs/study/more.md": "# 细节\n\n完。\n",
    "mkdocs.yml": SITE,
    "yiben.toml": SETTINGS,
}
ZH = {
    "Parts": "两部分",
    "Home": "主页",
    "Guide": "指南",
    "Read the [guide](guide.md) and the [study](study/index.md).": "读[指南](guide.md)和"
    "[案例](study/index.md)。",
    "First steps, see [here](index.md#home).": "起步，见[这里](index.md#home)。",
}
EN = {
    "案例": "Case study",
    "细节": "Details",
    "先读[指南](../guide.md)，再读[细节](more.md#_1)。": "Read the [guide](../guide.md), then the "
    "[details](more.md#_1).",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return write_parts(tmp_path_factory.mktemp("parts"), PAGES, {"en": EN, "zh_Hans": ZH})


@pytest.fixture(scope="module")
def site(root):
    plain = SITE.replace(", yiben", "")
    (root / "plain.yml").write_text(plain, encoding="utf-8")
    build_parts(root, "plain.yml", "plain")
    return build_parts(root)


def page(site: Path, name: str) -> etree._Element:
    return etree.HTML((site / name / "index.html").read_text("utf-8"))


def content(tree: etree._Element) -> str:
    return " ".join("".join(tree.find(".//article").itertext()).split())


@pytest.mark.parametrize(
    ("name", "lang", "words"),
    [
        ("", "en", "Read the guide and the study."),
        ("guide", "en", "First steps"),
        ("zh-Hans", "zh", "读指南和案例。"),
        ("zh-Hans/guide", "zh", "起步，见这里。"),
        ("study", "zh", "先读指南，再读细节。"),
        ("study/more", "zh", "完。"),
        ("en/study", "en", "Read the guide, then the details."),
        ("en/study/more", "en", "完。"),
    ],
)
def test_every_page_speaks_its_own_language(site, name, lang, words):
    tree = page(site, name)
    assert tree.get("lang") == lang
    assert words in content(tree)


def test_no_other_pages_are_made(site):
    plain = {one.relative_to(site.parent / "plain") for one in site.parent.glob("plain/**/*.html")}
    made = {one.relative_to(site).as_posix() for one in site.rglob("*.html")}
    pages = {one.as_posix() for one in plain}
    assert made - pages == {
        f"{name}/index.html" for name in ("zh-Hans", "zh-Hans/guide", "en/study", "en/study/more")
    }


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("guide", {"en": "guide/", "zh-Hans": "zh-Hans/guide/", "x-default": "guide/"}),
        ("zh-Hans/guide", {"en": "guide/", "zh-Hans": "zh-Hans/guide/", "x-default": "guide/"}),
        ("study", {"zh-Hans": "study/", "en": "en/study/", "x-default": "study/"}),
        ("en/study", {"zh-Hans": "study/", "en": "en/study/", "x-default": "study/"}),
    ],
)
def test_alternates_and_switcher_lead_to_the_same_page(site, name, others):
    tree = page(site, name)
    alternates = {one.get("hreflang"): one.get("href") for one in tree.iter("link")}
    found = {lang: _from(name, alternates[lang]) for lang in others}
    assert found == others
    switcher = {
        one.get("hreflang"): _from(name, one.get("href"))
        for one in tree.iter("a")
        if one.get("hreflang")
    }
    assert switcher == {key: value for key, value in others.items() if key != "x-default"}


def _from(name: str, href: str) -> str:
    parts = [*name.split("/"), *href.split("/")]
    kept: list[str] = []
    for part in parts:
        if part == "..":
            kept.pop()
        elif part not in {"", "."}:
            kept.append(part)
    return "/".join(kept) + "/"


def test_links_hold_and_follow_headings(site):
    links = list(inner_links(site))
    assert links
    for path, address, fragment in links:
        target = (path.parent / address).resolve() if address else path.parent
        assert (target / "index.html").is_file(), (path, address)
        ids = {one.get("id") for one in page(target, "").iter()} if fragment else set()
        assert not fragment or fragment in ids, (path, address, fragment)


def inner_links(site):
    """The links of articles to pages of the site, with the pages on which they stand."""
    for path in site.rglob("*.html"):
        article = etree.HTML(path.read_text("utf-8")).find(".//article")
        for link in article.iter("a") if article is not None else ():
            address, _, fragment = (link.get("href") or "").partition("#")
            if not re.match(r"[a-z]+:", address):
                yield path, address, fragment


def test_titles_come_from_the_catalogs_of_each_part(site):
    assert page(site, "en/study").findtext(".//title") == "Case study - Parts"
    assert page(site, "zh-Hans/guide").findtext(".//title") == "指南 - 两部分"
    assert page(site, "study").findtext(".//title") == "案例 - 两部分"


def test_pages_in_the_sites_language_are_those_of_the_plain_build(site):
    for name in ("", "guide"):
        ours = (site / name / "index.html").read_text("utf-8")
        plain = (site.parent / "plain" / name / "index.html").read_text("utf-8")
        assert content(etree.HTML(ours)) == content(etree.HTML(plain))


def test_the_built_site_is_verified_part_by_part(root, site):
    run = yiben(root, "verify", "site")
    assert (run.returncode, run.stdout) == (0, "no errors, no warnings\n"), run.stdout
    assert "verify: 8 pages" in run.stderr
    path = site / "en/study/index.html"
    kept = path.read_text("utf-8")
    wrong = kept.replace("../../guide/", "../../gone/").replace("Read the", "Nothing of")
    path.write_text(wrong, encoding="utf-8")
    run = yiben(root, "verify", "site", "--format", "json")
    path.write_text(kept, encoding="utf-8")
    found = {(one["check"], one["path"].split("/")[0]) for one in json.loads(run.stdout)}
    assert ("site-link", "site") in found
    assert {name for _, name in found} <= {"site", "locales"}
    assert run.returncode == 1


def test_trees_of_all_parts_are_one_site(root, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns("site", "plain"))
    settings = SETTINGS.replace("\n\n", '\nsite_output = "mkdocs.{locale}.yml"\n\n', 1)
    (copy / "yiben.toml").write_text(settings, encoding="utf-8")
    run = yiben(copy, "site", "build", "--strict", "--generator", "mkdocs")
    assert run.returncode == 0, run.stderr
    made = copy / "site"
    words = {
        "": "Read the guide and the study.",
        "study": "Read the guide, then the details.",
        "zh-Hans": "读指南和案例。",
        "zh-Hans/study": "先读指南，再读细节。",
    }
    for name, text in words.items():
        assert text in content(page(made, name)), name
        assert page(made, name).get("lang") == ("zh" if name.startswith("zh") else "en")
    assert not (made / "en").exists()
    alternates = {one.get("hreflang"): one.get("href") for one in page(made, "study").iter("link")}
    assert alternates["zh-Hans"] == "https://example.org/zh-Hans/study/"
    assert alternates["en"] == "https://example.org/study/"
    assert yiben(copy, "build", "--check").returncode == 0
    run = yiben(copy, "verify", "site")
    assert (run.returncode, run.stdout) == (0, "no errors, no warnings\n"), run.stdout
    again = yiben(copy, "site", "build", "-l", "en", "--generator", "mkdocs")
    assert again.returncode == 0, again.stderr
    assert (made / "zh-Hans/study/index.html").is_file()


def test_a_part_outside_of_the_site_is_left_to_others(root, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns("site", "plain"))
    (copy / "blog").mkdir()
    (copy / "blog/a.md").write_text("# Eins\n", encoding="utf-8")
    more = '\n[[part]]\nsource = "de"\ntargets = ["en"]\ncontent = "blog"\n'
    (copy / "yiben.toml").write_text(SETTINGS + more, encoding="utf-8")
    build_parts(copy)
    assert (copy / "site/en/study/index.html").is_file()
    assert not (copy / "site/de").exists()
