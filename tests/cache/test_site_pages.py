"""Promise: the plugin's pages from the cache are those that it would make now."""

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from projects import project, yiben

from toolkit.project.project import Project
from toolkit.site.page_builder import PageBuilder
from toolkit.site.virtual import Pages

PAGES = ("a.md", "b.md", "guide/c.md")
BLOCKS = (
    "# 安装\n",
    "# 使用\n",
    "先装好它。\n",
    "再看[安装](a.md#安装)与[使用](guide/c.md#使用)。\n",
    "!!! note\n\n    请注意。\n",
    "![图](img/x.png) 说明\n",
    "[没有](nowhere.md)\n",
)
TEXTS = ("Install", "Use <b>it</b>", "See [here](a.md#安装).", "- one", "")
WAYS = ("", 'anchors = "rewrite"\n', "skip_below = 40\n", 'notice = "auto"\n')


def made(root, *, cache=True):
    """The pages of a build in a program of its own, and what it reports."""
    found = Project.found_from(root)
    found = replace(found, settings=replace(found.settings, cache=cache))
    pages = Pages(found, rewrites=True)
    locales = found.settings.targets
    pages.start(locales)
    pages.prepare(locales)
    texts = {
        (one.tag, name): pages.text(name, one)
        for name in sorted(found.pages()[0])
        for one in locales
        if pages.has_localized(name, one)
    }
    pages.close()
    return texts, sorted(pages.problems())


def edit(root, seed):
    """Change, remove or add a page, a translation or a file beside the pages."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    page = root / "content" / chance.choice(PAGES)
    kind = chance.choice(("write", "write", "delete", "translate", "translate", "image", "damage"))
    if kind == "write":
        page.parent.mkdir(exist_ok=True, parents=True)
        page.write_text("\n".join(chance.choices(BLOCKS, k=chance.randint(0, 5))), "utf-8")
    elif kind == "delete":
        page.unlink(missing_ok=True)
    elif kind == "image":
        image = root / "content/img/x.png"
        image.parent.mkdir(exist_ok=True)
        image.unlink() if image.exists() else image.write_bytes(b"png")
    elif kind == "damage":
        (root / ".yiben").mkdir(exist_ok=True)
        (root / ".yiben/cache.sqlite").write_bytes(chance.randbytes(64))
    else:
        yiben(root, "update")
        for path in sorted(root.glob("locales/en/**/*.po")):
            text = path.read_text("utf-8")
            words = chance.choice(TEXTS)
            path.write_text(text.replace('\nmsgstr ""\n\n', f'\nmsgstr "{words}"\n\n', 1), "utf-8")


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=5), st.sampled_from(WAYS))
@settings(max_examples=25)
def test_pages_from_the_cache_are_as_those_made_anew(tmp_path_factory, seeds, way):
    root = project(tmp_path_factory.mktemp("site") / "project", {"a.md": "# 安装\n\n先装好它。\n"})
    with (root / "yiben.toml").open("a", encoding="utf-8") as file:
        file.write(way)
    for seed in seeds:
        edit(root, seed)
        anew = made(root, cache=False)
        assert made(root) == anew
        assert made(root) == anew


def test_a_second_program_makes_no_page_again(tmp_path, monkeypatch):
    root = project(tmp_path / "project", {"a.md": "# 安装\n\n先装好它。\n", "b.md": "# 使用\n"})
    yiben(root, "update")
    first = made(root)
    asked = []
    monkeypatch.setattr(PageBuilder, "build", lambda *_: asked.append(1))
    assert made(root) == first
    assert not asked
