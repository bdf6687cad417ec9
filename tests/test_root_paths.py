"""Root paths, links without endings, and paths in front matter, in localized pages."""

from __future__ import annotations

import pytest
from projects import project, translate, yiben

SETTINGS = 'source = "en"\ntargets = ["zh-Hans"]\n'


def built(folder, pages, settings, **texts):
    root = project(folder, pages, SETTINGS + settings)
    for name in ("shared/hero.png", "content/x.png"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(b"")
    yiben(root, "update")
    for page, translations in texts.items():
        translate(root / f"locales/zh_Hans/LC_MESSAGES/{page}.po", translations)
    result = yiben(root, "build")
    assert result.returncode == 0, result.stderr
    return (root / "build/zh-Hans/a.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("settings", "url", "new"),
    [
        ('link_prefix = "/{locale}"', "/guide/start/", "/zh-Hans/guide/start/"),
        ('link_prefix = "/{locale}"', "/", "/zh-Hans/"),
        ('link_prefix = "/{locale}"', "/guide/a.html?x=1#y", "/zh-Hans/guide/a.html?x=1#y"),
        ('link_prefix = "/{locale}"', "/zh-Hans/guide/", "/zh-Hans/guide/"),
        ('link_prefix = "/{locale}"', "/files/a.zip", "/files/a.zip"),
        ('link_prefix = "/{locale}"', "//example.org/guide/", "//example.org/guide/"),
        ('link_prefix = { zh-Hans = "/zh" }', "/guide/", "/zh/guide/"),
        (
            'link_prefix = { en = "/en-US", zh-Hans = "/zh-CN" }',
            "/en-US/docs/CSS",
            "/zh-CN/docs/CSS",
        ),
        ('link_prefix = { en = "/en", zh-Hans = "/zh" }', "/english/", "/zh/english/"),
        ("", "/guide/start/", "/guide/start/"),
    ],
)
def test_root_paths_get_the_prefix_of_a_locale(settings, url, new, tmp_path):
    page = built(tmp_path, {"a.md": f"See [this]({url}) and ![that](/img/x.png).\n"}, settings)
    assert page == f"See [this]({new}) and ![that](/img/x.png).\n"


@pytest.mark.parametrize(
    "settings", ['allow = ["/zh-CN/docs"]', 'link_prefix = { zh-Hans = "/zh-CN" }']
)
def test_a_translator_may_write_the_path_of_the_locale(settings, tmp_path):
    pages = {"a.md": "See [CSS](/en-US/docs/CSS).\n"}
    own = "见 [CSS](/zh-CN/docs/CSS#值)。"
    assert built(tmp_path, pages, settings, a={"See [CSS](/en-US/docs/CSS).": own}) == f"{own}\n"


@pytest.mark.parametrize(
    "url", ["/zh-CN/docsx", "/zh-CN/docs/../x", "//zh-CN/docs/", "/x/zh-CN/docs"]
)
def test_other_root_paths_are_refused(url, tmp_path):
    root = project(
        tmp_path, {"a.md": "See [CSS](/en-US/).\n"}, f'{SETTINGS}allow = ["/zh-CN/docs"]\n'
    )
    yiben(root, "update")
    translate(
        root / "locales/zh_Hans/LC_MESSAGES/a.po", {"See [CSS](/en-US/).": f"见 [CSS]({url})。"}
    )
    assert yiben(root, "build").returncode == 1
    assert "/en-US/" in (root / "build/zh-Hans/a.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("settings", "url", "new"),
    [
        ("", "b#some-heading", "b#一节"),
        ("", "b.html#some-heading", "b.html#一节"),
        ("", "/b#some-heading", "/b#一节"),
        ("", "/content/b.md#some-heading", "/build/zh-Hans/b.md#一节"),
        ('link_prefix = "/{locale}"', "/b/#some-heading", "/zh-Hans/b/#一节"),
        ("", "/b#other", "/b#other"),
    ],
)
def test_fragments_follow_headings_however_the_page_is_named(settings, url, new, tmp_path):
    pages = {"a.md": f"[x]({url})\n", "b.md": "# B\n\n## Some heading\n"}
    page = built(tmp_path, pages, f'dialect = "gfm"\n{settings}', b={"Some heading": "一节"})
    assert page == f"[x]({new})\n"


@pytest.mark.parametrize(
    ("top", "new"),
    [
        ("image: ../shared/hero.png", "image: ../../shared/hero.png"),
        ("cover: '../shared/hero.png' # x", "cover: '../../shared/hero.png' # x"),
        ('hero:\n  image: "../shared/hero.png"', 'hero:\n  image: "../../shared/hero.png"'),
        ("image: https://example.org/x.png", "image: https://example.org/x.png"),
        ("image: no.png", "image: no.png"),
        ("logo: ../shared/hero.png", "logo: ../shared/hero.png"),
    ],
)
def test_paths_in_front_matter_are_rewritten_as_links_are(top, new, tmp_path):
    for number, end in enumerate(("\n", "\r\n")):
        pages = {"a.md": f"---\n{top}\n---\n\n![x](x.png)\n".replace("\n", end)}
        folder = tmp_path / str(number)
        built(folder, pages, "")
        page = (folder / "build/zh-Hans/a.md").read_bytes().decode("utf-8")
        assert page == f"---\n{new}\n---\n\n![x](x.png)\n".replace("\n", end)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('"zh"', "is not a path from the root"),
        ('"/zh"', "needs {locale}"),
        ('"/{loc}"', "is not a path"),
    ],
)
def test_a_prefix_that_is_none_is_told(value, text, tmp_path):
    root = project(tmp_path, {"a.md": "x\n"}, f"{SETTINGS}link_prefix = {value}\n")
    result = yiben(root, "build")
    assert result.returncode == 2
    assert text in result.stderr
