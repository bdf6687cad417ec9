"""A part of a project outside of `docs_dir`, in a folder of the site."""

import json
import re

import pytest
from lxml import etree
from mkdocs.exceptions import Abort
from parts_sites import build_parts, write_parts
from projects import yiben

pytestmark = pytest.mark.peers

SETTINGS = """\
site = "mkdocs.yml"

[[part]]
source = "en"
targets = ["zh-Hans"]
content = "docs"

[[part]]
name = "study"
source = "zh-Hans"
targets = ["en", "de"]
content = "content"
"""
SITE = """\
site_name: Parts
theme: {name: material}
plugins: [search, yiben: {mount: {study: study}, readers_language: true}]
markdown_extensions: [attr_list]
validation: {links: {anchors: warn}}
"""
PAGES = {
    "docs/index.md": "# Home\n\nRead [the study](../content/deep/more.md).\n",
    "docs/guide/a.md": "# Guide\n\nSee [it](../../content/index.md).\n",
    "content/index.md": "# 案例\n\n读[指南](../docs/guide/a.md)。\n\n![图](x.svg)\n",
    "content/deep/more.md": "# 细节\n\n读[指南](../../docs/guide/a.md#guide)。\n",
    "content/x.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "content/.hidden/y.md": "# 不\n",
    "mkdocs.yml": SITE,
    "yiben.toml": SETTINGS,
}
ZH = {
    "Home": "首页",
    "Guide": "指南",
    "Read [the study](../content/deep/more.md).": "读[案例](../content/deep/more.md)。",
}
EN = {
    "案例": "Study",
    "读[指南](../../docs/guide/a.md#guide)。": "Read [the guide](../../docs/guide/a.md#guide).",
}


TRANSLATIONS = {"zh_Hans": ZH, "en": EN, "de": EN}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return build_parts(write_parts(tmp_path_factory.mktemp("mounted"), PAGES, TRANSLATIONS))


def links(site, name):
    tree = etree.HTML((site / name / "index.html").read_text("utf-8"))
    found = (one.get("href") for one in tree.find(".//article").iter("a"))
    place = site / name
    return [(place / one.partition("#")[0]).resolve().relative_to(site).as_posix() for one in found]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("", "study/deep/more"),
        ("zh-Hans", "study/deep/more"),
        ("guide/a", "study"),
        ("zh-Hans/guide/a", "study"),
        ("study", "guide/a"),
        ("study/deep/more", "guide/a"),
        ("en/study/deep/more", "guide/a"),
        ("de/study", "guide/a"),
    ],
)
def test_links_between_parts_lead_there(site, name, target):
    assert target in links(site, name)
    assert (site / target / "index.html").is_file()


def test_files_come_along_and_hidden_ones_do_not(site):
    assert (site / "study/x.svg").is_file()
    assert not list(site.rglob("*hidden*"))


def test_the_start_page_sends_readers_on(site):
    start = (site / "index.html").read_text("utf-8")
    pages = re.findall(r"const pages = (\{.*?\})", start)
    assert [json.loads(one) for one in pages] == [{"en": "", "zh-Hans": "zh-Hans/"}]
    for name in ("zh-Hans", "guide/a", "study"):
        assert "yiben-language" not in (site / name / "index.html").read_text("utf-8")


def test_the_built_site_is_verified_with_its_mounts(site):
    root = site.parent
    run = yiben(root, "verify", "site")
    assert (run.returncode, run.stdout) == (0, "no errors, no warnings\n"), run.stdout
    assert "verify: 10 pages" in run.stderr
    (site / "de/study/index.html").unlink()
    run = yiben(root, "verify", "site")
    assert "[site-missing]" in run.stdout


def test_an_unknown_part_is_reported(tmp_path, caplog):
    root = write_parts(tmp_path, PAGES, TRANSLATIONS)
    text = SITE.replace("study: study", "studdy: study")
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    with pytest.raises(Abort):
        build_parts(root)
    assert 'mount: no part is called "studdy"; parts: docs, study' in caplog.text
