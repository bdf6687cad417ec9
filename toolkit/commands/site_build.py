"""`yiben site build`: a generator over the source and all locales, and one site made of theirs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from posixpath import basename, dirname, join, normpath
from typing import TYPE_CHECKING

from toolkit.language.locale import locale_of
from toolkit.model.document import Document
from toolkit.model.errors import Problem, ProjectError
from toolkit.project.files import read_bytes, write_bytes
from toolkit.project.pool import processors
from toolkit.reading.site_yaml_facts import SiteFacts, site_facts
from toolkit.site.alternates import write_alternates
from toolkit.site.settings_file import inherited_values, output_name, readers_of, site_folder
from toolkit.site.trees import tree_locales

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.language.locale import Locale
    from toolkit.project.project import Project

GENERATORS = ("mkdocs", "properdocs", "zensical")
_ALONE = frozenset({"zensical"})
"""Generators that use all processors themselves, and one cache for a folder."""


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """The options of a build of the site."""

    locales: tuple[Locale, ...]
    whole: bool
    """Whether the source's site is built as well."""
    generator: str = ""
    """One of `GENERATORS`; empty for what the project uses."""
    strict: bool = False


@dataclass(frozen=True, slots=True)
class SiteRun:
    """The result of running a generator with one set of settings."""

    tag: str
    status: int
    output: str
    """The output that it printed."""


@dataclass(frozen=True, slots=True)
class SiteBuilt:
    """The result of building a site."""

    folder: Path
    generator: str
    runs: tuple[SiteRun, ...]

    @property
    def failed(self) -> tuple[SiteRun, ...]:
        """The runs that made no site."""
        return tuple(run for run in self.runs if run.status)


def site_owner(projects: Sequence[Project]) -> Project:
    """The part of a project whose settings are those of the site, the first by default."""
    owners = (one for one in projects if one.settings.site and one.settings.owns_site)
    return next(owners, projects[0])


def build_site(project: Project, options: SiteOptions) -> SiteBuilt:
    """Run the generator, and put the locales' sites into the source's.

    Raises `ProjectError` where there is nothing to build with. A site is put in its place only when
    every run succeeded.
    """
    facts = _facts(project)
    generator = options.generator or generator_of(project)
    program = _program(generator)
    folder = _folder(project, facts)
    own = project.settings.source
    with _source_settings(project, facts) as source:
        files = {one.tag: output_name(project, one) for one in options.locales}
        if options.whole or not folder.is_dir():
            files = {own.tag: source, **files}
        commands = [
            (tag, [program, "build", "-f", basename(name), *_options(generator, options)])
            for tag, name in files.items()
        ]
        here = project.root / dirname(project.settings.site)
        runs = _run_all(commands, here, 1 if generator in _ALONE else processors())
    built = SiteBuilt(folder, generator, runs)
    if not built.failed:
        _put_together(project, facts, [locale_of(tag) for tag in files])
    return built


def _put_together(project: Project, facts: SiteFacts, locales: Sequence[Locale]) -> None:
    """Make one site of those that were built, and put it in its place at once."""
    folder, own = _folder(project, facts), project.settings.source
    known = [one for one in tree_locales(project) if one != own]
    new = _folder(project, facts, own) if own in locales else folder
    if own in locales:
        for locale in known:
            if locale not in locales and (folder / locale.tag).is_dir():
                _put_at(new / locale.tag, folder / locale.tag)
    for locale in locales:
        if locale != own:
            _put_at(new / locale.tag, _folder(project, facts, locale))
    tags = [one.tag for one in known if (new / one.tag).is_dir()]
    write_alternates(new, own.tag, tags, facts.url)
    if new != folder:
        _put_at(folder, new)


def _options(generator: str, options: SiteOptions) -> list[str]:
    strict = ["--strict"] if options.strict else []
    clean = ["--clean"] if generator in _ALONE else []
    return [*strict, *clean]


def _facts(project: Project) -> SiteFacts:
    settings = project.settings
    if not (settings.site and settings.site_output):
        text = (
            'site_output: set it as well as "site", such as "mkdocs.{locale}.yml", so that each'
            " locale has settings of its own"
        )
        raise project.settings_error([("site_output", text)])

    def data(name: str) -> bytes | None:
        path = project.root / name
        return read_bytes(path, name) if path.is_file() else None

    facts = site_facts(data, settings.site)
    if facts is None:
        problem = 'does not exist; "site" in the settings names it'
        raise ProjectError(Problem(settings.site, 0, 0, problem))
    return facts


def _folder(project: Project, facts: SiteFacts, locale: Locale | None = None) -> Path:
    """The folder into which a site is built."""
    name = site_folder(facts.folder, locale) if locale else facts.folder
    return project.root / normpath(join(dirname(project.settings.site), name))


def generator_of(project: Project) -> str:
    """The generator of a project: by the name of its settings, or the first that is installed."""
    name = basename(project.settings.site)
    named = next((one for one in GENERATORS if name.startswith(f"{one}.")), GENERATORS[0])
    if named != GENERATORS[0] or _which(named):
        return named
    return next((one for one in GENERATORS if _which(one)), named)


def _which(name: str) -> str | None:
    """A program beside the Python that runs, or else on the path."""
    places = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    return shutil.which(name, path=places)


def _program(generator: str) -> str:
    found = _which(generator)
    if found is None:
        how = "pip install 'yiben[mkdocs]'" if generator == GENERATORS[0] else "install it"
        others = " or ".join(one for one in GENERATORS if one != generator)
        text = f"is not installed; {how}, or name another one: --generator {others}"
        raise ProjectError(Problem(generator, 0, 0, text))
    return found


@contextmanager
def _source_settings(project: Project, facts: SiteFacts) -> Iterator[str]:
    """The settings of the source's site without our plugin, for as long as they are used."""
    # PyYAML is slow to import.
    from toolkit.site.toml_settings import source_toml  # noqa: PLC0415
    from toolkit.site.yaml_places import source_settings  # noqa: PLC0415

    settings = project.settings
    document = Document.from_bytes(
        settings.site, read_bytes(project.root / settings.site, settings.site)
    )
    readers = readers_of(project, settings.source)
    folder = site_folder(facts.folder, settings.source)
    if settings.site.endswith(".toml"):
        made = source_toml(document, readers, folder)
    else:
        made = source_settings(document, readers, inherited_values(project), folder)
    name = join(dirname(settings.site), f".yiben-{basename(settings.site)}")
    write_bytes(project.root / name, made.to_bytes(), name)
    try:
        yield name
    finally:
        (project.root / name).unlink(missing_ok=True)


def _run_all(
    commands: Sequence[tuple[str, list[str]]], folder: Path, at_once: int
) -> tuple[SiteRun, ...]:
    with ThreadPoolExecutor(at_once) as pool:
        return tuple(pool.map(partial(_run, folder), commands))


def _run(folder: Path, named: tuple[str, list[str]]) -> SiteRun:
    tag, command = named
    done = subprocess.run(  # noqa: S603 - the generator that the user named
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    return SiteRun(tag, done.returncode, done.stdout.decode("utf-8", "replace"))


def _put_at(place: Path, new: Path) -> None:
    """Move a site to its place, where readers may be looking at the old one."""
    old = place.with_name(f".{place.name}-old")
    if place.is_dir():
        shutil.rmtree(old, ignore_errors=True)
        place.rename(old)
    shutil.move(new, place)
    shutil.rmtree(old, ignore_errors=True)
