"""`yiben locale`: a target locale under a new tag, or taken out, with all that is its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.header import template_header, with_header
from toolkit.catalogs.merge.retiring import has_translation
from toolkit.catalogs.po import CatalogFile
from toolkit.commands.build.book_files import book_outputs
from toolkit.commands.build.switchers import books_of, switcher_outputs
from toolkit.commands.update.orphans import our_catalogs
from toolkit.language.field import language_field
from toolkit.model.catalog import Catalog
from toolkit.model.errors import Problem, ProjectError
from toolkit.project.files import read_content, remove, write_bytes
from toolkit.project.outputs import known_outputs, save_manifest
from toolkit.project.ownership import Standing
from toolkit.project.settings_edit import only_target, renamed_locale, without_locale
from toolkit.project.string_files import string_copies, string_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Message
    from toolkit.project.settings_on_disk import SettingsFile
    from toolkit.project.store import Run

_LANGUAGE = "Language"


@dataclass(frozen=True, slots=True)
class Moved:
    """The files of a locale that moved or were removed, or would be."""

    moved: tuple[tuple[str, str], ...] = ()
    """Files with their new places."""
    deleted: tuple[str, ...] = ()
    """Built files of ours, and catalogs whose translations were moved."""
    kept: tuple[str, ...] = ()
    """Built files that were changed by hand since, or that yiben did not write."""
    left_over: tuple[tuple[str, int], ...] = ()
    """The files that hold the translations of a removed locale, each with their number."""
    settings: str = ""
    """The settings file that was edited."""


def rename_locale(runs: Sequence[Run], old: Locale, new: Locale) -> Moved:
    """Rename a target in the settings, with its catalogs, left-over messages and built files.

    `runs` are over all parts of the project that have the target. Built files are deleted, to be
    built anew at their new places; edited ones stay where they are. Raises `ProjectError` where a
    catalog stands in the way, `SettingsError` where the settings cannot be edited.
    """
    known = {one for run in runs for one in _locales_of(run)}
    if new in known:
        raise ProjectError(
            Problem(
                new.tag,
                0,
                0,
                "is a locale of this project already; name another one, or remove it first",
            )
        )
    file = runs[0].project.settings_file()
    text = renamed_locale(file, old, new)
    moves = [(run, *move) for run in runs for move in _catalog_moves(run, old, new)]
    taken = [target for run, _, target in moves if run.exists(target)]
    if taken:
        problem = "is in the way; move it, or name another tag"
        raise ProjectError([Problem(name, 0, 0, problem) for name in taken])
    built = _built(runs, old)
    for run, source, target in moves:
        if not run.dry:
            _move(run, source, target, new)
    _finish(runs, built, file, text)
    places = tuple((source, target) for _, source, target in moves)
    return Moved(places, built.ours, built.others, settings=file.path.name)


def remove_locale(runs: Sequence[Run], old: Locale) -> Moved:
    """Take a target out; its translations go to a catalog among those that are left over first.

    `yiben import . FILE -l LOCALE` brings them back. Raises as `rename_locale` does.
    """
    file = runs[0].project.settings_file()
    if any(run.project.settings.targets == (old,) for run in runs):
        raise only_target(file.path.name, old)
    text = without_locale(file, old)
    built = _built(runs, old)
    deleted: list[str] = []
    left_over: list[tuple[str, int]] = []
    for run in runs:
        catalogs = list(our_catalogs(run, old.folder))
        left_over += _kept_apart(run, old, catalogs)
        deleted += catalogs
        for catalog in catalogs if not run.dry else ():
            remove(run.project.root / catalog, catalog)
    _finish(runs, built, file, text)
    places = (*deleted, *built.ours)
    return Moved((), places, built.others, tuple(left_over), file.path.name)


def _locales_of(run: Run) -> tuple[Locale, ...]:
    return (*run.project.settings.targets, run.project.settings.source)


def _kept_apart(run: Run, locale: Locale, catalogs: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Save the translations of some catalogs in the file of what is left over, if there are any."""
    name = run.project.left_over_name(locale)
    data, left_over = run.data(name), _with_all(run, locale, catalogs)
    count = len(left_over.catalog.messages)
    if not count:
        return
    if not run.dry:
        run.save_catalog(name, data, left_over)
    yield name, count


def _finish(runs: Sequence[Run], built: _Built, file: SettingsFile, text: str) -> None:
    """Delete built files of ours and write the settings."""
    if runs[0].dry:
        return
    for run, names in built.by_part.items():
        _delete(run, names)
    write_bytes(file.path, text.encode("utf-8"), file.path.name)


def _catalog_moves(run: Run, old: Locale, new: Locale) -> Iterator[tuple[str, str]]:
    """All catalogs of a locale, ours or not, and what is left over, with their new places."""
    root, base = run.project.root, run.project.settings.catalogs
    start = f"{base}/{old.folder}/"
    for path in sorted((root / base / old.folder).rglob("*")):
        if path.is_file():
            name = path.relative_to(root).as_posix()
            yield name, f"{base}/{new.folder}/{name.removeprefix(start)}"
    if run.exists(run.project.left_over_name(old)):
        yield run.project.left_over_name(old), run.project.left_over_name(new)


def _move(run: Run, source: str, target: str, locale: Locale) -> None:
    data = run.data(source) or b""
    if source.endswith(".po"):
        data = _renamed(run, source, data, locale)
    write_bytes(run.project.root / target, data, target)
    remove(run.project.root / source, source)


def _renamed(run: Run, name: str, data: bytes, locale: Locale) -> bytes:
    """A catalog whose header names the new locale; everything else keeps its bytes."""
    file = CatalogFile.parse(name, data)
    header = tuple(
        (key, language_field(locale) if key == _LANGUAGE else value)
        for key, value in file.catalog.header
    )
    return run.with_catalog(file, replace(file.catalog, header=header)).data


class _Built(NamedTuple):
    """The built files of a locale: those that are ours, by part, and the others."""

    by_part: Mapping[Run, Sequence[str]]
    others: tuple[str, ...]

    @property
    def ours(self) -> tuple[str, ...]:
        return tuple(name for names in self.by_part.values() for name in names)


def _built(runs: Sequence[Run], locale: Locale) -> _Built:
    """Divide the outputs of a locale in the manifest into ours and others."""
    by_part: dict[Run, list[str]] = {run: [] for run in runs}
    others: list[str] = []
    for run in runs:
        manifest, _ = known_outputs(run.project)
        for name in sorted(_outputs(run, locale) & manifest.digests.keys()):
            there = read_content(run.project.root / name, name, as_link=True)
            if there is None:
                continue
            standing = manifest.standing(name, there, b"\0")
            (by_part[run] if standing is Standing.OURS else others).append(name)
    return _Built(by_part, tuple(others))


def _outputs(run: Run, locale: Locale) -> set[str]:
    """The names of all outputs of a locale."""
    project = run.project
    names = (*project.pages()[0], *project.files()[0])
    return {project.output_name(one, locale) for one in names} | {*_outputs_of_strings(run, locale)}


def _outputs_of_strings(run: Run, locale: Locale) -> Iterator[str]:
    """The outputs of a locale that are made of files of strings, or belong to these."""
    project = run.project
    names = string_files(project) if project.settings.owns_site else []
    yield from (copy for _, copy in string_copies(project, names, locale))
    yield from (one.name for one in book_outputs(run, [locale], names))
    yield from (one.name for one in switcher_outputs(books_of(project, names), [locale]))


def _delete(run: Run, names: Sequence[str]) -> None:
    """Delete built files of ours, and forget them."""
    manifest, _ = known_outputs(run.project)
    for name in names:
        path = run.project.root / name
        remove(path, name)
        for folder in path.parents:
            if folder == run.project.root or any(folder.iterdir()):
                break
            folder.rmdir()
    gone = set(names)
    digests = {name: known for name, known in manifest.digests.items() if name not in gone}
    save_manifest(run.project, replace(manifest, digests=digests), dry=False)


def _with_all(run: Run, locale: Locale, names: Sequence[str]) -> CatalogFile:
    """The file of what is left over with the translations of all catalogs in it."""
    place = run.project.left_over_name(locale)
    file = run.catalog_file(place) or CatalogFile(place)
    known = {message.key: message for message in file.catalog.messages}
    for name in names:
        catalog = run.catalog(name) or Catalog()
        for message in catalog.messages:
            if has_translation(message):
                _add(known, message, name)
    catalog = replace(file.catalog, messages=tuple(known.values()))
    template = template_header(Catalog(), run.project.settings.project, created=run.now())
    return run.with_catalog(file, with_header(catalog, template, locale, file.catalog))


def _add(known: dict[tuple[str | None, str], Message], message: Message, name: str) -> None:
    """Add a message; where its text is translated otherwise already, under a context of its own."""
    key, number = message.key, 1
    while key in known and known[key].string != message.string:
        number += 1
        key = (f"{name} ({number})", message.id)
    known.setdefault(key, replace(message, context=key[0], obsolete=False))
