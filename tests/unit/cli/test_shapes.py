"""`onair shapes`: what it lists, draws and refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from onair.cli.shapes import shapes
from onair.plan.shapes import SHAPES

if TYPE_CHECKING:
    from click.testing import Result

BLOCKS = "▁▂▃▄▅▆▇█"


def run(*arguments: str) -> Result:
    """Run the command as a shell does."""
    return CliRunner().invoke(shapes, arguments, env={"COLUMNS": "80"})


def said(result: Result) -> str:
    """Return what was printed as one line, whatever was wrapped."""
    return " ".join(result.stdout.split())


def test_all_are_listed() -> None:
    """Without a name every shape has a line of its own."""
    lines = run().stdout.splitlines()
    assert [tuple(line.split(maxsplit=1)) for line in lines] == [
        (name, shape.about) for name, shape in SHAPES.items()
    ]
    assert all(len(line) <= 80 for line in lines)


@pytest.mark.parametrize("name", SHAPES, ids=str)
def test_one_is_drawn(name: str) -> None:
    """With a name its chart, points, evidence and what is not added are shown, within the width."""
    shown, shape = run(name), SHAPES[name]
    assert shown.exit_code == 0
    assert set(BLOCKS) & set(shown.stdout)
    for text in (shape.about, shape.unsaid, *(t for p in shape.parts for t in (p.said, p.why))):
        assert " ".join(text.split()) in said(shown)
    assert all(len(line) <= 80 for line in shown.stdout.splitlines())


@pytest.mark.parametrize(
    ("arguments", "want"),
    [
        pytest.param(
            ["Episode"],
            ["       start-15m" + 58 * " " + "end+1h", 15 * " " + "↑start" + 26 * " " + "↑end"],
            id="an airing inside its crowd",
        ),
        pytest.param(["Flat"], ["       start" + 65 * " " + "end"], id="a crowd within the airing"),
        pytest.param(
            ["TVSpot", "--duration", "1h"],
            ["       start" + 61 * " " + "end+15m", 65 * " " + "↑end"],
            id="a crowd after the airing",
        ),
        pytest.param(
            ["Custom"],
            ["       start-15m" + 58 * " " + "end+1m", 21 * " " + "↑start" + 49 * " " + "↑end"],
            id="an end that is almost the last",
        ),
    ],
)
def test_the_airing_is_marked(arguments: list[str], want: list[str]) -> None:
    """Below the chart stand its first and last instant, and the start and end between them."""
    lines = run(*arguments).stdout.splitlines()
    axis = next(number for number, line in enumerate(lines) if "└" in line)
    assert lines[axis + 1 : axis + 1 + len(want)] == want
    assert len([line for line in lines if "↑" in line]) == len(want) - 1


def test_duration() -> None:
    """A send over a minute is drawn as one, steeper than the usual one."""
    minute, usual = (run("Push", *more).stdout for more in (["--duration=1m"], []))
    assert "Drawn for an airing of 1m" in minute
    assert minute.count("█") < usual.count("█")


@pytest.mark.parametrize(
    ("arguments", "want"),
    [
        pytest.param(["Wave"], "'Wave' is not one of 'Flat', 'TVSpot'", id="an unknown shape"),
        pytest.param(["Push", "--duration=1:05"], "must be a duration from 1s", id="a clock"),
        pytest.param(["Push", "--duration=0s"], "must be a duration from 1s", id="no time at all"),
        pytest.param(["--duration=1m"], "name one, such as Episode", id="nothing to draw"),
    ],
)
def test_refused(arguments: list[str], want: str) -> None:
    """What makes no sense is refused with what would, and nothing is printed."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert want in result.stderr


def test_no_colours_in_a_pipe() -> None:
    """What goes to a file or a pipe is plain."""
    assert "\x1b" not in run("Episode").stdout


@pytest.mark.parametrize("columns", [1, 6, 12], ids=str)
def test_a_narrow_terminal(columns: int) -> None:
    """However narrow it is, there is a chart."""
    shown = CliRunner().invoke(shapes, ["Episode"], env={"COLUMNS": str(columns)})
    assert shown.exit_code == 0
    assert set(BLOCKS) & set(shown.stdout)
