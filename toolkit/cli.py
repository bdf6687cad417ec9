"""The command line: thin shells over `toolkit.workflow`.

What a command needs is imported when it runs, so that `--help` and completion answer at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from toolkit import __version__
from toolkit.errors import Problem, SettingsError, ToolkitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from toolkit.checks import Check
    from toolkit.dialect import Dialect
    from toolkit.findings import Finding
    from toolkit.project import Project
    from toolkit.run import Domain, Outcome, Progress
    from toolkit.template import Page

FINDINGS = 1
MISUSE = 2


class _Program(click.Group):
    """Tells errors in one line each and exits with 2."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        try:
            return super().invoke(ctx)
        except ToolkitError as error:
            tell(error.problems)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except OSError as error:
            tell([Problem(str(error.filename or ""), 0, 0, error.strerror or str(error))])
        except Exception as error:  # noqa: BLE001 - no traceback reaches a user
            what = f"internal error, {type(error).__name__}: {error}"
            tell([Problem("yiben", 0, 0, f"{what}; please report it with the page it came from")])
        return ctx.exit(MISUSE)


def tell(problems: Iterable[Problem | Finding]) -> None:
    """Print problems or findings to standard error, each once."""
    for line in dict.fromkeys(map(str, problems)):
        click.echo(line, err=True)


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "directory",
    metavar="DIR",
    default=".",
    help="Work in DIR, as if started there.",
)
@click.version_option(__version__, prog_name="yiben", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context, directory: str) -> None:
    """Localize Markdown documentation through gettext, byte for byte.

    \b
    Examples:
      yiben update            pages -> templates -> catalogs to translate
      yiben build             catalogs -> localized pages
      yiben stats             how complete each locale is
      yiben -C docs build -l ja

    Exit status: 0 fine, 1 findings or something would change, 2 misuse or unreadable input.
    Shell completion: yiben completion bash|zsh|fish
    """  # noqa: D301 - click reads the control character
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    ctx.obj = Path(directory)


_locales = click.option(
    "-l",
    "--locale",
    "locales",
    metavar="LOCALE",
    multiple=True,
    help="Only this target locale; may be given again.",
)
_check = click.option("--check", is_flag=True, help="Change nothing; exit 1 if something would.")
_dialect = click.option(
    "--dialect", metavar="NAME", help="How to read the page; the project's, or mkdocs."
)
_output = click.option(
    "-o", "--output", metavar="FILE", required=True, help="Where to write; - for standard output."
)


@main.command(epilog="Example: yiben extract --check")
@_check
@click.pass_obj
def extract(directory: Path, *, check: bool) -> None:
    """Bring the templates (.pot) up to date with the pages."""
    from toolkit import workflow
    from toolkit.run import Run

    run = Run(_project(directory), dry=check)
    _finish("extract", workflow.extract(run, _progress("extract")), check=check)


@main.command(epilog="Example: yiben update -l ja -l de")
@_locales
@_check
@click.pass_obj
def update(directory: Path, locales: tuple[str, ...], *, check: bool) -> None:
    """Bring templates and catalogs (.po) up to date, making the missing ones."""
    from toolkit import workflow
    from toolkit.run import Run

    run = Run(_project(directory), dry=check)
    targets = run.project.locales(locales)
    _finish("update", workflow.update(run, targets, _progress("update")), check=check)


@main.command(epilog="Example: yiben build -l ar")
@_locales
@click.pass_obj
def build(directory: Path, locales: tuple[str, ...]) -> None:
    """Write the localized pages from pages and catalogs."""
    from toolkit import workflow
    from toolkit.run import Run

    run = Run(_project(directory))
    targets = run.project.locales(locales)
    _finish("build", workflow.build(run, targets, _progress("build")), check=False)


@main.command(epilog="Example: yiben check --min-complete 100")
@_locales
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
)
@click.option(
    "--min-complete",
    metavar="PCT",
    type=click.FloatRange(0, 100),
    default=0,
    help="Percent of each page's words that have to be translated.",
)
@click.option("--select", metavar="ID", multiple=True, help="Only this check; again for more.")
@click.option("--ignore", metavar="ID", multiple=True, help="Not this check; again for more.")
@click.option("--list", "listing", is_flag=True, help="List the checks.")
@click.option("--explain", metavar="ID", help="Explain a check, with a bad and a good example.")
@click.pass_obj
def check(  # noqa: PLR0913, PLR0917 - one parameter an option
    directory: Path,
    locales: tuple[str, ...],
    form: str,
    min_complete: float,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    explain: str | None,
    *,
    listing: bool,
) -> None:
    """Check pages, templates and catalogs; exit 1 on errors."""
    from toolkit.checking import check_project
    from toolkit.checks import CHECKS
    from toolkit.findings import Severity
    from toolkit.reports.findings import REPORTS
    from toolkit.run import Run

    if listing or explain:
        click.echo(_explained(CHECKS, explain))
        return
    run = Run(_project(directory), dry=True)
    targets = run.project.locales(locales)
    chosen = {_known_check(name, CHECKS) for name in select or CHECKS}
    chosen -= {_known_check(name, CHECKS) for name in ignore}
    outcome = check_project(run, targets, min_complete, _progress("check"))
    findings = [finding for finding in outcome.findings if finding.check in chosen]
    click.echo(REPORTS[form](findings))
    tell(outcome.problems)
    errors = any(finding.severity is Severity.ERROR for finding in findings)
    sys.exit(MISUSE if outcome.problems else FINDINGS if errors else 0)


def _explained(known: Mapping[str, Check], name: str | None) -> str:
    """A line a check, or all that there is to say of one."""
    if name is None:
        return "\n".join(f"{one.id:13} {one.severity:8} {one.title}" for one in known.values())
    found = known[_known_check(name, known)]
    return f"{name} ({found.severity})\n\n{found.explanation}"


def _known_check(name: str, known: Mapping[str, Check]) -> str:
    if name not in known:
        raise click.UsageError(f'unknown check "{name}"; known: {", ".join(known)}')
    return name


@main.command(epilog="Example: yiben stats --format json")
@_locales
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
)
@click.pass_obj
def stats(directory: Path, locales: tuple[str, ...], form: str) -> None:
    """Show how complete the translations are, in units and in words."""
    from toolkit.completeness import statistics
    from toolkit.reports.statistics import REPORTS
    from toolkit.run import Outcome, Run

    run = Run(_project(directory))
    outcome = Outcome()
    counts = statistics(run, run.project.locales(locales), outcome)
    click.echo(REPORTS[form](counts))
    tell(outcome.problems)
    sys.exit(MISUSE if outcome.problems else 0)


@main.command(epilog="Example: yiben segment content/page.md --format json")
@click.argument("file")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@_dialect
@click.pass_obj
def segment(directory: Path, file: str, form: str, dialect: str | None) -> None:
    """Show the units of a page with their places; FILE may be - for standard input."""
    from toolkit.reports.units import REPORTS

    page = _single_page(directory, file, _page_settings(directory, dialect))
    click.echo(REPORTS[form](page))


@main.command(epilog="Example: yiben md2po page.md -o page.ja.po -l ja")
@click.argument("file")
@_output
@click.option("-l", "--locale", metavar="LOCALE", help="The locale to translate into.")
@_dialect
@click.pass_obj
def md2po(directory: Path, file: str, output: str, locale: str | None, dialect: str | None) -> None:
    """Make or update the catalog of one page, without a project.

    What an existing catalog holds is kept.
    """
    from toolkit.catalog import Catalog
    from toolkit.locale import locale_of
    from toolkit.po import read_catalog, write_catalog
    from toolkit.workflow import page_catalog

    page = _single_page(directory, file, _page_settings(directory, dialect))
    path = directory / output
    old = output != "-" and path.exists()
    catalog = read_catalog(output, _read(directory, output)) if old else Catalog()
    merged = page_catalog(page, catalog, locale_of(locale) if locale else None)
    _write(directory, output, write_catalog(merged))


@main.command(epilog="Example: yiben po2md page.md page.ja.po -o page.ja.md")
@click.argument("file")
@click.argument("catalog")
@_output
@_dialect
@click.pass_obj
def po2md(directory: Path, file: str, catalog: str, output: str, dialect: str | None) -> None:
    """Build one localized page from FILE and its CATALOG, without a project."""
    from toolkit.guard import Guard
    from toolkit.po import read_catalog
    from toolkit.workflow import check_translates, refused, translations

    if file == catalog == "-":
        raise click.UsageError("only one of FILE and CATALOG can be standard input")
    if output != "-" and (directory / output).resolve() == (directory / file).resolve():
        raise click.UsageError("OUTPUT is the source page; name another file")
    settings = _page_settings(directory, dialect)
    page = _single_page(directory, file, settings)
    messages = read_catalog(catalog, _read(directory, catalog))
    check_translates(messages, page, catalog)
    guard = Guard(settings.dialect, settings.front_matter, settings.allow)
    built = guard.built(page.document, page.reading, translations(messages))
    _write(directory, output, built.document.to_bytes())
    findings = refused(built, messages, catalog)
    tell(findings)
    sys.exit(FINDINGS if findings else 0)


@main.command(epilog="Example: yiben completion bash >> ~/.bashrc")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the lines that give SHELL completion for yiben."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    program = ctx.find_root().command
    if kind:
        click.echo(kind(program, {}, "yiben", "_YIBEN_COMPLETE").source())


def _project(directory: Path) -> Project:
    from toolkit.project import Project

    return Project.found_from(directory)


class _PageSettings(NamedTuple):
    """How a page on its own is read and built."""

    dialect: Dialect
    front_matter: tuple[str, ...]
    allow: tuple[str, ...]


def _page_settings(directory: Path, dialect: str | None) -> _PageSettings:
    """The settings of the project around a page, or our own where there is none."""
    from toolkit.dialects import dialect_named
    from toolkit.segment import FRONT_MATTER_KEYS
    from toolkit.settings import find_settings, read_settings

    try:
        found = find_settings(directory.resolve())
    except SettingsError:
        return _PageSettings(dialect_named(dialect or "mkdocs"), FRONT_MATTER_KEYS, ())
    settings = read_settings(found)
    reading = dialect_named(dialect or settings.dialect).leaving_out(settings.opaque)
    return _PageSettings(reading, settings.front_matter, settings.allow)


def _single_page(directory: Path, file: str, settings: _PageSettings) -> Page:
    from toolkit.document import Document
    from toolkit.segment import read
    from toolkit.template import Page

    document = Document.from_bytes(file, _read(directory, file))
    return Page(document, read(document, settings.dialect, settings.front_matter))


def _read(directory: Path, file: str) -> bytes:
    from toolkit.files import read_bytes

    return sys.stdin.buffer.read() if file == "-" else read_bytes(directory / file, file)


def _write(directory: Path, file: str, data: bytes) -> None:
    from toolkit.files import write_bytes

    if file == "-":
        sys.stdout.buffer.write(data)
    elif write_bytes(directory / file, data, file):
        click.echo(f"wrote {file}", err=True)
    else:
        click.echo(f"{file} is up to date", err=True)


def _progress(label: str) -> Progress:
    """Shows on a terminal how far a run has come, and nothing in a pipe."""

    def iterate(items: Sequence[Domain]) -> Iterator[Domain]:
        if not sys.stderr.isatty():
            yield from items
            return
        with click.progressbar(items, label=label, file=sys.stderr) as bar:
            yield from bar

    return iterate


def _finish(command: str, outcome: Outcome, *, check: bool) -> None:
    """Tell what a run did and end with its exit status."""
    verb = "would change" if check else "wrote"
    for name in outcome.changed:
        click.echo(f"{verb} {name}", err=True)
    for tag, count in sorted(outcome.missing.items()):
        pages = "1 page" if count == 1 else f"{count} pages"
        click.echo(f"{tag}: no catalog for {pages}, built in the source language", err=True)
    tell(outcome.findings)
    tell(outcome.problems)
    failed = f", {len(outcome.findings)} translations refused" if outcome.findings else ""
    failed += f", {len(outcome.problems)} problems" if outcome.problems else ""
    click.echo(f"{command}: {outcome.total} files, {len(outcome.changed)} {verb}{failed}", err=True)
    if outcome.problems:
        sys.exit(MISUSE)
    sys.exit(FINDINGS if outcome.findings or (check and outcome.changed) else 0)
