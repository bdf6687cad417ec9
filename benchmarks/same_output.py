"""Whether two commits give the same: pages, catalogs, reports of all formats, exit codes.

    python benchmarks/same_output.py BEFORE [AFTER] [--tree NAME]... [--pages N] [--ignore ID]...
                                     [--full]

BEFORE and AFTER are revisions or folders; AFTER is the working tree when it is left out. Each
command runs on the case study and on every tree of the corpus beside the project: templates and
catalogs are made, filled in with good, odd and hostile translations, checked, built, counted,
imported again from the built pages, and updated after the source was edited. All that was written
to disk and to the standard streams has to be alike, byte for byte; the first differences are shown,
with `--full` all. `--ignore` leaves checks out of the reports that were changed on purpose.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from dataclasses import dataclass
from difflib import unified_diff
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import polib

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
TREES = {
    "OI-wiki": ("mkdocs", "docs", "zh-Hans"),
    "commonmark-spec": ("commonmark", ".", "en"),
    "comprehensive-rust": ("mdbook", "src", "en"),
    "fastapi": ("mkdocs", "docs/en/docs", "en"),
    "hwameistor": ("docusaurus", "docs/docs", "en"),
    "kdoctor": ("mkdocs", "docs", "zh-Hans"),
    "kubean": ("mkdocs", "docs/zh", "zh-Hans"),
    "mdBook": ("mdbook", "guide", "en"),
    "mdpo": ("gfm", "tests", "en"),
    "mkdocs-material": ("mkdocs", "docs", "en"),
    "myst": ("myst", "", "en"),
    "hugo": ("hugo", "", "en"),
}
"""The dialect, the folder with the pages and the language of each tree; those without a folder are
the pages of our own tests."""
OWN = {"myst": "tests/fixtures/myst_site", "hugo": "tests/fixtures/hugo_site"}
CASE_STUDY = "case study"
FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit", "markdown")
COMMANDS = (
    ("extract",),
    ("update",),
    ("update", "--check"),
    ("stats", "--format", "json"),
)
"""What runs before there are translations."""
TRANSLATED = (
    *(("check", "--format", name) for name in FORMATS),
    ("check", "--min-complete", "50"),
    *(("stats", "--format", name) for name in ("text", "json", "markdown")),
    ("build", "-v", "--explain"),
    ("build",),
)
"""What runs when the catalogs are filled in."""
EDITED = (
    ("update", "--format", "json"),
    ("update", "--check", "--format", "text"),
    ("check", "--format", "json"),
    ("build", "-v"),
)
"""What runs when the source was edited since."""
SHOWN = 12
FUZZY = 5
ENVIRONMENT = {"NO_COLOR": "1", "COLUMNS": "100", "SOURCE_DATE_EPOCH": "1700000000"}
_STARTER = "import sys; from {module} import {function} as f; sys.argv[0] = 'yiben'; sys.exit(f())"


@dataclass(frozen=True)
class Side:
    """The package at one commit, and the code that starts its command."""

    name: str
    folder: Path
    starter: str

    def run(self, project: Path, words: tuple[str, ...]) -> bytes:
        """Run a command in a project; its exit code and what it said."""
        result = subprocess.run(
            [sys.executable, "-c", self.starter, *words],
            cwd=project,
            env={**os.environ, **ENVIRONMENT, "PYTHONPATH": str(self.folder)},
            capture_output=True,
            check=False,
        )
        head = f"$ yiben {' '.join(words)}\nexit {result.returncode}\n".encode()
        return head + result.stdout + b"\n--- stderr\n" + result.stderr


def side_of(source: str, folder: Path) -> Side:
    """A revision, unpacked into `folder`, or the package as it lies in a folder."""
    place = Path(source)
    if not (place / "toolkit").is_dir():
        place = folder
        archive = subprocess.run(
            ["git", "-C", str(ROOT), "archive", source], check=True, capture_output=True
        )
        with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
            files.extractall(place, filter="data")
    settings = tomllib.loads((place / "pyproject.toml").read_text(encoding="utf-8"))
    module, _, function = settings["project"]["scripts"]["yiben"].partition(":")
    return Side(source, place.resolve(), _STARTER.format(module=module, function=function))


def lay_out(tree: str, project: Path, pages: int, before: Side) -> None:
    """Make the project of a tree, with some of its pages where not all are wanted."""
    if tree == CASE_STUDY:
        for name in ("content", "docs", "locales", "mkdocs.yml", "pyproject.toml"):
            place = before.folder / name
            copy = shutil.copytree if place.is_dir() else shutil.copy2
            copy(place, project / name)
        return
    dialect, folder, source = TREES[tree]
    root = before.folder / OWN[tree] if tree in OWN else CORPUS / tree / folder
    found = sorted([*root.rglob("*.md"), *root.glob("spec.txt")])
    for path in found[:: max(1, len(found) // pages)] if pages else found:
        copied = project / "content" / path.relative_to(root).with_suffix(".md")
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copied)
    targets = '["de", "ja"]' if source == "en" else '["en", "ar"]'
    settings = f'source = "{source}"\ntargets = {targets}\ndialect = "{dialect}"\n'
    (project / "yiben.toml").write_text(settings, encoding="utf-8")


def fill(project: Path) -> None:
    """Fill in the catalogs, one message in eight in each of the ways to go wrong and right."""
    number = 0
    for path in sorted((project / "locales").rglob("*.po")):
        catalog = polib.pofile(str(path), wrapwidth=0)
        for entry in catalog:
            number += 1
            if not entry.msgstr and not entry.obsolete:
                entry.msgstr, fuzzy = translation(entry.msgid, number % 8)
                entry.flags += ["fuzzy"] if fuzzy else []
        catalog.save(str(path))


def translation(text: str, way: int) -> tuple[str, bool]:
    """A text as a translator may leave it, and whether it is fuzzy."""
    ways = {
        0: "",
        1: f"X {text.replace('`', '')}",
        2: f"- {text}",
        3: f"{text} <script>alert(1)</script>",
        4: f"{text[: len(text) // 2]} 5",
    }
    return ways.get(way, f"Ä{text}"), way == FUZZY


def edit(project: Path) -> None:
    """Change the source as a writer would: words in some paragraphs, a page gone, a page more."""
    pages = sorted((project / "content").rglob("*.md"))
    for path in pages[::2]:
        data = path.read_bytes()
        path.write_bytes(
            data.replace(b" the ", b" this very ").replace("的".encode(), "之".encode())
        )
    if len(pages) > 1:
        pages[-1].unlink()
    (project / "content" / "added.md").write_text("# Added\n\nA new page.\n", encoding="utf-8")


def story(
    side: Side, tree: str, project: Path, options: argparse.Namespace, before: Side
) -> dict[str, bytes]:
    """All that the commands of one commit give for a tree, by name."""
    ignored = tuple(word for name in options.ignore for word in ("--ignore", name))
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir(parents=True)
    lay_out(tree, project, options.pages, before)
    found: dict[str, bytes] = {}
    for number, (act, commands) in enumerate(
        ((None, COMMANDS), (fill, TRANSLATED), (None, tuple(_imports(project))), (edit, EDITED))
    ):
        if act:
            act(project)
        for words in commands:
            more = ignored if words[0] == "check" else ()
            found[f"{number} yiben {' '.join(words)}"] = side.run(project, (*words, *more))
        found |= {f"{number} {name}": data for name, data in files(project)}
    return found


def _imports(project: Path) -> Iterator[tuple[str, ...]]:
    """Read some of the built pages back; asked for when they are built."""
    settings = project / "yiben.toml"
    locale = "de" if settings.is_file() and "zh" not in settings.read_text("utf-8") else "en"
    for path in sorted((project / "content").rglob("*.md"))[:4]:
        name = path.relative_to(project / "content")
        built = f"build/{locale}/{name.as_posix()}"
        yield "import", f"content/{name.as_posix()}", built, "-l", locale, "--check"


def files(project: Path) -> Iterator[tuple[str, bytes]]:
    """The files of a project but its sources and its cache."""
    for path in sorted(project.rglob("*")):
        name = path.relative_to(project).as_posix()
        if path.is_file() and not name.startswith(("content/", ".")):
            yield name, path.read_bytes()


def differences(
    one: Mapping[str, bytes], other: Mapping[str, bytes], most: int | None
) -> Iterator[str]:
    """The outputs that differ, each with at most so many lines of the difference."""
    for name in sorted({*one, *other}):
        if one.get(name) != other.get(name):
            yield name
            left, right = (
                found.get(name, b"(absent)").decode("utf-8", "replace").splitlines()
                for found in (one, other)
            )
            yield from islice(unified_diff(left, right, lineterm="", n=0), 2, most)


def main() -> int:
    """Compare two commits tree by tree; the exit code is 1 where they differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before")
    parser.add_argument("after", nargs="?", default=str(ROOT))
    parser.add_argument("--tree", action="append", choices=[CASE_STUDY, *TREES], metavar="NAME")
    parser.add_argument("--pages", type=int, default=0, help="so many of a tree's pages")
    parser.add_argument("--ignore", action="append", default=[], metavar="ID", help="no such check")
    parser.add_argument("--full", action="store_true", help="show all differences")
    options = parser.parse_args()
    most = None if options.full else SHOWN
    differing = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        before = side_of(options.before, folder / "before")
        after = side_of(options.after, folder / "after")
        for tree in options.tree or [CASE_STUDY, *TREES]:
            if tree in TREES and tree not in OWN and not CORPUS.is_dir():
                print(f"{tree}: left out, no corpus at {CORPUS}")
                continue
            project = folder / "project"
            one, other = (story(side, tree, project, options, before) for side in (before, after))
            found = list(differences(one, other, most))
            differing += bool(found)
            print(f"{tree}: {len(one)} outputs, {'differ' if found else 'the same'}", flush=True)
            for line in found[: most and 5 * most]:
                print(f"  {line}")
    return int(bool(differing))


if __name__ == "__main__":
    sys.exit(main())
