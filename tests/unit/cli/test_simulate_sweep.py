"""`onair simulate --sweep`: the option, the table, the curve and the choice."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from onair.cli.chart import NARROWEST
from onair.cli.main import main
from onair.cli.sweeps import scatter
from tests.unit.cli.planning import MOL, campaign
from tests.unit.cli.simulating import API, EVENING, onair_simulate, said

HEADROOM = ("--sweep", "headroom=0..100%")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("headroom", "is not such as headroom=0..100%", id="no range"),
        pytest.param("hold=0..5m", "is not such as", id="another setting"),
        pytest.param("headroom=0..5m", "must be a percentage", id="a duration"),
        pytest.param("headroom=0..2000%", "from 0% to 1000%", id="too much"),
        pytest.param("lead=0..30%", "must be a duration", id="a percentage"),
        pytest.param("lead=0..2", "must be a duration", id="no unit"),
        pytest.param("lead=20m..5m", "20m is not below 5m", id="backwards"),
        pytest.param("lead=5m..5m", "5m is not below 5m", id="one"),
    ],
)
def test_a_wrong_sweep_is_refused(text: str, words: str) -> None:
    """It says what would be right."""
    result = onair_simulate(MOL, *API, "--sweep", text)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        pytest.param("headroom=0..100%", "0%", "100%", id="the unit is that of the end"),
        pytest.param("headroom=12.5%..50%", "12.5%", "50%", id="with its own"),
        pytest.param("lead=0..20m", "0s", "20m", id="a lead"),
        pytest.param("lead=90s..1h5m", "1m30s", "1h5m", id="with another unit"),
    ],
)
def test_a_sweep_goes_from_end_to_end(text: str, first: str, last: str) -> None:
    """Each of its settings has what it loses and costs."""
    found = said("--sweep", text)["sweep"]
    assert len(found["settings"]) == 11
    ends = [found["settings"][n]["setting"] for n in (0, -1)]
    assert ends == [first, last]
    assert found["of"] == text.partition("=")[0]


def test_the_choice_is_marked() -> None:
    """In the table and in the curve, and there is a sentence about it."""
    lines = onair_simulate(MOL, *API, *HEADROOM).stdout.splitlines()
    (chosen,) = [line for line in lines if line.endswith("choose this")]
    assert said(*HEADROOM)["sweep"]["choice"] == "30%"
    assert chosen.split()[0] == "30%"
    assert sum("*" in line and "┤" in line for line in lines) == 1
    assert any(line.startswith("Choose headroom 30%: it is the knee") for line in lines)


def test_what_does_not_matter_stays() -> None:
    """The arms are those of the campaign as it is, whatever a sweep tries."""
    alone, swept = said(), said(*HEADROOM)
    assert alone["arms"] == swept["arms"]


def test_multipliers_have_no_headroom() -> None:
    """To sweep it would show nothing; the lead may be swept."""
    given = campaign(load={"shape": "Episode", "multiplier": "20"})
    result = onair_simulate(MOL, "-", *API, *HEADROOM, given=given)
    assert result.exit_code == 2
    assert "every load is a multiplier" in result.stderr
    assert onair_simulate(MOL, "-", *API, "--sweep", "lead=0..20m", given=given).exit_code == 0


def test_marks_stand_where_they_belong() -> None:
    """The cheapest on the left, what loses most on top; a later mark covers an earlier one."""
    lines = list(scatter([("a", 10, 4), ("b", 20, 0), ("c", 15, 2), ("d", 20, 0)], 21))
    assert lines[0].endswith(" 4.00 % ┤a" + " " * 20)
    assert "d" in lines[11]
    assert lines[11].index("d") == lines[0].index("a") + 20
    assert not any("b" in line.partition("┤")[2] for line in lines)
    assert lines[13].split() == ["10.0", "20.0", "pod-hours"]


@pytest.mark.parametrize("columns", [pytest.param(n, id=f"{n}") for n in (1, 20, 32, 33)])
def test_a_curve_has_a_least_width(columns: int) -> None:
    """However narrow the terminal is: fewer columns tell nothing."""
    made = ["simulate", MOL, "--trace", EVENING, *API, *HEADROOM]
    result = CliRunner(env={"COLUMNS": str(columns)}).invoke(main, [*map(str, made)])
    assert result.exit_code == 0
    axis = next(line for line in result.stdout.splitlines() if "└" in line)
    assert axis.count("─") == NARROWEST


@pytest.mark.parametrize(
    "marks",
    [
        pytest.param([("o", 5, 1.0), ("*", 5, 1.0)], id="all at one cost"),
        pytest.param([("o", 5, 0.0), ("*", 6, 0.0)], id="nothing is lost"),
    ],
)
def test_a_curve_may_be_a_point(marks: list[tuple[str, float, float]]) -> None:
    """There is nothing to scale then."""
    assert any("*" in line for line in scatter(marks, 20))
