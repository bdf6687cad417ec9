"""The scripts of a build with which readers of a book change the language."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.commands.build.value import Built
from toolkit.model.errors import ToolkitError
from toolkit.model.toml import read_toml
from toolkit.project.outputs import Output
from toolkit.site.book_switcher import Books, book_of
from toolkit.site.left_out import left_out_pages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from toolkit.commands.build.making import Plan
    from toolkit.commands.build.value import BuildOptions
    from toolkit.language.locale import Locale
    from toolkit.project.ownership import Manifest
    from toolkit.project.project import Project
    from toolkit.project.store import Domain


def books_of(project: Project, strings: Collection[str]) -> Books | None:
    """Return the books that get a script, if the settings ask for one.

    Raises `SettingsError` where there is no book for it.
    """
    settings = project.settings
    if not (settings.switcher and settings.owns_site):
        return None
    return Books(project, book_of(project, strings), (settings.source, *settings.targets))


def switcher_outputs(books: Books | None, locales: Sequence[Locale]) -> Iterator[Output]:
    """Yield the scripts for the books of some locales."""
    if books is None:
        return
    for locale in locales:
        yield Output(books.place(locale), books.name, locale.tag)


def build_switchers(
    plan: Plan, options: BuildOptions, books: Books, domains: Sequence[Domain], known: Manifest
) -> Iterator[Built]:
    """Write the scripts."""
    run = plan.run
    known_ones = plan.places.left_out
    others = {
        one.tag: left_out_pages(run, one, domains)
        for one in run.project.settings.targets
        if one.tag not in known_ones
    }
    books = replace(books, pages=plan.places.pages, left_out={**known_ones, **others})
    try:
        _, values = read_toml(books.name, run.data(books.name) or b"")
        advice = books.advice(values)
        yield Built(warnings=(advice,) if advice else ())
        for locale in (books.project.settings.source, *options.locales):
            output = Output(books.place(locale), books.name, locale.tag)
            text = books.text(locale, values)
            yield Built((plan.writer.put(output, text.encode("utf-8"), known),))
    except ToolkitError as error:
        yield Built(problems=error.problems)
