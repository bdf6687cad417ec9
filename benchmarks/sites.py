"""Public sites with pages in two languages, in repositories that lie beside the project."""

from __future__ import annotations

import io
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

HERE = Path(__file__).resolve()
CORPUS = HERE.parents[2] / "shared" / "corpus"
_PAGES = (".md", ".mdx", ".markdown")


@dataclass(frozen=True, slots=True)
class Site:
    """Where the pages of a site and their translations are."""

    name: str
    repository: str
    """`owner/name`, or the name of a folder of the corpus."""
    source: str
    translation: str
    """A folder, or a pattern with `{stem}` for files beside their sources."""
    dialect: str
    locales: tuple[str, str]
    commit: str = "HEAD"
    tuned: bool = False
    """Whether thresholds were chosen by looking at it."""


def known_sites() -> Iterator[Site]:
    """The sites of `sites.toml`."""
    for entry in tomllib.loads(HERE.with_name("sites.toml").read_text("utf-8"))["site"]:
        yield Site(**{**entry, "locales": tuple(entry["locales"])})


def corpus_sites() -> Iterator[Site]:
    """The trees of the corpus whose translations have the names of their sources."""
    cn = "docs/i18n/cn/docusaurus-plugin-content-docs/current"
    for name, dialect, source, translation, *locales in (
        ("kubean", "mkdocs", "docs/zh", "docs/en", "zh-Hans", "en"),
        ("kdoctor", "mkdocs", "docs", "docs", "zh-Hans", "en"),
        ("hwameistor", "docusaurus", cn, "docs/docs", "zh-Hans", "en"),
        ("fastapi", "mkdocs", "docs/en/docs", "docs/zh/docs", "en", "zh-Hans"),
    ):
        yield Site(name, "", source, translation, dialect, (locales[0], locales[1]), tuned=True)


def git_directory(repositories: Path, repository: str) -> Path | None:
    """Where a repository lies below a folder of such, or nothing."""
    base = repositories / repository.replace("/", "+")
    places = (base / "repo", base / ".git", base)
    return next((place for place in places if (place / "HEAD").is_file()), None)


def pages_in(git: Path, commit: str, folder: str) -> Mapping[str, bytes]:
    """The pages below a folder of a commit, by their paths below it.

    A bare copy may lack the contents of some files, which are left out.
    """
    listing = _git(git, "ls-tree", "-r", "-z", commit, "--", f"{folder}/").split(b"\0")
    blobs = {}
    for line in filter(None, listing):
        about, _, path = line.decode("utf-8").partition("\t")
        if path.endswith(_PAGES) and about.startswith("100"):
            blobs[PurePosixPath(path).relative_to(folder).as_posix()] = about.split()[2]
    contents = _contents(git, blobs.values())
    return {name: contents[blob] for name, blob in blobs.items() if blob in contents}


def _contents(git: Path, blobs: Iterable[str]) -> Mapping[str, bytes]:
    """The contents of blobs, without those that are not there."""
    wanted = list(dict.fromkeys(blobs))
    stream = io.BytesIO(_git(git, "cat-file", "--batch", data="\n".join(wanted).encode()))
    found = {}
    for blob in wanted:
        head = stream.readline().split()
        if head[1:2] == [b"blob"]:
            found[blob] = stream.read(int(head[2]))
            stream.read(1)
    return found


def _git(git: Path, *words: str, data: bytes = b"") -> bytes:
    command = ["git", f"--git-dir={git}", *words]
    return subprocess.run(command, check=True, capture_output=True, input=data).stdout


def pages_below(folder: Path) -> Mapping[str, bytes]:
    """The pages below a folder on the disk, by their paths below it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in _PAGES and path.is_file()
    }


def sides_of(site: Site, repositories: Path) -> tuple[Mapping[str, bytes], Mapping[str, bytes]]:
    """The pages of a site that are translated, and their translations, by the same names."""
    sides = list(_sides(site, repositories))
    if len(sides) < 2:  # noqa: PLR2004 - source and translation
        return {}, {}
    names = sorted(sides[0].keys() & sides[1].keys())
    first, second = ({name: side[name] for name in names} for side in sides)
    return first, second


def _sides(site: Site, repositories: Path) -> Iterator[Mapping[str, bytes]]:
    if not site.repository:
        root = CORPUS / site.name
        if site.source == site.translation:
            pages = pages_below(root / site.source)
            mark = "-zh_CN"
            yield {name.replace(mark, ""): data for name, data in pages.items() if mark in name}
            yield {name: data for name, data in pages.items() if mark not in name}
            return
        yield from (pages_below(root / place) for place in (site.source, site.translation))
        return
    git = git_directory(repositories, site.repository)
    if git:
        pages = pages_in(git, site.commit, site.source)
        if "{stem}" in site.translation:
            yield from _side_by_side(pages, site.translation.rpartition("{stem}")[2])
        else:
            yield pages
            yield pages_in(git, site.commit, site.translation)


def _side_by_side(pages: Mapping[str, bytes], ending: str) -> Iterator[Mapping[str, bytes]]:
    """Part pages from their translations in the same folders, which have an ending of their own."""
    yield {name: data for name, data in pages.items() if not name.endswith(ending)}
    yield {
        f"{name.removesuffix(ending)}.md": data
        for name, data in pages.items()
        if name.endswith(ending)
    }
