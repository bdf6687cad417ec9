"""The command that imports existing translations."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from toolkit.interfaces.cli.caching import cache_option
from toolkit.interfaces.cli.endings import check_ending
from toolkit.interfaces.cli.groups import FINDINGS, MISUSE
from toolkit.interfaces.cli.parts import parts_into, project_at, projects_at
from toolkit.interfaces.cli.program import check_option, main, progress, run_of
from toolkit.interfaces.cli.streams import check_output, write_file, write_report
from toolkit.interfaces.cli.talk import say, say_file, tell, warn

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.commands.importing import Imported, ImportRequest
    from toolkit.language.locale import Locale
    from toolkit.project.project import Project
    from toolkit.project.settings import Settings
    from toolkit.project.store import Run


@main.command("import", epilog="Example: yiben import docs docs/{locale}/{path} -l ja --check")
@click.argument("source")
@click.argument("translation")
@click.option("-l", "--locale", metavar="LOCALE", required=True, help="The target locale.")
@click.option("--overwrite", is_flag=True, help="Replace existing translations.")
@click.option(
    "--min-confidence",
    type=click.IntRange(0, 100),
    default=75,
    show_default=True,
    help="The certainty, in percent, from which a pair is entered as fuzzy.",
)
@click.option(
    "--same",
    is_flag=True,
    help="Also enter texts that are identical in both languages, as translated.",
)
@click.option(
    "--at",
    "revision",
    metavar="REVISION",
    default="",
    help="Read the pages as they were in a git commit; auto finds it for each page.",
)
@click.option("--report", metavar="FILE", help="Write the pairs side by side to an HTML page.")
@click.option("--summary", is_flag=True, help="Count what was left out instead of listing it.")
@check_option
@cache_option
@click.pass_obj
def import_(  # noqa: PLR0913, PLR0917 - one parameter an option
    directory: Path,
    source: str,
    translation: str,
    locale: str,
    min_confidence: int,
    revision: str,
    report: str | None,
    *,
    overwrite: bool,
    same: bool,
    summary: bool,
    check: bool,
) -> None:
    """Import existing translations into the catalogs.

    SOURCE is a page or a folder of pages of the project. TRANSLATION is the translated page, a
    folder of such pages, a pattern with {path}, {stem} or {locale}, or a PO, TMX, XLIFF or CSV
    file. If SOURCE is the mkdocs.yml of the setting `site`, TRANSLATION is one in another language,
    or the same file with the titles that mkdocs-static-i18n has.

    Certain pairs become translated, likely ones fuzzy. Texts without a partner are listed on
    standard output; nothing is lost. Existing translations are kept.

    With --at REVISION, pages and translations are read as they were in that commit; with --at
    OLD..NEW, pages are read from OLD and translations from NEW. Either may be a branch; an empty
    side means the files on disk. With --at auto, each page is read from the revision it was
    translated from, as `yiben drift` finds it. Translations of texts that were edited since become
    fuzzy.
    """
    from toolkit.commands.importing import import_translations
    from toolkit.commands.importing.pairs import request_of
    from toolkit.project.lock import writing

    requests: dict[Run, ImportRequest] = {}
    for project, target in _parts_for(directory, source, translation, locale):
        request = request_of(project, directory, source, translation, target, revision)
        request = replace(request, overwrite=overwrite, same=same, least=min_confidence / 100)
        run = run_of(project, dry=check)
        requests[run] = _at_origins(run, request, revision)
    requests = _of_use(requests, translation)
    run, request = next(iter(requests.items()))
    _warn_of_own_builds(run.project, request)
    _check_report(directory, report, run, request)
    with writing(run.project, dry=check):
        imported = import_translations(requests, progress("import"))
    if report:
        _write_report(directory, report, imported, request)
    _finish(request, imported, run.project.settings, summary=summary, check=check)


def _check_report(directory: Path, report: str | None, run: Run, request: ImportRequest) -> None:
    """Raise where the report would be written over what is imported."""
    if report:
        files = (os.path.relpath(run.project.root / one, directory) for one in request.files)
        check_output(directory, report, *files)
        check_ending(report, [".html", ".htm"])


def _warn_of_own_builds(project: Project, request: ImportRequest) -> None:
    """Name pages with nothing new in them, as a build has replaced the translators' own."""
    from toolkit.commands.importing.own_builds import own_builds

    names = own_builds(project, request)
    if names:
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        say(
            f"{names[0]}{more}: as `yiben build` wrote it, which says what the catalogs say; "
            "`--at ..COMMIT` reads translations from a commit before that"
        )


def _write_report(directory: Path, report: str, imported: Imported, request: ImportRequest) -> None:
    from toolkit.interfaces.reports.alignment import page_of

    write_file(directory, report, page_of(imported.pages, request.locale).encode("utf-8"))


def _parts_for(
    directory: Path, source: str, translation: str, locale: str
) -> tuple[tuple[Project, Locale], ...]:
    """Find the part that an import is for; files of messages can be for several."""
    from toolkit.commands.importing.pairs import holds_messages

    several = holds_messages(translation)
    parts = projects_at(directory, source) if several else (project_at(directory, source),)
    return parts_into(parts, locale)


def _of_use(requests: dict[Run, ImportRequest], translation: str) -> dict[Run, ImportRequest]:
    """Leave out the parts for which a file has no messages; raise `SettingsError` for two files.

    A memory may have different messages for parts that are written in different languages.
    """
    from toolkit.project.project import different_sources

    found = {run: request for run, request in requests.items() if request.messages} or requests
    if len({request.messages for request in found.values()}) > 1:
        sources = dict.fromkeys(run.project.settings.source for run in found)
        raise different_sources(translation, sources)
    return found


def _at_origins(run: Run, request: ImportRequest, revision: str) -> ImportRequest:
    """Read each page as it was when it was translated, and name those of which that is unknown."""
    from toolkit.commands.drift import with_origins
    from toolkit.commands.importing.pairs import AUTO

    if revision != AUTO or not request.partners:
        return request
    request, unknown = with_origins(run, request, progress("drift"))
    for one in unknown:
        say(f"{one.translation}: revision unknown: {one.why}; compared with the page as it is")
    return request


def _finish(
    request: ImportRequest, imported: Imported, settings: Settings, *, summary: bool, check: bool
) -> None:
    """Report what an import did, then exit with its status."""
    from toolkit.interfaces.reports.imports import (
        STRANGERS,
        carried_text,
        code_text,
        imports_text,
        links_text,
        trouble_of,
    )

    text = imports_text(imported.pages, brief=summary)
    text += links_text(imported.pages, request.locale, settings.allow)
    text += code_text(imported.pages, units_in_code=bool(settings.code))
    text += carried_text(imported.carried, request, brief=summary)
    if text:
        write_report(text.removesuffix("\n"))
    for name in imported.changed:
        if check:
            warn(f"would change {name}")
        else:
            say_file(f"wrote {name}")
    tell(imported.problems)
    if imported.problems:
        sys.exit(MISUSE)
    strange = STRANGERS in map(trouble_of, imported.pages)
    sys.exit(FINDINGS if strange or (check and imported.changed) else 0)
