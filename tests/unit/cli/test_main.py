"""The commands together: found, explained, and none waits for what it does not need."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from onair.cli.main import COMMANDS, main

OFFLINE = ("completion", "import", "lint", "plan", "shapes", "start")
EACH = pytest.mark.parametrize("name", [pytest.param(name, id=name) for name in COMMANDS])


def command(name: str) -> click.Command:
    """Return a command of `onair`."""
    found = main.get_command(click.Context(main), name)
    assert found is not None
    return found


@EACH
def test_short_help(name: str) -> None:
    """The list of all commands says of each the first sentence of its own help."""
    assert command(name).get_short_help_str(limit=100) == COMMANDS[name].help


@EACH
def test_examples(name: str) -> None:
    """The help of each command has examples, each on a line of its own."""
    found = command(name)
    context = click.Context(found, info_name=f"onair {name}")
    shown = found.get_help(context)
    lines = [
        line.strip() for line in shown.partition("Examples:\n")[2].partition("\n\n")[0].split("\n")
    ]
    assert any(line.startswith(f"onair {name} ") for line in lines)
    assert all(line.count(f"onair {name} ") <= 1 for line in lines)
    assert "\\b" not in shown


@pytest.mark.parametrize("name", [pytest.param(name, id=name) for name in OFFLINE])
def test_offline(name: str) -> None:
    """A command that plans files imports no client of a cluster."""
    heavy = "{'aiohttp', 'kopf', 'kubernetes', 'prometheus_client'}"
    source = (
        "import sys, onair.cli.main as m; "
        f"m.main.get_command(None, {name!r}); "
        f"print(sorted({heavy} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", source]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_unknown() -> None:
    """A command that there is not is refused as a usage error."""
    with pytest.raises(click.UsageError, match="No such command 'fly'"):
        main.main(["fly"], standalone_mode=False)
