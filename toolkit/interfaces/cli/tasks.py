"""The commands for scripts and agents: one task, one answer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from toolkit.interfaces.cli.building import chosen_pages
from toolkit.interfaces.cli.groups import FINDINGS, MISUSE
from toolkit.interfaces.cli.parts import parts_into, projects_of
from toolkit.interfaces.cli.program import main, run_of
from toolkit.interfaces.cli.streams import read_file, write_report, write_text
from toolkit.interfaces.cli.talk import say, tell, warn
from toolkit.model.errors import Problem, ProjectError

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.commands.translate.single import NextTask, Submitted

locale_option = click.option(
    "-l", "--locale", metavar="LOCALE", required=True, help="The target locale."
)
form_option = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@main.command("next", epilog="Example: yiben next -l de --format json")
@click.argument("pages", metavar="[PAGE]...", nargs=-1)
@locale_option
@click.option("--fuzzy", is_flag=True, help="Include fuzzy messages.")
@click.option("--after", metavar="ID", default="", help="Start after this task.")
@form_option
@click.pass_obj
def next_(
    directory: Path, pages: tuple[str, ...], locale: str, after: str, form: str, *, fuzzy: bool
) -> None:
    """Print the next message to translate, with what a translator sees.

    Exits with 1 if nothing is left.
    """
    from toolkit.commands.translate.single import next_task
    from toolkit.commands.translate.value import TranslateOptions

    projects = projects_of(directory)
    chosen = chosen_pages(projects, directory, pages)
    choices = {
        run_of(project, dry=True): TranslateOptions(
            (target,), chosen[project.part] if pages else None, redo_fuzzy=fuzzy
        )
        for project, target in parts_into(projects, locale)
    }
    task = next_task(choices, after=after)
    if task is None:
        say("next: nothing is left")
        sys.exit(FINDINGS)
    write_report(_task_as_json(task) if form == "json" else task.request.text)
    if form == "text":
        say(f"{task.catalog}:{task.line}: {task.id} · {task.left} left")


def _task_as_json(task: NextTask) -> str:
    from toolkit.commands.translate.providers.command import as_json
    from toolkit.interfaces.reports.json_texts import json_text

    request = as_json(task.request, 0) | {"id": task.id}
    suggestion = task.suggestion
    place = {
        "page": task.page,
        "catalog": task.catalog,
        "line": task.line,
        "left": task.left,
        "suggestion": suggestion.string if suggestion else "",
    }
    return json_text(request | place)


@main.command(epilog="Example: yiben submit ID answer.txt -l de --format json")
@click.argument("task", metavar="ID")
@click.argument("file", metavar="FILE", default="-")
@locale_option
@click.option(
    "--by", metavar="NAME", default="agent", show_default=True, help="The name of the translator."
)
@form_option
@click.pass_obj
def submit(directory: Path, task: str, file: str, locale: str, by: str, form: str) -> None:
    """Enter one translation, read from FILE or standard input, for the task ID.

    It passes the gates of `yiben translate`: what fails is not entered, the findings are printed,
    and the exit status is 1. One newline at the end of the file is dropped.
    """
    from toolkit.commands.translate.single import submit as enter

    if not by.strip() or len(by.split()) > 1:
        raise click.UsageError(f'--by "{by}": write one word')
    text = _text(file, read_file(directory, file))
    parts = parts_into(projects_of(directory), locale)
    runs = [run_of(project) for project, _ in parts]
    submitted = enter(runs, parts[0][1], task, text, by)
    if form == "json":
        write_text(_as_json(submitted))
    else:
        for finding in submitted.findings:
            warn(f"{submitted.catalog}:{submitted.line}:1: refused: {finding}")
    tell(submitted.problems)
    sys.exit(MISUSE if submitted.problems else FINDINGS if submitted.findings else 0)


def _text(file: str, data: bytes) -> str:
    try:
        return data.decode("utf-8").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        raise ProjectError(Problem(file, 0, 0, "is not UTF-8; save it as UTF-8")) from None


def _as_json(submitted: Submitted) -> str:
    from toolkit.interfaces.reports.json_texts import json_text

    values = {
        "accepted": submitted.accepted,
        "findings": list(submitted.findings),
        "catalog": submitted.catalog,
        "line": submitted.line,
        "problems": [str(one) for one in submitted.problems],
    }
    return json_text(values)
