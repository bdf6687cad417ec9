"""Write docs/reference/commands.md from the help of the program.

python .ci/generate/command_page.py
"""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.interfaces.cli import main as program

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parents[2] / "docs/reference/commands.md"
START = """\
# Commands

This page is made from the program's own help: `yiben --help` lists the commands, and
`yiben COMMAND --help` explains one.
"""
COMMON = {"-h, --help", "--help", "-v, --verbose", "-q, --quiet"}
OPTION = r"(?<![\w-])--?[a-zA-Z][\w-]*(?: [A-Z][A-Z.]+)?"
NAMES = "|".join(program.list_commands(click.Context(program)))
CODE = re.compile(
    rf"`[^`]*`|yiben(?:\[\w+\]| (?:{NAMES})(?: [a-z]+\|\S+| {OPTION})?)|{OPTION}|"
    r"\{\w+\}|\[[\w.]+\]|\.gitattributes: .*"
)


def commands(command: click.Command, context: click.Context) -> Iterator[click.Context]:
    """Iterate over the commands below one, each with the context of its help."""
    if not isinstance(command, click.Group):
        yield context
        return
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        if found is not None:
            yield from commands(found, type(context)(found, info_name=name, parent=context))


def prose(text: str) -> str:
    """Return a text of the help as Markdown, with options and the like as code."""
    text = re.sub(r"(\d+)<=x<=(\d+)", r"\1 to \2", text)
    text = re.sub(r"x>=(\d+)", r"at least \1", text)
    text = re.sub(r"\s+\[(default: [^\]]*|required|[^\]]* \d+)\]", r" (\1)", f" {text}")
    text = re.sub(r"^\s*\((.*)\)$", r"\1", text)
    return CODE.sub(lambda found: f"`{found[0].strip('`')}`", " ".join(text.split()))


def paragraphs(text: str) -> Iterator[str]:
    """Iterate over the paragraphs of a help text, as Markdown."""
    for paragraph in re.split(r"\n\s*\n", textwrap.dedent(f"    {text.strip()}")):
        if paragraph.lstrip().startswith("\b"):
            lines = textwrap.dedent(paragraph.replace("\b\n", "").rstrip()).strip().split("\n")
            lines = [one.strip() for one in lines]
            if lines[0].endswith(":"):
                yield "\n".join((prose(lines[0]), "", *map(item, lines[1:])))
            else:
                yield "\n".join(("```text", *lines, "```"))
        else:
            whole = re.sub(r"`[^`]*`", lambda code: code[0].replace(" ", "\0"), prose(paragraph))
            yield textwrap.fill(whole, 100, break_on_hyphens=False).replace("\0", " ")


def item(line: str) -> str:
    """Return a line of two columns as an item of a list."""
    name, _, meaning = (part.strip() for part in line.partition("  "))
    return f"- `{name}`: {meaning.replace('->', '→')}" if meaning else f"- `{name}`"


def options(context: click.Context) -> Iterator[str]:
    """Iterate over the lines of the table of a command's options."""
    records = [one.get_help_record(context) for one in context.command.get_params(context)]
    rows = [one for one in records if one and one[1] and (one[0] not in COMMON)]
    if not context.parent:
        rows = [one for one in records if one and one[1]]
    if rows:
        yield "| option | meaning |"
        yield "|---|---|"
    for name, meaning in rows:
        # click caches the option for help under the names of its first use.
        full = "-h, --help" if name == "--help" else name
        shown, told = full.replace("|", "\\|"), prose(meaning).replace("|", "\\|")
        yield f"| `{shown}` | {told} |"


def section(context: click.Context) -> Iterator[str]:
    """Iterate over the lines of a command's section."""
    command = context.command
    yield from (f"## {context.command_path}", "")
    for paragraph in paragraphs(command.help or ""):
        yield from (paragraph, "")
    usage = command.get_usage(context).removeprefix("Usage: ")
    yield from ("```text", re.sub(r"\s+", " ", usage), "```", "")
    yield from (*options(context), "")
    if command.epilog:
        start, _, example = command.epilog.partition(": ")
        language = "sh" if start == "Example" else "text"
        yield from (f"{start}:", "", f"```{language}", example.strip(), "```", "")


def page() -> str:
    """Return the page."""
    top = click.Context(program, info_name="yiben", **program.context_settings)
    lines = [START]
    for context in (top, *commands(program, top)):
        lines += section(context)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
