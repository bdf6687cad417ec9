"""Links lead from a localized page to what they led to from its source."""

from posixpath import dirname, join, normpath
from urllib.parse import unquote

import pytest

from toolkit.site.layout import Layout

PAGES = {"index.md", "guide/a.md", "guide/b c.md", "图/页.md"}
FILES = {f"docs/{page}" for page in PAGES} | {
    "docs/img/x.png",
    "docs/img/y.png",
    "docs/img/y.en.png",
    "docs/guide/z.pdf",
    "README.md",
}
FOLDER = "site/en/{path}"
BESIDE = "docs/en/{path}"
SUFFIX = "docs/{stem}.en.md"


def layout(pattern, *, carried):
    def output(page):
        return pattern.format(path=page, stem=page.removesuffix(".md"))

    return Layout("docs", "en", PAGES, output, FILES.__contains__, carried)


CASES = [
    # pattern, carried, page, url, wanted
    (FOLDER, True, "index.md", "guide/a.md", None),
    (FOLDER, True, "guide/a.md", "../img/x.png", None),
    (FOLDER, True, "guide/a.md", "../img/y.png", "../img/y.en.png"),
    (FOLDER, True, "guide/a.md", "../../README.md", "../../../README.md"),
    (FOLDER, False, "guide/a.md", "../img/x.png#a", "../../../docs/img/x.png#a"),
    (BESIDE, False, "guide/a.md", "../img/x.png", "../../img/x.png"),
    (BESIDE, False, "guide/a.md", "b%20c.md#x", None),
    (BESIDE, False, "index.md", "guide/z.pdf?d=1", "../guide/z.pdf?d=1"),
    (SUFFIX, False, "index.md", "guide/a.md#x", "guide/a.en.md#x"),
    (SUFFIX, False, "guide/a.md", "b%20c.md", "b%20c.en.md"),
    (SUFFIX, False, "guide/a.md", "b c.md", "b c.en.md"),
    (SUFFIX, False, "guide/a.md", "../图/页.md", "../图/页.en.md"),
    (SUFFIX, False, "guide/a.md", "../img/x.png", None),
    (SUFFIX, False, "guide/a.md", "../img/y.png", "../img/y.en.png"),
]


@pytest.mark.parametrize(("pattern", "carried", "page", "url", "wanted"), CASES)
def test_a_link_is_led_to_its_target(pattern, carried, page, url, wanted):
    here = layout(pattern, carried=carried)
    assert here.resolved(page, url) == wanted
    if wanted and "README" not in wanted:
        # What the new url says is where the layout puts the old one's target.
        place = normpath(
            join(dirname(here.output(page)), unquote(wanted.split("#")[0].split("?")[0]))
        )
        assert place.startswith(("site/en/", "docs/"))


@pytest.mark.parametrize(
    "url",
    ["", "#a", "?a", "/a.md", "https://x.org/a.md", "mailto:a@b", "//x/a.md", "none.md", "img/"],
)
def test_what_leads_elsewhere_is_left_alone(url):
    for pattern in (FOLDER, BESIDE, SUFFIX):
        assert layout(pattern, carried=False).resolved("guide/a.md", url) is None


def test_files_go_beside_the_pages():
    here = layout(FOLDER, carried=True)
    assert here.carried_to("img/x.png") == "site/en/img/x.png"
    assert here.carried_to("x.png") == "site/en/x.png"
    assert layout(SUFFIX, carried=True).carried_to("img/x.png") == "docs/img/x.png"
