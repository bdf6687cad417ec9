"""The command that says how a platform is set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toolkit.interfaces.cli.parts import projects_of
from toolkit.interfaces.cli.program import main
from toolkit.interfaces.cli.streams import write_text
from toolkit.interfaces.cli.talk import say

if TYPE_CHECKING:
    from pathlib import Path

_NAMES = ("weblate", "crowdin", "transifex", "pontoon")


@main.command(epilog="Example: yiben platform crowdin > crowdin.yml")
@click.argument("name", type=click.Choice(_NAMES))
@click.pass_obj
def platform(directory: Path, name: str) -> None:
    """Print the settings of a translation platform for this project's catalogs.

    Prints the platform's configuration file to standard output, and the steps to take by hand
    to standard error.
    """
    from toolkit.commands.platforms import PlatformName, advise

    advice = advise(projects_of(directory), PlatformName(name))
    say(f"{advice.file}:")
    for words in advice.words:
        say(f"- {words}")
    write_text(advice.text.rstrip("\n"))
