"""The outputs of a project: where they lie, which of them are ours, and how they are written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from posixpath import dirname, normpath
from typing import TYPE_CHECKING

from toolkit.model.errors import Problem, ProjectError
from toolkit.project.cache.facts import FILE, FOLDER, shortened
from toolkit.project.files import (
    append_line,
    read_bytes,
    read_content,
    remove,
    write_bytes,
    write_content,
)
from toolkit.project.ownership import (
    JOURNAL,
    MANIFEST,
    Content,
    Link,
    Manifest,
    Standing,
    digest,
    line_of,
    read_journal,
    read_manifest,
    with_journal,
    write_manifest,
)
from toolkit.project.project import CATALOG, Project
from toolkit.project.real_path import real_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from toolkit.project.cache.facts import Facts

_OTHERS = frozenset({Standing.EDITED, Standing.FOREIGN})


@dataclass(frozen=True, slots=True)
class Output:
    """A file that a build makes; names are below the root, with `/`."""

    name: str
    source: str
    """Its source: a page, another file, or the settings of the site."""
    tag: str
    """Its locale's tag."""
    is_page: bool = True
    """Whether it holds translations; else it is a file that is carried along."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The outcome for an output, or what it would be."""

    output: Output
    standing: Standing
    """The file that was in its place before."""
    written: bool
    digest: str = ""
    """The hash of what stands there as ours; empty where that is not ours."""
    diff: bytes = b""

    @property
    def left(self) -> bool:
        """Whether a file of somebody else's stays in its place."""
        return self.standing in _OTHERS and not self.written


@dataclass(frozen=True)
class Writer:
    """Writes outputs."""

    project: Project
    dry: bool = False
    """Whether nothing is written."""
    diff: bool = False
    """Whether the differences are wanted."""
    replace: bool = False
    """Whether files that yiben did not write are replaced."""

    def standing(self, output: Output, wanted: str, known: Manifest, facts: Facts) -> Placed | None:
        """The outcome for an output that is ours and stands there with the hash that is `wanted`.

        `None` where it has to be looked at.
        """
        name = output.name
        if name in known.kept or known.digests.get(name) != frozenset({wanted}):
            return None
        if facts.answer(FILE, name) != shortened(wanted):
            return None
        return Placed(output, Standing.SAME, written=False, digest=wanted)

    def put(self, output: Output, content: Content, known: Manifest) -> Placed:
        """Write an output unless a file of somebody else's stands there.

        Raises `ProjectError` where it would be written through a link to where no outputs go, or
        cannot be written.
        """
        name = output.name
        path = self.project.root / name
        as_link = isinstance(content, Link) or _is_our_link(path, known.digests.get(name, ()))
        there = read_content(path, name, as_link=as_link)
        standing = known.standing(name, there, content)
        if standing in {Standing.SAME, Standing.KEPT}:
            ours = "" if standing is Standing.KEPT else digest(content)
            return Placed(output, standing, written=False, digest=ours)
        diff = _difference(name, there, content) if self.diff else b""
        if standing in _OTHERS and not self.replace:
            return Placed(output, standing, written=False, diff=diff)
        self._check_way(path, name, as_link=as_link)
        own = digest(content)
        if not self.dry:
            append_line(self.project.root / self._journal, line_of(name, own), name)
            write_content(path, there, content, name)
        return Placed(output, standing, written=True, digest=own, diff=diff)

    @cached_property
    def _journal(self) -> str:
        return journal_name(self.project)

    @cached_property
    def _real_root(self) -> Path:
        return real_path(self.project.root)

    def _check_way(self, path: Path, name: str, *, as_link: bool) -> None:
        """Raise `ProjectError` where links lead an output to what is not to be written."""
        root = self._real_root
        real = real_path(path.parent) / path.name if as_link else real_path(path)
        if real == root / name:
            return
        if not real.is_relative_to(root):
            raise ProjectError(
                Problem(name, 0, 0, "leads out of the project through a link; remove that link")
            )
        role = self.project.role_of(real)
        if role:
            text = f"leads to {real.relative_to(root)} through a link, which is {role}; remove it"
            raise ProjectError(Problem(name, 0, 0, text))


def _is_our_link(path: Path, known: Iterable[str]) -> bool:
    return path.is_symlink() and digest(Link(str(path.readlink()))) in known


def _difference(name: str, there: Content | None, content: Content) -> bytes:
    from difflib import diff_bytes, unified_diff  # noqa: PLC0415 - for those who ask

    old, new = (_text_lines(side) for side in (there, content))
    if old is None or new is None:
        return f"{name}: other content\n".encode("utf-8", "surrogateescape")
    first = b"/dev/null" if there is None else name.encode("utf-8", "surrogateescape")
    lines = diff_bytes(unified_diff, old, new, first, name.encode("utf-8", "surrogateescape"))
    return b"".join(line if line.endswith(b"\n") else line + b"\n" for line in lines)


def _text_lines(content: Content | None) -> list[bytes] | None:
    """The lines of a text, `None` of what is none."""
    if content is None:
        return []
    if isinstance(content, Link) or b"\0" in content:
        return None
    lines = content.split(b"\n")
    return [line + b"\n" for line in lines[:-1]] + [line for line in lines[-1:] if line]


def base_of(pattern: str) -> str:
    """The folder that a pattern names before its first placeholder."""
    return normpath(pattern.partition("{")[0].rpartition("/")[0] or ".")


def manifest_name(project: Project) -> str:
    """The place of the manifest: with the outputs, or with the catalogs if it were published."""
    settings = project.settings
    base = base_of(settings.output)
    inside = any(_is_in(one, other) for one, other in _both_ways(base, settings.content))
    published = inside and not settings.dialect_of("").hides_dot_files
    return normpath(f"{settings.catalogs if published else base}/{MANIFEST}")


def journal_name(project: Project) -> str:
    """The place where a run notes what it is about to write."""
    return manifest_name(project).removesuffix(MANIFEST) + JOURNAL


def _both_ways(one: str, other: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (one, other), (other, one)


def _is_in(name: str, folder: str) -> bool:
    return Path(normpath(name)).is_relative_to(normpath(folder))


def known_outputs(project: Project) -> tuple[Manifest, list[Problem]]:
    """The manifest of a project with what a killed run has written, and the problems of both."""
    name, journal = manifest_name(project), journal_name(project)
    manifest, problems = Manifest(), list[Problem]()
    if (project.root / name).exists():
        manifest, problems = read_manifest(name, read_bytes(project.root / name, name))
    if (project.root / journal).exists():
        manifest = with_journal(manifest, read_journal(read_bytes(project.root / journal, journal)))
    return manifest, problems


def save_manifest(project: Project, manifest: Manifest, *, dry: bool) -> bool:
    """Write the manifest, and forget the journal; whether it had to be changed."""
    name, journal = manifest_name(project), journal_name(project)
    path, data = project.root / name, write_manifest(manifest)
    if not data and not path.exists():
        return False
    if dry:
        return (read_bytes(path, name) if path.exists() else None) != data
    changed = write_bytes(path, data, name)
    remove(project.root / journal, journal)
    return changed


def after(manifest: Manifest, placed: Iterable[Placed]) -> Manifest:
    """The manifest after a build."""
    digests = dict(manifest.digests)
    for one in placed:
        if one.digest:
            digests[one.output.name] = frozenset({one.digest})
    return Manifest(digests, manifest.kept, exists=True)


def check_apart(project: Project, outputs: Iterable[Output], pages: frozenset[str]) -> None:
    """Raise `SettingsError` where two outputs have one place, or one has that of another file.

    `pages` are the source pages, below the root.
    """
    found: dict[str, Output] = {}
    problems: dict[str, str] = {}
    named, catalogs = project.own_files(), project.settings.catalogs
    for output in outputs:
        name = output.name
        first = found.setdefault(name, output)
        catalog = name.endswith((".po", ".pot")) and _is_in(name, catalogs)
        if first is not output:
            problems[name] = f"{first.source} and {output.source} both go to {name}"
        else:
            role = "a source page" if name in pages else CATALOG if catalog else named.get(name)
            if role:
                problems[name] = f"{output.source} goes to {name}, which is {role}"
    for sibling, name in _of_siblings(project):
        if name in found:
            problems[name] = f"{found[name].source} and a page of {sibling} both go to {name}"
    if problems:
        raise project.settings_error(
            [("output", f"output: {text}; change the pattern") for text in problems.values()]
        )


def _of_siblings(project: Project) -> Iterator[tuple[str, str]]:
    """The places of pages of the project's other parts, each with the folder of the sources."""
    for one in project.family() if project.siblings else ():
        for page in one.pages()[0] if one.part != project.part else ():
            for locale in one.settings.targets:
                yield one.settings.content, one.output_name(page, locale)


def with_kept(
    project: Project, known: Manifest, keep: Iterable[str], outputs: Sequence[Output]
) -> Manifest:
    """The manifest with files, or the files in folders, that are the locale's own from now on.

    Raises `ProjectError` where there is none.
    """
    kept, problems = set(known.kept), []
    for path in keep:
        there = {
            one.name
            for one in outputs
            if _is_in(one.name, path) and (project.root / one.name).exists()
        }
        kept |= there
        text = "is not an output of this project, so there is nothing to keep"
        problems += [] if there else [Problem(path, 0, 0, text)]
    if problems:
        raise ProjectError(problems)
    return Manifest(known.digests, frozenset(kept), known.exists)


def folders_of(project: Project, outputs: Iterable[Output]) -> list[Path]:
    """The folders that outputs lie in, where killed runs may have left something."""
    root = real_path(project.root)
    names = {*(dirname(one.name) for one in outputs), dirname(manifest_name(project))}
    folders = (project.root / name for name in sorted(names))
    return [folder for folder in folders if real_path(folder).is_relative_to(root)]


def note_outputs(project: Project, outputs: Sequence[Output], facts: Facts) -> None:
    """Note that a build rests on what stands in the places of its outputs."""
    facts.look_at(FILE, (one.name for one in outputs))
    facts.look_at(FILE, (one.source for one in outputs if not one.is_page))
    facts.look_at(FILE, (manifest_name(project), journal_name(project)))
    folders = folders_of(project, outputs)
    facts.look_at(FOLDER, (path.relative_to(project.root).as_posix() for path in folders))
