"""The commands together: found, explained, and none waits for what it does not need."""

from __future__ import annotations

import subprocess
import sys
from os import close, environ, pipe
from pathlib import Path

import click
import pytest

from onair.cli.main import COMMANDS, main
from tests.docs.pages import ROOT

OFFLINE = ("completion", "import", "lint", "plan", "shapes", "start")
ONAIR = Path(sys.executable).with_name("onair")
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


MOL = str(ROOT / "examples/wie-is-de-mol.yaml")


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("plan", MOL), id="lines"),
        pytest.param(("plan", MOL, "-o", "json"), id="a lot at once"),
        pytest.param(("lint", MOL, "-o", "json"), id="what lint says"),
        pytest.param(("start", "a", "--load=4x", "--for=2h", "--target-set=a"), id="a manifest"),
        pytest.param(("plan", "--help"), id="help"),
    ],
)
def test_full_disk(words: tuple[str, ...]) -> None:
    """What cannot be written to is said in words, once, and the status is not 0."""
    buffered = {name: value for name, value in environ.items() if name != "PYTHONUNBUFFERED"}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [ONAIR, *words], env=buffered, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert done.stderr == b"Error: standard output: No space left on device\n"


def test_closed_pipe() -> None:
    """Who reads no further wants to hear nothing of it."""
    reader, writer = pipe()
    close(reader)
    with open(writer, "wb") as output:  # noqa: PTH123 - a descriptor
        done = subprocess.run([ONAIR, "shapes"], stdout=output, stderr=subprocess.PIPE, check=False)
    assert done.stderr == b""


def test_unknown() -> None:
    """A command that there is not is refused as a usage error."""
    with pytest.raises(click.UsageError, match="No such command 'fly'"):
        main.main(["fly"], standalone_mode=False)
