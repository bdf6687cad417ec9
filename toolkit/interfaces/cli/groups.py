"""Commands and groups of them, loaded when they are asked for, and how a run ends."""

from __future__ import annotations

import sys
from errno import EBADF, EIO, ENOSPC
from importlib import import_module
from typing import Any

import click

from toolkit.interfaces.cli.parts import projects_of
from toolkit.interfaces.cli.recording import recorded
from toolkit.interfaces.cli.talk import level_options, tell, warn
from toolkit.interfaces.cli.watching import is_watching, repeat
from toolkit.model.errors import Problem, ToolkitError
from toolkit.project.garbage import seldom_collected

FINDINGS = 1
MISUSE = 2
INTERRUPTED = 130


class Command(click.Command):
    """A command with the options for verbosity."""

    def __init__(self, *words: Any, **values: Any) -> None:  # noqa: ANN401 - click's own signature
        super().__init__(*words, **values)
        self.params += level_options()

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command, with `--watch` again and again."""
        if is_watching(ctx):
            return repeat(ctx, super().invoke, projects_of)
        return recorded(ctx, super().invoke)


class Group(click.Group):
    """A group that lists its commands with their whole summaries."""

    command_class = Command
    group_class = type

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, each with as many lines as its summary needs."""
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [
            (name, one.get_short_help_str(_NO_LIMIT))
            for name, one in found
            if one and not one.hidden
        ]
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)


_NO_LIMIT = 10_000


HOMES = {
    "books": ("mdbook",),
    "building": ("build",),
    "catalogs": ("extract", "memory", "merge-driver", "update"),
    "checks": ("check",),
    "drifting": ("drift",),
    "exchanging": ("export",),
    "imports": ("import",),
    "locales": ("locale",),
    "pages": ("md2po", "po2md", "segment"),
    "platform": ("platform",),
    "preview": ("preview",),
    "site": ("site",),
    "starting": ("init",),
    "statistics": ("stats",),
    "tasks": ("next", "submit"),
    "terms": ("terms",),
    "translating": ("translate",),
    "verifying": ("verify",),
}
"""The modules that define commands, which are loaded when one of theirs is asked for."""
_HOME_OF = {name: home for home, names in HOMES.items() for name in names}


class Program(Group):
    """Loads commands when they are asked for, and reports errors in one line each."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command; all of them for a name that none has, so that near ones are named."""
        if cmd_name not in self.commands:
            for home in (_HOME_OF[cmd_name],) if cmd_name in _HOME_OF else HOMES:
                import_module(f"{__package__}.{home}")
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List all commands, loaded or not."""
        return sorted({*super().list_commands(ctx), *_HOME_OF})

    def main(self, *words: Any, **values: Any) -> Any:  # noqa: ANN401 - click's own signature
        """Run the program; also where help cannot be printed, no traceback reaches a user."""
        try:
            return super().main(*words, **values)
        except OSError as error:
            tell([Problem(_place_of(error), 0, 0, error.strerror or str(error))])
            sys.exit(MISUSE)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run a command; an error that ends it is reported in one line."""
        try:
            with seldom_collected():
                return super().invoke(ctx)
        except ToolkitError as error:
            tell(error.problems)
        except KeyboardInterrupt:
            warn("interrupted")
            return ctx.exit(INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except OSError as error:
            tell([Problem(_place_of(error), 0, 0, error.strerror or str(error))])
        except Exception as error:  # noqa: BLE001 - no traceback reaches a user
            what = f"internal error, {type(error).__name__}: {error}"
            tell([Problem("yiben", 0, 0, f"{what}; please report it with the page it came from")])
        return ctx.exit(MISUSE)


def _place_of(error: OSError) -> str:
    """Return the file that an error is about; output is the one that has no name."""
    of_output = error.filename is None and error.errno in {EBADF, EIO, ENOSPC}
    return "standard output" if of_output else str(error.filename or "")
