"""The commands for single pages, without a project."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import click

from toolkit.interfaces.cli.endings import check_ending
from toolkit.interfaces.cli.groups import FINDINGS
from toolkit.interfaces.cli.program import dialect_option, main, output_option
from toolkit.interfaces.cli.streams import check_output, read_file, write_file, write_report
from toolkit.interfaces.cli.talk import tell
from toolkit.model.errors import SettingsError
from toolkit.project.real_path import real_path

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.dialects.dialect import Dialect
    from toolkit.reading.page import Page


@main.command(epilog="Example: yiben segment content/page.md --format json")
@click.argument("file")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.option(
    "--explain", is_flag=True, help="Show what is not a unit and why, and what looks misread."
)
@dialect_option
@click.pass_obj
def segment(directory: Path, file: str, form: str, dialect: str | None, *, explain: bool) -> None:
    """List the units of a page with their positions; FILE may be - for standard input."""
    from toolkit.interfaces.reports.units import REPORTS, explained

    page = _single_page(directory, file, _page_settings(directory, file, dialect))
    write_report(explained(page, form) if explain else REPORTS[form](page))


@main.command(epilog="Example: yiben md2po page.md -o page.ja.po -l ja")
@click.argument("file")
@output_option
@click.option("-l", "--locale", metavar="LOCALE", help="The locale to translate into.")
@dialect_option
@click.pass_obj
def md2po(directory: Path, file: str, output: str, locale: str | None, dialect: str | None) -> None:
    """Create or update the catalog of a single page, without a project.

    Nothing in an existing catalog is lost.
    """
    from toolkit.catalogs.belonging import page_catalog
    from toolkit.catalogs.po import CatalogFile
    from toolkit.language.locale import locale_of
    from toolkit.project.project import CATALOG

    check_output(directory, output, file, allowed={CATALOG})
    check_ending(output, [".po", ".pot"])
    page = _single_page(directory, file, _page_settings(directory, file, dialect))
    old = output != "-" and (directory / output).is_file()
    catalog = CatalogFile(output, read_file(directory, output) if old else b"")
    merged = page_catalog(page, catalog.catalog, locale_of(locale) if locale else None)
    write_file(directory, output, catalog.with_catalog(merged).data)


@main.command(epilog="Example: yiben po2md page.md page.ja.po -o page.ja.md")
@click.argument("file")
@click.argument("catalog")
@output_option
@dialect_option
@click.pass_obj
def po2md(directory: Path, file: str, catalog: str, output: str, dialect: str | None) -> None:
    """Build a single localized page from FILE and its CATALOG, without a project."""
    from toolkit.catalogs.belonging import check_translates
    from toolkit.catalogs.po import read_catalog
    from toolkit.catalogs.usable import translations
    from toolkit.writing.guard import Guard
    from toolkit.writing.refusals import refused

    if file == catalog == "-":
        raise click.UsageError("FILE and CATALOG cannot both be standard input")
    check_output(directory, output, file, catalog)
    settings = _page_settings(directory, file, dialect)
    page = _single_page(directory, file, settings)
    messages = read_catalog(catalog, read_file(directory, catalog))
    check_translates(messages, page, catalog)
    guard = Guard(settings.dialect, settings.front_matter, settings.allow)
    built = guard.built(page.document, page.reading, translations(messages))
    write_file(directory, output, built.document.to_bytes())
    findings = refused(built.refusals, messages, catalog)
    tell(findings)
    sys.exit(FINDINGS if findings else 0)


class _PageSettings(NamedTuple):
    """The settings for reading and building a page outside a project."""

    dialect: Dialect
    front_matter: tuple[str, ...]
    allow: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def _page_settings(directory: Path, file: str, dialect: str | None) -> _PageSettings:
    """Return the settings of the project around a page, or defaults outside a project."""
    from toolkit.dialects import dialect_named
    from toolkit.project.project import Project
    from toolkit.project.settings_on_disk import find_settings
    from toolkit.reading.segment import FRONT_MATTER_KEYS

    try:
        found = find_settings(real_path(directory))
    except SettingsError:
        reading = dialect_named(dialect or "mkdocs").for_file(file)
        return _PageSettings(reading, FRONT_MATTER_KEYS, ())
    projects = Project.all_in(found)
    page = real_path(directory / file)
    inside = (one for one in projects if page.is_relative_to(one.root / one.settings.content))
    settings = next(inside, projects[0]).settings
    if dialect:
        settings = replace(settings, dialect=dialect_named(dialect).name)
    content = found.path.parent / settings.content
    name = page.relative_to(content).as_posix() if page.is_relative_to(content) else file
    reading, left_out = settings.dialect_of(name), settings.left_out(name)
    return _PageSettings(reading, settings.front_matter, settings.allowed(), left_out)


def _single_page(directory: Path, file: str, settings: _PageSettings) -> Page:
    from toolkit.model.document import Document
    from toolkit.reading.left_out import without_left_out
    from toolkit.reading.page import Page
    from toolkit.reading.segment import read

    document = Document.from_bytes(file, read_file(directory, file))
    reading = read(document, settings.dialect, settings.front_matter)
    return Page(document, without_left_out(reading, settings.left_out))
