"""The facts that localized pages need from all pages of a site: linked fragments, terms."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from toolkit.catalogs.usable import translations
from toolkit.model.catalog import Catalog
from toolkit.model.errors import ToolkitError
from toolkit.project.cache.facts import FILE
from toolkit.project.settings import Anchors
from toolkit.site.pinning import fragments
from toolkit.site.terms import GLOSSARY, translated_terms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from toolkit.language.locale import Locale
    from toolkit.project.store import Run


def linked_fragments(run: Run, pages: Collection[str]) -> frozenset[str]:
    """All fragments in the pages; those of pages that cannot be read are told elsewhere."""
    if run.project.settings.anchors is not Anchors.PIN:
        return frozenset()
    names = sorted(map(run.project.page_name, pages))
    if run.cache is None:
        return frozenset(fragment for name in names for fragment in _fragments(run, name))
    digests = [run.facts.answer(FILE, name) for name in names]
    key = run.cache.key("linked", *digests)
    known = run.cache.values([key]).get(key)
    if known is None:
        known = _listed(sorted(set(_known_fragments(run, names, digests))))
        run.cache.keep_value(key, known)
    return frozenset(json.loads(known))


def _known_fragments(run: Run, names: Sequence[str], digests: Sequence[str]) -> Iterator[str]:
    """The fragments of some pages, of which only those are read that nobody has read yet."""
    if run.cache is None:
        return
    keys = [run.cache.key("fragments", digest) for digest in digests]
    known = run.cache.values(keys)
    for key, name in zip(keys, names, strict=True):
        if key not in known:
            known[key] = _listed(sorted(set(_fragments(run, name))))
            run.cache.keep_value(key, known[key])
        yield from json.loads(known[key])


def _listed(texts: Sequence[str]) -> bytes:
    return json.dumps(texts).encode()


def _fragments(run: Run, name: str) -> Iterable[str]:
    with suppress(OSError):
        return fragments([(run.project.root / name).read_bytes().decode("utf-8", "replace")])
    return ()


def glossary_terms(
    run: Run, locales: Sequence[Locale], pages: Collection[str]
) -> dict[str, dict[str, str]]:
    """The translated terms of the glossaries in the pages, by locale."""
    found: dict[str, dict[str, str]] = {locale.tag: {} for locale in locales}
    for name in sorted(pages):
        with suppress(OSError, ToolkitError):
            data = (run.project.root / run.project.page_name(name)).read_bytes()
            if GLOSSARY not in data:
                continue
            page = run.page(name)
            for locale in locales:
                catalog = run.texts(run.project.domain(name), locale, [page])
                texts = translations(catalog or Catalog())
                found[locale.tag].update(translated_terms(page, texts))
    return found
