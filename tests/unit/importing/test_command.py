"""`onair import` says at once what is wrong with its options and with its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
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
        pytest.param(["--people", "1" * 5000], "--people: must have", id="digits"),
        pytest.param(["--time-zone", "EST"], "with or without summer time", id="abbreviation"),
        pytest.param(["--time-zone", "Mars/Olympus"], "'Mars/Olympus' is no time zone", id="zone"),
        pytest.param(["--target-set", "A B"], "--target-set: must be", id="target set"),
        pytest.param(["--namespace", "A B"], "--namespace: must be", id="namespace"),
        pytest.param(["--multiplier", "0"], "--multiplier: must be", id="multiplier"),
        pytest.param(["--response", "5"], "--response: must be", id="response"),
        pytest.param(["--duration", "soon"], "--duration: must be", id="duration"),
        pytest.param(
            ["--people", "5", "--multiplier", "5"], "--people and --multiplier say", id="two sizes"
        ),
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


def test_unused_options(tmp_path: Path) -> None:
    """An option that belongs beside no crowd of the file is told."""
    done = run(tmp_path, *GOOD, "--headroom", "50%", "--response", "2%")
    assert done.exit_code == 0
    assert done.stderr == (
        "--response is not used: it belongs beside people, and no campaign counts them\n"
        "--headroom is not used: it belongs beside people or requests per second, and no campaign"
        " counts them\n"
    )


def test_used_options(tmp_path: Path) -> None:
    """An option that one of the rows uses is not told."""
    text = "date,time,length,title,people\n2027-04-01,20:30,1h,Mol,\n2027-04-02,20:30,1h,Mol,5k\n"
    done = run(tmp_path, *GOOD, "--response", "2%", text=text)
    assert (done.exit_code, done.stderr) == (0, "")


def test_closed_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """A standard input that is closed is told as such."""
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(click.UsageError, match="it is closed"):
        import_.main(["-", "--format", "csv", *GOOD], standalone_mode=False)


@pytest.mark.parametrize("end", [pytest.param("\r\n", id="usual"), pytest.param("\r", id="CR")])
def test_fold_within_letter(tmp_path: Path, end: str) -> None:
    """A calendar may be folded within a letter, and have the line ends of old Macs."""
    lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:mol", "SUMMARY:Größe", "DURATION:PT1H"]
    lines += ["DTSTART:20270109T203000Z", "END:VEVENT", "END:VCALENDAR", ""]
    text = end.join(lines).encode()
    path = tmp_path / "calendar.ics"
    path.write_bytes(text.replace("ß".encode(), b"\xc3\r\n \x9f") if end == "\r\n" else text)
    done = CliRunner().invoke(import_, [str(path), *GOOD])
    assert (done.exit_code, done.stderr) == (0, "")
    assert "title: Größe" in done.stdout


def test_error_is_safe(tmp_path: Path) -> None:
    """What a file says does not steer the terminal, and is not longer than a line of it."""
    text = "BEGIN:VCALENDAR\nBEGIN:\x1b[31m" + "X" * 100_000
    done = run(tmp_path, *GOOD, name="a\x1b.ics", text=text)
    assert done.exit_code == 2
    assert "\x1b" not in done.stderr
    assert len(done.stderr) < 1000


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
