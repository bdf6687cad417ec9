"""A command is loaded when it is asked for, and no other."""

import subprocess
import sys

import click
import pytest

from toolkit.interfaces.cli import main
from toolkit.interfaces.cli.groups import HOMES

CONTEXT = click.Context(main, info_name="yiben")
NAMES = {name: home for home, names in HOMES.items() for name in names}


@pytest.mark.parametrize("name", NAMES)
def test_each_command_is_where_it_is_looked_for(name):
    command = main.get_command(CONTEXT, name)
    assert command is not None
    assert command.callback is not None
    assert command.callback.__module__ == f"toolkit.interfaces.cli.{NAMES[name]}"


def test_every_command_is_listed():
    for name in NAMES:
        main.get_command(CONTEXT, name)
    assert sorted({*NAMES, "completion"}) == sorted(main.commands) == main.list_commands(CONTEXT)


@pytest.mark.process
def test_no_other_command_is_loaded():
    code = (
        "import sys; from toolkit.interfaces.cli import main; import click;"
        "main.get_command(click.Context(main), 'extract');"
        "print(*sorted(name for name in sys.modules if name.startswith('toolkit.interfaces.cli.')))"
    )
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = {name.rpartition(".")[2] for name in found.stdout.split()}
    assert loaded & set(HOMES) == {"catalogs"}
