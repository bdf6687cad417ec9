"""A change of the setting `catalog` carries all translations over, there and back."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from projects import project, snapshot, yiben

from toolkit.catalogs.po import read_catalog

LAYOUTS = ("page", "folder", "single")
PAGES = {
    "index.md": "# Home\n\nWelcome.\n",
    "docs.md": "# Docs\n\nAll about it.\n",
    "guide.md": "# Guide\n\nThe guide itself.\n",
    "guide/first.md": "# First\n\nOne step.\n\nWelcome.\n",
    "guide/second.md": "# Second\n\nTwo steps.\n",
    "guide/deep/third.md": "# Third\n\nOne step.\n",
    "empty.md": "",
}


def settings(layout: str, locations: str) -> str:
    return (
        f'source = "en"\ntargets = ["de", "fr"]\ncatalog = "{layout}"\nlocations = "{locations}"\n'
    )


def catalogs(root: Path, locale: str = "de") -> dict[str, dict[str, tuple[str, bool, bool]]]:
    """Each catalog's messages: string, whether obsolete, whether fuzzy."""
    start = root / f"locales/{locale}/LC_MESSAGES"
    return {
        path.relative_to(start).with_suffix("").as_posix(): {
            one.id: (one.string, one.obsolete, one.fuzzy)
            for one in read_catalog(path.name, path.read_bytes()).messages
        }
        for path in sorted(start.rglob("*.po"))
    }


def fill(root: Path, *, alike: bool) -> None:
    """Translate all catalogs; a text has the same translation everywhere where that is wanted."""
    for path in sorted((root / "locales/de/LC_MESSAGES").rglob("*.po")):
        lines = path.read_text(encoding="utf-8").split("\n")
        for number, line in enumerate(lines):
            if line.startswith("msgid ") and line != 'msgid ""':
                mark = "" if alike else f" ({path.stem})"
                lines[number + 1] = f'msgstr "{line[7:-1].swapcase()}{mark}"'
        path.write_text("\n".join(lines), encoding="utf-8")


def translated(root: Path, locations: str, *, alike: bool) -> Path:
    project(root, PAGES, settings("page", locations))
    assert yiben(root, "update").returncode == 0
    fill(root, alike=alike)
    # A translator's note, a fuzzy text and one whose source is gone are kept as well.
    path = root / "locales/de/LC_MESSAGES/guide/second.po"
    text = path.read_text(encoding="utf-8")
    text = text.replace('msgid "Two steps."', '#, fuzzy\nmsgid "Two steps."')
    text = text.replace("#. heading 1.", "# by ear\n#. heading 1.")
    path.write_text(f'{text}\n#~ msgid "Gone"\n#~ msgstr "gONE"\n', encoding="utf-8")
    assert yiben(root, "update").returncode == 0
    return root


def switch(root: Path, layout: str, locations: str) -> None:
    (root / "yiben.toml").write_text(settings(layout, locations), encoding="utf-8")
    before = snapshot(root / "locales")
    assert yiben(root, "update", "--check").returncode in {0, 1}
    assert snapshot(root / "locales") == before
    run = yiben(root, "update")
    assert run.returncode == 0, run.stderr
    after = snapshot(root / "locales")
    assert yiben(root, "update").returncode == 0
    assert snapshot(root / "locales") == after
    assert yiben(root, "update", "--check").returncode == 0


def built(root: Path) -> dict[str, str]:
    yiben(root, "build", "-l", "de", "--replace")
    return {
        path.relative_to(root / "build/de").as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((root / "build/de").rglob("*.md"))
    }


WAYS = [*itertools.permutations(LAYOUTS), ("folder", "single", "folder")]
QUICK: dict[tuple[str, ...], str] = {
    ("single", "folder", "page"): "line",
    ("folder", "page", "single"): "never",
}


@pytest.mark.parametrize(
    ("way", "locations"),
    [
        pytest.param(way, one, marks=() if QUICK.get(way) == one else pytest.mark.nightly)
        for way in WAYS
        for one in ("line", "never")
    ],
)
def test_every_translation_comes_along_and_back(
    tmp_path: Path, way: tuple[str, ...], locations: str
) -> None:
    root = translated(tmp_path, locations, alike=True)
    pages, first = built(root), catalogs(root)
    strings = {one[0] for messages in first.values() for one in messages.values() if one[0]}
    notes = (root / "locales/de/LC_MESSAGES/guide/second.po").read_text().count("# by ear")
    assert notes == 1
    for layout in way:
        switch(root, layout, locations)
        assert built(root) == pages
        found = catalogs(root)
        assert strings == {one[0] for each in found.values() for one in each.values() if one[0]}
        whole = "".join(path.read_text() for path in (root / "locales/de").rglob("*.po"))
        assert "# by ear" in whole
        live = {one for each in found.values() for one in each if not each[one][1]}
        assert live == {one for each in first.values() for one in each if not each[one][1]}
    assert set(catalogs(root, "fr")) <= {"docs", *first, "guide/deep"}
    switch(root, "page", locations)
    last = catalogs(root)
    for name, messages in first.items():
        assert {k: v for k, v in last[name].items() if not v[1]} == {
            k: v for k, v in messages.items() if not v[1]
        }
    assert built(root) == pages


@pytest.mark.parametrize(
    ("way", "same"),
    [
        (("single",), True),
        (("folder",), True),
        (("single", "folder"), True),
        # Which of two texts was a page's is known as long as its own catalog says so.
        (("folder", "single"), False),
    ],
)
def test_pages_that_translate_a_text_otherwise_have_their_own_back(
    tmp_path: Path, way: tuple[str, ...], *, same: bool
) -> None:
    root = translated(tmp_path, "line", alike=False)
    pages, first = built(root), catalogs(root)
    strings = {one[0] for messages in first.values() for one in messages.values() if one[0]}
    for layout in way:
        switch(root, layout, "line")
        found = catalogs(root)
        assert strings == {one[0] for each in found.values() for one in each.values() if one[0]}
    switch(root, "page", "line")
    assert not same or built(root) == pages
    found = catalogs(root)
    assert strings == {one[0] for each in found.values() for one in each.values() if one[0]}


def test_a_page_that_changes_at_the_same_time_keeps_its_translation_as_fuzzy(
    tmp_path: Path,
) -> None:
    root = translated(tmp_path, "line", alike=True)
    switch(root, "single", "line")
    (root / "content/guide.md").write_text("# Guide\n\nThe whole guide itself.\n")
    (root / "yiben.toml").write_text(settings("page", "line"))
    yiben(root, "update")
    assert catalogs(root)["guide"]["The whole guide itself."] == ("tHE GUIDE ITSELF.", False, True)


def test_purge_deletes_what_is_left_of_the_old_files(tmp_path: Path) -> None:
    root = translated(tmp_path, "line", alike=False)
    (root / "yiben.toml").write_text(settings("single", "line"))
    yiben(root, "update", "--purge")
    assert list(catalogs(root)) == ["docs"]


def test_files_of_strings_keep_their_own_catalogs(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/menu.yaml").write_text("home: Home\n")
    own = 'strings = { "data/*.yaml" = ["**"] }\n'
    root = project(tmp_path, PAGES, settings("page", "line") + own)
    yiben(root, "update")
    fill(root, alike=True)
    (root / "yiben.toml").write_text(settings("folder", "line") + own)
    yiben(root, "update")
    found = catalogs(root)
    assert set(found) == {"docs", "guide", "guide/deep", "data/menu.yaml"}
    assert found["data/menu.yaml"] == {"Home": ("hOME", False, False)}
