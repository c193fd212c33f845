"""A trace is read from a file or from standard input; what is wrong is said with its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from onair.cli.tracing import read_trace, trace_option
from onair.schedule.zones import zone
from onair.traces.lines import MAX_BYTES
from tests.unit.traces.texts import BEGIN, minutes, table

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

TEXT = table(*minutes(60, 120))


def told(*arguments: object, given: str | None = None) -> Result:
    """Run a command that says how long a trace is, and what was repaired."""

    @click.command
    @trace_option
    def command(trace: str) -> None:
        read = read_trace(trace, None)
        click.echo(f"{len(read.trace.rates)} steps {read.notes}")

    return CliRunner().invoke(command, [*map(str, arguments)], input=given)


def test_a_file(tmp_path: Path) -> None:
    """The option names a file."""
    (tmp_path / "trace.csv").write_text(TEXT)
    assert told("--trace", tmp_path / "trace.csv").stdout == "2 steps ()\n"


def test_standard_input() -> None:
    """A dash is standard input."""
    assert told("--trace", "-", given=TEXT).stdout == "2 steps ()\n"


def test_the_zone(tmp_path: Path) -> None:
    """Local times are of the zone that the command was told."""
    file = tmp_path / "trace.csv"
    file.write_text("time,requests\n2027-01-09T21:00,1\n2027-01-09T21:01,1\n")
    assert read_trace(str(file), zone("Europe/Amsterdam")).trace.begin == BEGIN


def test_no_option() -> None:
    """A trace must be named."""
    result = told()
    assert result.exit_code == 2
    assert "Missing option '--trace'" in result.stderr


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("", "it is a directory; name the file of a trace", id="a directory"),
        pytest.param("absent.csv", "there is no such file", id="no file"),
        pytest.param("bad.csv/x", "Not a directory", id="a file as a directory"),
        pytest.param("bad.csv", "line 2: '-1' is negative", id="no trace"),
        pytest.param("large.csv", "it is larger than 256 MiB; cut the trace", id="a large file"),
        pytest.param("gone.csv", "there is no such file", id="a link to nothing"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, name: str, message: str) -> None:
    """What cannot be read is wrong usage, said with the file's name and without a traceback."""
    (tmp_path / "bad.csv").write_text(table(*minutes(-1)))
    (tmp_path / "gone.csv").symlink_to("nothing")
    with (tmp_path / "large.csv").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    result = told("--trace", tmp_path / name)
    assert result.exit_code == 2
    assert f"Error: {tmp_path / name}: {message}" in result.stderr


def test_a_closed_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """A standard input that is closed is wrong usage, too."""
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(click.UsageError, match=r"^stdin: it is closed; name a file$"):
        read_trace("-", None)


def test_no_trace_on_standard_input() -> None:
    """What is wrong with standard input is said with that name."""
    result = told("--trace", "-", given="")
    assert result.exit_code == 2
    assert "Error: stdin: it is empty; a trace has a header" in result.stderr


def test_a_device_without_an_end() -> None:
    """A device is read no further than a line may be long."""
    result = told("--trace", "/dev/zero")
    assert result.exit_code == 2
    assert "Error: /dev/zero: line 1 has more than 8 MiB; divide it" in result.stderr
