"""`yiben build`: catalogs to a localized tree of pages, with the files beside them."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from toolkit.commands.build.binaries import binary_outputs, build_binary
from toolkit.commands.build.book_files import book_outputs
from toolkit.commands.build.making import (
    MadePage,
    MadePart,
    Part,
    Plan,
    catalog_of,
    task_of,
    text_of,
)
from toolkit.commands.build.switchers import books_of, build_switchers, switcher_outputs
from toolkit.commands.build.value import BuildOptions, Built
from toolkit.model.errors import ToolkitError
from toolkit.project.cache.work import as_it_is, over_known
from toolkit.project.files import make_executable_as, read_bytes, sweep_folders
from toolkit.project.outputs import (
    Output,
    Writer,
    after,
    check_apart,
    folders_of,
    known_outputs,
    manifest_name,
    note_outputs,
    save_manifest,
    with_kept,
)
from toolkit.project.ownership import Link, Manifest
from toolkit.project.pool import over
from toolkit.project.store import shares_of
from toolkit.site.as_of import past_fragments
from toolkit.site.asking import NotedNames, NotedTexts, noted_layout
from toolkit.site.left_out import left_out_pages
from toolkit.site.page_builder import PageBuilder, Surroundings
from toolkit.site.places import Places, files_of_others
from toolkit.site.published import published_of
from toolkit.site.settings_file import localized_site
from toolkit.site.settings_file import output_name as site_name
from toolkit.site.string_copies import localized_copy
from toolkit.site.surroundings import glossary_terms, linked_fragments
from toolkit.site.title_translations import site_titles
from toolkit.site.trees import source_outputs, tree_locales

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.language.locale import Locale
    from toolkit.project.ownership import Content
    from toolkit.project.pool import Progress
    from toolkit.project.store import Domain, Run

__all__ = ["BuildOptions", "Built", "build"]

_QUICK = 8
"""So many files are carried along in the time that a page takes."""


def build(run: Run, options: BuildOptions, progress: Progress) -> Built:
    """Write the localized pages, and carry along what lies beside the pages.

    Raises `SettingsError` where two outputs have one place, `ProjectError` for a manifest that
    cannot be read and for a file to keep that is no output.
    """
    settings = run.project.settings
    # The plugin for MkDocs puts the site's own texts where they belong.
    domains, unfollowed = run.domains()
    binaries = list(binary_outputs(run, options, domains))
    strings = tuple(name for name, _ in domains if settings.strings.of(name))
    books = books_of(run.project, strings) if options.pages is None else None
    domains = [domain for domain in domains if not settings.holds_strings(domain[1][0])]
    files, problems = run.project.files()
    known, warnings = known_outputs(run.project)
    writer = Writer(run.project, dry=run.dry, diff=options.diff, replace=options.replace)
    plan = _plan(run, options, domains, files, writer)
    plan = replace(plan, places=replace(plan.places, strings=strings))
    outputs = plan.places.outputs(options.locales, files)
    if options.pages is None:
        outputs += source_outputs(run.project, options.trees, sorted(plan.places.pages), files)
        outputs += plan.places.site_outputs(options.trees)
        outputs += book_outputs(run, options.locales, strings)
    sources = map(run.project.place_of, (*plan.places.pages, *strings))
    every = [*outputs, *binaries, *switcher_outputs(books, (settings.source, *options.locales))]
    check_apart(run.project, every, frozenset(sources))
    known = with_kept(run.project, known, options.keep, every)
    if not run.dry:
        sweep_folders(folders_of(run.project, outputs))
    note_outputs(run.project, every, run.facts)
    work = _parts(run, plan, domains, options.pages, known)
    effort = sum(len(part.names) for part in work) if any(part.is_share for part in work) else 0
    task = task_of(run, plan)._replace(effort=effort)
    made = over_known(run, plan, task, progress, work)
    done = groupby(zip(work, made, strict=True), key=lambda one: one[0].domain)
    parts = [_placed(plan, list(shares)) for _, shares in done]
    parts += _beside(plan, options, outputs, known) if options.pages is None else ()
    parts += [build_binary(run, writer, output, known) for output in binaries]
    parts += build_switchers(plan, options, books, domains, known) if books else ()
    built = Built.of([Built(problems=(*unfollowed, *problems)), *parts])
    changed = _remember(run, known, built, outputs, options)
    return replace(
        built,
        warnings=(*warnings, *built.warnings),
        manifest=manifest_name(run.project),
        had_manifest=known.exists,
        manifest_changed=changed,
    )


def _plan(
    run: Run,
    options: BuildOptions,
    domains: Sequence[Domain],
    files: Sequence[str],
    writer: Writer,
) -> Plan:
    locales = options.locales
    pages = frozenset(page for _, names in domains for page in names)
    places = Places(
        run.project,
        pages,
        left_out={one.tag: left_out_pages(run, one, domains) for one in locales},
        others={one.tag: files_of_others(run.project, one, files) for one in locales},
        published=published_of(run.project),
    )
    terms = glossary_terms(run, locales, pages)
    linked = linked_fragments(run, pages) | past_fragments(run, pages, locales)
    return Plan(
        run,
        locales,
        writer,
        places,
        {one.tag: noted_layout(places.layout(one), run.facts) for one in locales},
        Surroundings(
            NotedNames(run.facts, "linked", linked),
            titles={locale.tag: site_titles(run, locale) for locale in locales},
            terms={tag: NotedTexts(run.facts, f"term {tag}", one) for tag, one in terms.items()},
            follows=True,
        ),
        PageBuilder(run),
    )


def _beside(
    plan: Plan, options: BuildOptions, outputs: Sequence[Output], known: Manifest
) -> Iterator[Built]:
    """Write what a whole build makes besides pages."""
    run, strings = plan.run, plan.places.strings
    yield from (_build_site(run, plan, locale, known) for locale in options.of_site)
    for locale in options.locales:
        for output in outputs:
            if output.tag == locale.tag and output.source in strings:
                yield _build_strings(plan, output, locale, known)
    carried = [output for output in outputs if not output.is_page]
    yield from over((plan, known), _carry, as_it_is, carried, effort=len(carried) // _QUICK)


def _parts(
    run: Run,
    plan: Plan,
    domains: Sequence[Domain],
    chosen: frozenset[str] | None,
    known: Manifest,
) -> list[Part]:
    parts = []
    for domain, pages in domains:
        names = tuple(name for name in pages if chosen is None or name in chosen)
        for some in shares_of(names):
            places = (run.project.output_name(name, one) for name in some for one in plan.locales)
            is_share = len(some) < len(names)
            parts.append(Part(domain, tuple(some), known.of(places), is_share))
    return parts


def _remember(
    run: Run, known: Manifest, built: Built, outputs: Sequence[Output], options: BuildOptions
) -> bool:
    """Write the manifest; whether it had to be changed."""
    manifest = after(known, built.placed)
    if options.pages is None and set(options.of_site) == set(tree_locales(run.project)):
        wanted = {one.name for one in outputs}
        gone = [name for name in manifest.digests if name not in wanted and not run.exists(name)]
        digests = {name: manifest.digests[name] for name in manifest.digests.keys() - gone}
        manifest = replace(manifest, digests=digests)
    return save_manifest(run.project, manifest, dry=run.dry)


def _placed(plan: Plan, shares: Sequence[tuple[Part, MadePart]]) -> Built:
    """Write the pages of a domain, one locale after the other."""
    order = {locale.tag: place for place, locale in enumerate(plan.locales)}
    pages = [(part, page) for part, made in shares for page in made.pages]
    pages.sort(key=lambda one: order[one[1].output.tag])
    rest = Built.of(made.rest for _, made in shares)
    # Its catalog is missing once, whatever the number of the shares.
    rest = replace(rest, missing=tuple(sorted(set(rest.missing), key=order.__getitem__)))
    return Built.of([rest, *(_placed_page(plan, part, page) for part, page in pages)])


def _placed_page(plan: Plan, part: Part, made: MadePage) -> Built:
    writer, known = plan.writer, part.known
    try:
        placed = writer.standing(made.output, made.digest, known, plan.run.facts)
        if placed is None:
            placed = writer.put(made.output, text_of(plan, part, made), known)
    except ToolkitError as error:
        return Built(problems=error.problems)
    rewritten = tuple(f"{made.output.name}: {old} → {new}" for old, new in made.urls)
    return Built((placed,), findings=made.findings, rewritten=rewritten)


def _build_site(run: Run, plan: Plan, locale: Locale, manifest: Manifest) -> Built:
    """Write the settings of a locale's site, where they are asked for."""
    settings = run.project.settings
    if not (settings.site and settings.site_output):
        return Built()
    pages, problems = run.pages([settings.site])
    known = catalog_of(run, settings.site, locale, pages)
    missing = (locale.tag,) if known.missing else ()
    if known.catalog is None or not pages:
        return Built(problems=(*known.problems, *problems), missing=missing)
    (page,) = pages
    output = Output(site_name(run.project, locale), settings.site, locale.tag)
    try:
        left_out = plan.places.addresses_left_out(locale)
        data, findings = localized_site(run.project, page, known.catalog, locale, left_out)
        placed = plan.writer.put(output, data, manifest)
    except ToolkitError as error:
        return Built(problems=error.problems, missing=missing)
    return Built((placed,), findings=tuple(findings), missing=missing)


def _build_strings(plan: Plan, output: Output, locale: Locale, manifest: Manifest) -> Built:
    """Write the localized copy of a file of strings."""
    run = plan.run
    pages, problems = run.pages([output.source])
    known = catalog_of(run, output.source, locale, pages)
    missing = (locale.tag,) if known.missing and pages and pages[0].units else ()
    if known.catalog is None or not pages:
        return Built(problems=(*known.problems, *problems), missing=missing)
    try:
        made = localized_copy(run.project, pages[0], known.catalog, locale)
        placed = plan.writer.put(output, made.document.to_bytes(), manifest)
    except ToolkitError as error:
        return Built(problems=error.problems, missing=missing)
    return Built((placed,), findings=made.findings, missing=missing)


def _carry(state: tuple[Plan, Manifest], output: Output) -> Built:
    """Copy or link a file to where the localized pages look for it."""
    plan, known = state
    run = plan.run
    source, path = run.project.root / output.source, run.project.root / output.name
    try:
        content: Content = read_bytes(source, output.source)
        if run.project.settings.assets == "link":
            content = Link(os.path.relpath(source, path.parent))
        placed = plan.writer.put(output, content, known)
        if placed.written and not plan.writer.dry:
            make_executable_as(source, path)
    except ToolkitError as error:
        return Built(problems=error.problems)
    return Built((placed,))
