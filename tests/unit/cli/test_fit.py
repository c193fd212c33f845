"""`onair fit`: what it prints, and what it says of what it cannot use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from click.testing import CliRunner, Result

from onair.cli.main import main
from onair.documents.writing import write
from onair.model.parse import parse_campaign
from tests.unit.fitting.crowds import after_the_end, body, evenings, trace

if TYPE_CHECKING:
    from pathlib import Path

PEAKS = [500, 700, 400, 800]
TARGET_SET = """
apiVersion: onair.dev/v1alpha1
kind: TargetSet
metadata: {name: site, namespace: tv}
spec:
  targets:
  - {name: site, scaleTargetRef: {name: site}, perReplica: 50, maxReplicas: 99}
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with the trace of four evenings and the calendar of five."""
    made = trace(4, after_the_end(evenings(4), PEAKS))
    rows = (
        f"{made.begin.timestamp() + made.step * n:.0f},{rate}" for n, rate in enumerate(made.rates)
    )
    (tmp_path / "trace.csv").write_text("\n".join(["time,requests_per_second", *rows]))
    (tmp_path / "calendar.yaml").write_text(write([body(evenings(5))]))
    return tmp_path


def fit(folder: Path, *words: str, calendar: str = "calendar.yaml") -> Result:
    """Return what the command does with the files of a folder."""
    given = ["--trace", str(folder / "trace.csv"), "--calendar", str(folder / calendar)]
    return CliRunner().invoke(main, ["fit", *given, *words], env={"COLUMNS": "80"})


def test_text(files: Path) -> None:
    """It prints a load to paste, and for each past airing what would have been forecast."""
    done = fit(files)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    first, last = lines.index("load:"), lines.index("", lines.index("load:"))
    block = yaml.safe_load("\n".join(lines[first:last]))
    spec = body(evenings(5))
    spec["spec"] |= block
    load = parse_campaign(spec).load
    assert load
    assert float(load.requests_per_second or 0) == pytest.approx(591.7)
    rows = [line.split()[5:] for line in lines if "Jan 2027 20:00" in line]
    assert rows[:4] == [
        ["500", "none", "yet"],
        ["700", "500", "-29%", "50%", "yes", "1"],
        ["400", "592", "+48%", "50%", "yes", "2"],
        ["800", "500", "-38%", "50%", "no", "3"],
    ]
    assert "not used: 1 airing on Fri 8 Jan 2027 20:00: after the trace" in lines[-1]
    said = " ".join(done.stdout.split())
    assert "wrong by 38% in the median" in said
    assert "enough in 2 of 3." in said


def test_zone_of_what_is_shown(files: Path) -> None:
    """Airings are shown in the zone of the campaign, or in the one that is asked for."""
    assert "Jan 2027 21:00" in fit(files, "--time-zone", "Europe/Amsterdam").stdout


def test_campaigns(files: Path) -> None:
    """With -o campaigns it prints a calendar that lint and plan take."""
    done = fit(files, "-o", "campaigns")
    assert done.exit_code == 0
    (files / "fitted.yaml").write_text(done.stdout + "---" + TARGET_SET)
    spec = parse_campaign(yaml.safe_load(done.stdout))
    assert [a.load.requests_per_second is None for a in spec.airtimes if a.load] == [False] * 4
    checked = CliRunner().invoke(main, ["lint", str(files / "fitted.yaml")])
    assert "0 errors" in checked.output


def test_nothing_in_the_trace(files: Path) -> None:
    """A calendar of another month has nothing to fit, which is said and no success."""
    later = write([body([at.replace(month=3) for at in evenings(2)])])
    (files / "later.yaml").write_text(later)
    done = fit(files, calendar="later.yaml")
    assert done.exit_code == 1
    assert "The trace shows none of its airings" in done.stdout
    assert "2 airings, the first on Thu 4 Mar 2027 20:00: after the trace" in done.stdout


@pytest.mark.parametrize(
    ("calendar", "code", "want"),
    [
        pytest.param("trace.csv", 1, "trace.csv:1", id="a trace is no calendar"),
        pytest.param("empty.yaml", 2, "there is no campaign in it", id="nothing in it"),
        pytest.param("missing.yaml", 2, "there is no such file", id="no file"),
    ],
)
def test_calendars_that_are_none(files: Path, calendar: str, code: int, want: str) -> None:
    """What is wrong with a calendar is said in words, with what would be right."""
    (files / "empty.yaml").write_text("")
    done = fit(files, calendar=calendar)
    assert done.exit_code == code
    assert want in done.stderr
    assert "Traceback" not in done.stderr


def test_trace_that_is_none(files: Path) -> None:
    """What is wrong with a trace is said with its name."""
    (files / "trace.csv").write_text("nonsense")
    done = fit(files)
    assert done.exit_code == 2
    assert "trace.csv: " in done.stderr


def test_nobody_came(files: Path) -> None:
    """Airings in the trace to which nobody came are told, and no load is made up."""
    quiet = "\n".join(f"{line.split(',')[0]},100" for line in lines_of(files / "trace.csv")[1:])
    (files / "trace.csv").write_text(f"time,requests_per_second\n{quiet}")
    done = fit(files)
    assert done.exit_code == 1
    assert "To the 4 airings in the trace nobody came beyond the usual load" in done.stdout


def test_standard_input_once() -> None:
    """Trace and calendar cannot both be standard input."""
    done = CliRunner().invoke(main, ["fit", "--trace", "-", "--calendar", "-"])
    assert done.exit_code == 2
    assert "the trace or the calendar, not both" in done.stderr


def test_a_narrow_terminal(files: Path) -> None:
    """However narrow a terminal is, everything is printed."""
    given = ["--trace", str(files / "trace.csv"), "--calendar", str(files / "calendar.yaml")]
    done = CliRunner().invoke(main, ["fit", *given], env={"COLUMNS": "2"})
    assert done.exit_code == 0


def lines_of(path: Path) -> list[str]:
    """Return the lines of a file."""
    return path.read_text().splitlines()
