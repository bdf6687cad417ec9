"""Catalogs that four programs save in turn: how many lines each one touches in a round.

    python benchmarks/editors.py PAGES [ROUNDS]

PAGES is a folder of Markdown; sixty of its pages become a project. In a round translate-toolkit
saves a translation (wrapped at 77 columns, as Weblate does), yiben updates after an edit of every
page, msgmerge updates from the templates, and msgcat saves, which wraps as Poedit does. Nothing may
be lost, and `yiben check` has to find no catalog stale.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import chdir
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner
from translate.storage import pypo

from toolkit.catalogs.po import read_catalog
from toolkit.interfaces.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

COUNT = 60
SETTINGS = 'source = "en"\ntargets = ["de"]\ndialect = "gfm"\n'


def run(root: Path, *words: str) -> tuple[int, str]:
    """Run the command in `root`; its status and what it printed."""
    with chdir(root):
        result = CliRunner().invoke(main, words)
    return result.exit_code, result.stdout


def catalogs(root: Path) -> list[Path]:
    """The catalogs of the project."""
    return sorted((root / "locales/de").rglob("*.po"))


def by_toolkit(path: Path, number: int) -> None:
    """Translate one message and save as Weblate does."""
    store = pypo.pofile(width=77)
    store.parse(path.read_bytes())
    empty = [unit for unit in store.units if unit.source and not unit.target]
    if empty:
        empty[0].target = f"Round {number}: {empty[0].source}"
    path.write_bytes(bytes(store))


def by_gettext(*command: str) -> Callable[[Path, int], None]:
    """Save as a program of gettext does; `{pot}` is the catalog's template."""

    def save(path: Path, _number: int) -> None:
        pot = str(path.with_suffix(".pot")).replace("/de/", "/templates/")
        words = [word.format(pot=pot, po=path) for word in command]
        path.write_bytes(subprocess.run(words, capture_output=True, check=True).stdout)

    return save


def edit(root: Path, number: int) -> None:
    """Add a paragraph to every page, and change the one of the round before."""
    for path in (root / "content").rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        text = text.replace(f"of round {number - 1}.", f"of round {number - 1}, seen again.")
        path.write_text(f"{text}\n\nA paragraph of round {number}.\n", encoding="utf-8")


def touched(before: Mapping[Path, str], root: Path) -> int:
    """Count the lines that differ from those before, taken away or put in."""
    return sum(
        line[:1] in "+-" and line[:3] not in {"+++", "---"}
        for path in catalogs(root)
        for line in unified_diff(
            before.get(path, "").splitlines(), path.read_text(encoding="utf-8").splitlines(), n=0
        )
    )


def strings(root: Path) -> set[str]:
    """All translations, whatever became of their sources."""
    return {
        message.string
        for path in catalogs(root)
        for message in read_catalog(str(path), path.read_bytes()).messages
        if message.string
    }


def rounds(root: Path, count: int) -> Iterator[tuple[int, dict[str, int], int, bool]]:
    """Yield each round's number, the lines each program touched, what was lost, the verdict."""
    savers: dict[str, Callable[[Path, int], None] | None] = {
        "translate-toolkit": by_toolkit,
        "yiben": None,
        "yiben again": None,
        "msgmerge": by_gettext("msgmerge", "-q", "--no-fuzzy-matching", "{po}", "{pot}"),
        "after msgmerge, yiben": None,
        "msgcat": by_gettext("msgcat", "{po}"),
        "after msgcat, yiben": None,
    }
    for number in range(count):
        lines: dict[str, int] = {}
        known = strings(root)
        for name, save in savers.items():
            before = {path: path.read_text(encoding="utf-8") for path in catalogs(root)}
            if name == "yiben":
                edit(root, number)
            if save is None:
                run(root, "update")
            else:
                for path in catalogs(root):
                    save(path, number)
            lines[name] = touched(before, root)
        stale = run(root, "check", "--select", "stale", "--select", "syntax")[0]
        yield number, lines, len(known - strings(root)), stale == 0


def report(pages: Path, count: int) -> None:
    """Print a line a round."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        chosen = sorted(pages.rglob("*.md"), key=lambda path: (path.stat().st_size, path))
        for number, path in enumerate(chosen[len(chosen) // 4 :][:COUNT]):
            target = root / f"content/page{number}.md"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
        (root / "yiben.toml").write_text(SETTINGS, encoding="utf-8")
        run(root, "update")
        for number, lines, lost, clean in rounds(root, count):
            words = ", ".join(f"{who} {touched_lines}" for who, touched_lines in lines.items())
            print(f"round {number}: {words}; {lost} lost, {'clean' if clean else 'STALE'}")


if __name__ == "__main__":
    report(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10)  # noqa: PLR2004
