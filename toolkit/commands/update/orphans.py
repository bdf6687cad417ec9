"""Catalogs whose page is gone: it moved, and takes its catalog along, or it was deleted."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from toolkit.catalogs.header import RULES
from toolkit.catalogs.merge import merge
from toolkit.catalogs.po import CatalogFile
from toolkit.catalogs.template import template_of
from toolkit.commands.update.value import Removed
from toolkit.model.catalog import Catalog
from toolkit.project.cache.stamps import stamp_of
from toolkit.project.files import read_bytes, remove

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Message
    from toolkit.project.store import Domain, Run, Saved

_SHARE = 0.5
"""The share of texts that a moved page still has."""
_GONE = "yiben: the page of this catalog is gone; yiben update --purge deletes it"
_HEADER_BYTES = 4096
_RULES = RULES.encode()


@dataclass(frozen=True, slots=True)
class Inheritance:
    """The content of catalogs of another layout, for those that take their place."""

    catalogs: Mapping[tuple[str, str], Catalog] = field(default_factory=dict)
    """The earlier catalog of a domain, by its name and the locale's tag."""
    heirs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The files that take over from a file."""
    rest: Mapping[str, tuple[Message, ...]] = field(default_factory=dict)
    """The messages of a file that no heir has."""


Orphans = dict[str, list[str]]
"""The catalogs that belong to no page, below the root, by locale tag."""


def our_catalogs(run: Run, folder: str, ending: str = ".po") -> Iterator[str]:
    """The catalogs of ours in a locale's folder, in order; those of other programs are left out."""
    start = PurePosixPath(run.project.settings.catalogs, folder, "LC_MESSAGES")
    root = f"{run.project.root.as_posix()}/"
    found = [
        f"{place}/{name}".replace(os.sep, "/").removeprefix(root)
        for place, _, names in os.walk(f"{root}{start}")
        for name in names
        if name.endswith(ending)
    ]
    for name in sorted(found, key=lambda one: one.split("/")):
        if _is_ours(run, name):
            yield name


def _is_ours(run: Run, name: str) -> bool:
    """Whether a file names our rules; asked once a run of one that stays as it is."""
    path = f"{run.project.root}/{name}"
    stamp = stamp_of(path)
    if not (stamp or os.path.isfile(path)):  # noqa: PTH113 - asked often
        return False
    known = run.derived.get(("ours", name))
    if stamp and isinstance(known, tuple) and known[0] == stamp:
        return bool(known[1])
    found = _RULES in _head(run, name)
    run.derived["ours", name] = (stamp, found)
    return found


def _head(run: Run, name: str) -> bytes:
    try:
        with open(f"{run.project.root}/{name}", "rb", buffering=0) as file:  # noqa: PTH123 - as above
            return file.read(_HEADER_BYTES)
    except OSError:
        # Raises what is told of files that cannot be read.
        return read_bytes(run.project.root / name, name)[:_HEADER_BYTES]


def is_retired(run: Run, name: str) -> bool:
    """Whether a catalog is marked as one whose page is gone."""
    return _GONE.encode() in _head(run, name)


def orphans(run: Run, locales: Sequence[Locale], domains: Sequence[Domain]) -> Orphans:
    """The catalogs that belong to none of the project's domains."""
    found = {}
    for locale in locales:
        known = (name for name, pages in domains if run.project.in_locale(pages, locale))
        wanted = {run.project.catalog_name(domain, locale) for domain in known}
        found[locale.tag] = [
            name for name in our_catalogs(run, locale.folder) if name not in wanted
        ]
    return found


def adoptions(
    run: Run,
    locales: Sequence[Locale],
    domains: Sequence[Domain],
    lost: Orphans,
    inherited: Inheritance,
) -> Mapping[tuple[str, str], str]:
    """Choose the orphan with most of its texts for each page that has no catalog.

    Those that have heirs, and pages that have `inherited`, are left alone.
    """
    found: dict[tuple[str, str], str] = {}
    for locale in locales:
        texts = {
            name: _texts(run, name) for name in lost[locale.tag] if name not in inherited.heirs
        }
        for domain, pages in domains:
            path = run.project.root / run.project.catalog_name(domain, locale)
            mine = run.project.in_locale(pages, locale)
            has_one = path.exists() or (domain, locale.tag) in inherited.catalogs
            if not (texts and mine) or has_one:
                continue
            readable, _ = run.pages(mine)
            wanted = {one.id for one in template_of(readable).messages}
            best = max(texts, key=lambda name: (len(texts[name] & wanted), name))
            shared = len(texts[best] & wanted)
            if shared and shared >= _SHARE * min(len(texts[best]), len(wanted)):
                found[domain, locale.tag] = best
                del texts[best]
    return found


def _texts(run: Run, name: str) -> set[str]:
    catalog = run.catalog(name) or Catalog()
    return {message.id for message in catalog.messages}


def delete_orphan(run: Run, name: str, heir: str = "") -> Removed:
    """Delete a catalog or template; `heir` is the file that has taken over what it said."""
    if not run.dry:
        remove(run.project.root / name, name)
    return Removed(name, heir)


def retire_orphan(run: Run, name: str, messages: Sequence[Message] | None = None) -> Saved:
    """Make the messages of a catalog obsolete, or keep some of them alone, and mark it."""
    file = CatalogFile.parse(name, run.data(name) or b"")
    catalog = file.catalog
    if messages is not None:
        catalog = replace(catalog, messages=tuple(messages))
    comments = tuple(dict.fromkeys((*catalog.header_comments, _GONE)))
    retired = replace(merge(Catalog(), catalog).catalog, header_comments=comments)
    return run.save_catalog(name, file.data, run.with_catalog(file, retired))


def without_mark(catalog: Catalog) -> Catalog:
    """A catalog whose page is there again."""
    comments = tuple(line for line in catalog.header_comments if line != _GONE)
    return replace(catalog, header_comments=comments)


def delete_orphan_templates(run: Run, domains: Sequence[Domain]) -> Iterator[Removed]:
    """Delete the templates of pages that are gone; they say nothing that is not in the pages."""
    wanted = {run.project.template_name(domain) for domain, _ in domains}
    for name in our_catalogs(run, "templates", ".pot"):
        if name not in wanted:
            yield delete_orphan(run, name)
