"""`yiben update --check` says what another version of yiben changes, and why."""

from __future__ import annotations

import json
import re
from pathlib import Path

from projects import project, snapshot, translate, yiben

PAGES = {
    "a.md": "# Start\n\nOne sentence here. Another one.\n\n- First point\n- Second point\n",
    "b.md": "# Other\n\nSome words.\n",
}
SETTINGS = 'source = "en"\ntargets = ["de"]\n'


def earlier(root: Path) -> Path:
    """A project as an earlier version would have left it: other cuts, comments and headers."""
    project(root, PAGES, SETTINGS)
    yiben(root, "update")
    yiben(root, "build")
    translate(root / "locales/de/LC_MESSAGES/b.po", {"Some words.": "Ein paar Worte."})
    for path in (root / "locales").rglob("*.po*"):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"(X-Generator: yiben )[^\\]*", r"\g<1>0.0.1", text)
        text = re.sub(r"(X-Yiben-Segmentation: )\d+", r"\g<1>0", text)
        text = text.replace("#. heading 1.", "#. title.")
        if path.name.startswith("a."):
            whole = 'msgid "One sentence here. Another one."\nmsgstr ""\n'
            assert whole in text
            text = text.replace(
                whole,
                'msgid "One sentence here."\nmsgstr ""\n\n'
                '#. paragraph.\n#: content/a.md:3\nmsgid "Another one."\nmsgstr ""\n',
            )
        path.write_text(text, encoding="utf-8")
    return root


def test_what_another_version_changes_is_counted_by_cause(tmp_path: Path) -> None:
    root = earlier(tmp_path)
    before = snapshot(root / "locales") | snapshot(root / "build")
    run = yiben(root, "update", "--check")
    assert run.returncode == 1
    assert "in catalogs, by cause: segmentation 3, comments 2" in run.stderr
    assert "templates were written by yiben 0.0.1" in run.stderr
    assert "catalogs follow segmenting rules 0; this version has rules" in run.stderr
    assert snapshot(root / "locales") | snapshot(root / "build") == before
    entries = json.loads(yiben(root, "update", "--check", "--format", "json").stdout)
    causes = {one["path"]: one["causes"] for one in entries if one["locale"]}
    assert causes["locales/de/LC_MESSAGES/a.po"] == {
        "segmentation": 3,
        "comments": 1,
        "headers": 1,
    }
    assert causes["locales/de/LC_MESSAGES/b.po"] == {"comments": 1, "headers": 1}


def test_outputs_that_would_change_are_counted(tmp_path: Path) -> None:
    root = earlier(tmp_path)
    run = yiben(root, "update", "--check")
    assert "1 built file of 2 would be built differently; yiben build --check" in run.stderr
    yiben(root, "build")
    assert "no built files of 2" in yiben(root, "update", "--check").stderr


def test_changes_of_pages_and_places_are_causes_of_their_own(tmp_path: Path) -> None:
    root = project(tmp_path, PAGES, SETTINGS)
    yiben(root, "update")
    page = root / "content/a.md"
    page.write_text("\n" + PAGES["a.md"].replace("First", "Very first"), encoding="utf-8")
    run = yiben(root, "update", "--check")
    assert "in catalogs, by cause: places 3, texts of pages 2" in run.stderr
    assert "yiben 0" not in run.stderr
    assert yiben(root, "update").returncode == 0
    assert "by cause" not in yiben(root, "update", "--check").stderr


def test_another_layout_is_a_cause(tmp_path: Path) -> None:
    root = project(tmp_path, PAGES, SETTINGS)
    yiben(root, "update")
    translate(root / "locales/de/LC_MESSAGES/b.po", {"Some words.": "Ein paar Worte."})
    (root / "yiben.toml").write_text(f'{SETTINGS}catalog = "single"\n', encoding="utf-8")
    assert "by cause: layout of catalogs 6" in yiben(root, "update", "--check").stderr
