"""The command that verifies a built site."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from toolkit.interfaces.cli.checks import known_check
from toolkit.interfaces.cli.groups import FINDINGS
from toolkit.interfaces.cli.parts import projects_of
from toolkit.interfaces.cli.program import locales_option, main, progress, since_option
from toolkit.interfaces.cli.reporting import (
    Reporter,
    ReportOptions,
    apart,
    report_options,
    say_rest,
)
from toolkit.interfaces.cli.talk import say, say_file
from toolkit.language.phrases import counted, needs
from toolkit.model.errors import Problem, ProjectError
from toolkit.project.real_path import real_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.commands.verify import Verified, VerifyOptions
    from toolkit.model.findings import Finding
    from toolkit.project.project import Project
    from toolkit.project.store import Run


@main.command(epilog="Example: yiben verify site --since origin/main")
@click.argument("site", metavar="SITE")
@locales_option
@since_option
@report_options
@click.option(
    "--root",
    "roots",
    metavar="LOCALE=FOLDER",
    multiple=True,
    help="The folder of a locale's pages in SITE, if it is not named after the locale.",
)
@click.option(
    "--url",
    metavar="URL",
    default="",
    help="The address at which SITE is published, if its pages do not say.",
)
@click.pass_obj
def verify(directory: Path, /, site: str, **words: Any) -> None:  # noqa: ANN401
    """Compare the built pages of all locales with those of the source; exit 1 on errors.

    SITE is the folder that the generator built. Compares structure, code, links, images, fragments,
    language, direction, canonical addresses and alternates, and the texts that readers see with
    those of the catalogs. yiben check --list lists the checks (site-…).
    """
    from toolkit.checks.families import CHECKS, SITE_CHECKS
    from toolkit.commands.check.scope_reading import scope_since
    from toolkit.commands.verify import verify_site
    from toolkit.project.store import Run

    _check_parser()
    for name in (*words["select"], *words["ignore"]):
        known_check(name, {name: CHECKS[name] for name in SITE_CHECKS})
    options = ReportOptions.of(words)
    projects = projects_of(directory)
    reporter = Reporter(directory, projects[0], options)
    asked = [_asked(one, directory, site, words) for one in projects]
    runs = [Run(one, dry=True) for one in projects]
    scopes = [scope_since(run, words["since"]) for run in runs if words["since"]]
    pairs = zip(runs, asked, strict=True)
    done = [verify_site(run, one, progress("verify")) for run, one in pairs]
    files = frozenset(name for one in done for name in one.files)
    for name in sorted(files):
        say_file(f"verified {name}")
    named = frozenset(words["select"])
    chosen = (named or SITE_CHECKS) - frozenset(words["ignore"])
    results = zip(runs, done, strict=True)
    graded = [_graded(run, verified, chosen, named) for run, verified in results]
    findings = tuple(sorted(dict.fromkeys(chain.from_iterable(graded))))
    if options.write_baseline:
        reporter.write_baseline(findings, frozenset(CHECKS) - SITE_CHECKS)
        sys.exit(0)
    findings = reporter.fresh(findings, lambda one: one.check in chosen and one.path in files)
    findings, rest = apart(findings, scopes)
    reporter.report(findings)
    say_rest(rest)
    say(f"verify: {counted(sum(one.pages for one in done), 'page')}")
    sys.exit(FINDINGS if any(one.severity == "error" for one in findings) else 0)


def _asked(project: Project, directory: Path, site: str, words: Mapping[str, Any]) -> VerifyOptions:
    """Return what is asked of the site of a part of the project."""
    from toolkit.commands.verify import VerifyOptions

    return VerifyOptions(
        _folder(directory, site),
        _shown(project, directory, site),
        project.locales(words["locales"]),
        _roots(words["roots"]),
        words["url"] and words["url"].rstrip("/") + "/",
    )


def _check_parser() -> None:
    from importlib.util import find_spec

    if find_spec("selectolax") is None:
        raise ProjectError(Problem("verify", 0, 0, needs(["selectolax"], "verify")))


def _folder(directory: Path, site: str) -> Path:
    folder = directory / site
    if not folder.is_dir():
        raise ProjectError(
            Problem(site, 0, 0, "is not a folder; build the site first, or name the right one")
        )
    return folder


def _shown(project: Project, directory: Path, site: str) -> str:
    """A site's folder as findings name it: from the project's root where it lies there."""
    path = Path(os.path.relpath(real_path(directory / site), real_path(project.root)))
    return site.rstrip("/") if ".." in path.parts else path.as_posix()


def _roots(words: Sequence[str]) -> dict[str, str]:
    from toolkit.language.locale import locale_of

    found = {}
    for word in words:
        tag, mark, folder = word.partition("=")
        if not mark or not tag:
            raise click.UsageError(f'--root {word}: write LOCALE=FOLDER, such as "de=german"')
        found[locale_of(tag).tag] = folder.strip("/")
    return found


def _graded(
    run: Run, verified: Verified, chosen: frozenset[str], named: frozenset[str]
) -> Iterator[Finding]:
    """The findings that are wanted, as severe as the project has them."""
    from toolkit.model.findings import Severity

    rules = run.project.settings.severity
    for finding in verified.findings:
        page = run.project.name_below_content(finding.page) if finding.page else ""
        word = rules.of(page, finding.check)
        if finding.check not in chosen or (word == "off" and finding.check not in named):
            continue
        severity = Severity(word) if word and word != "off" else finding.severity
        yield replace(finding, severity=severity)
