"""`onair import` says at once what is wrong with its options and with its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from onair.cli.imports import import_

if TYPE_CHECKING:
    from pathlib import Path

PLAN = "date,time,length,title\n2027-04-01,20:30,1h,Mol\n"
GOOD = ("--target-set", "mol", "--time-zone", "UTC", "--shape", "Episode", "--multiplier", "2")


def run(tmp_path: Path, *options: str, name: str = "plan.csv", text: str = PLAN) -> Result:
    """Return what the command does with a file."""
    path = tmp_path / name
    path.write_text(text)
    return CliRunner().invoke(import_, [str(path), *options])


@pytest.mark.parametrize(
    ("options", "want"),
    [
        pytest.param(["--people", "1" * 5000], "load.audience.people: must have", id="digits"),
        pytest.param(["--time-zone", "EST"], "with or without summer time", id="abbreviation"),
        pytest.param(["--time-zone", "Mars/Olympus"], "'Mars/Olympus' is no time zone", id="zone"),
        pytest.param(["--target-set", "A B"], "targetSets[0].name: must be", id="target set"),
        pytest.param(["--namespace", "A B"], "metadata.namespace: must be", id="namespace"),
        pytest.param(["--multiplier", "0"], "load.multiplier: must be", id="multiplier"),
        pytest.param(["--response", "5"], "load.audience.response: must be", id="response"),
        pytest.param(["--duration", "soon"], "duration: must be", id="duration"),
        pytest.param(["--people", "5", "--multiplier", "5"], "keep one", id="two sizes"),
        pytest.param(["--shape", "Boost"], "'Boost' is not one of", id="shape"),
        pytest.param(["--date-order", "myd"], "'myd' is not one of", id="date order"),
    ],
)
def test_wrong_options(tmp_path: Path, options: list[str], want: str) -> None:
    """An option that no manifest could have is refused before the file is read."""
    done = run(tmp_path, *options, text="")
    assert done.exit_code == 2
    assert want in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("options", "want"),
    [
        pytest.param(["--title", "Mol"], "--title is for media plans", id="title"),
        pytest.param(["--date-order", "dmy"], "--date-order is for media plans", id="date order"),
    ],
)
def test_options_of_plans(tmp_path: Path, options: list[str], want: str) -> None:
    """An option that would change nothing in a calendar is refused."""
    done = run(tmp_path, *GOOD, *options, name="calendar.ics", text="")
    assert done.exit_code == 2
    assert want in done.stderr


@pytest.mark.parametrize(
    ("name", "text", "want"),
    [
        pytest.param("plan.xlsx", PLAN, "say with --format", id="suffix"),
        pytest.param("plan.csv", "", "no row names its columns", id="no plan"),
        pytest.param("calendar.ics", PLAN, "has no calendar", id="no calendar"),
    ],
)
def test_wrong_file(tmp_path: Path, name: str, text: str, want: str) -> None:
    """A file that cannot be read is refused by its name."""
    done = run(tmp_path, *GOOD, name=name, text=text)
    assert done.exit_code == 2
    assert want in done.stderr
    assert done.stdout == ""


def test_standard_input() -> None:
    """A plan comes from standard input as well, if its format is said."""
    done = CliRunner().invoke(import_, ["-", "--format", "csv", *GOOD], input=PLAN)
    assert done.exit_code == 0
    assert "name: mol" in done.stdout
    assert done.stderr == ""


def test_nothing_left(tmp_path: Path) -> None:
    """Where every row is left out, nothing is printed that kubectl would take for a manifest."""
    done = run(tmp_path, *GOOD, text="date,time,length,title\nsoon,20:30,1h,Mol\n")
    assert (done.exit_code, done.stdout) == (1, "")
