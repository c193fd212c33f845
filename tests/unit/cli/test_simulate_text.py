"""A simulation as text: the verdict, tables that fit a terminal, and what was assumed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from onair.cli.texts import percent
from tests.unit.cli.planning import MOL, campaign
from tests.unit.cli.simulating import API, HPA, onair_simulate, said

if TYPE_CHECKING:
    from pathlib import Path

WIDTH = 96


def text(*arguments: object, given: str | None = None) -> str:
    """Return what is printed, each run of spaces and line breaks as one space."""
    files = (MOL, *("-" for _ in range(given is not None)))
    return " ".join(onair_simulate(*files, *API, *arguments, given=given).stdout.split())


def flat(path: Path, begin: datetime, hours: int) -> Path:
    """Write a trace of hours in which nothing changes, and return its path."""
    rows = [f"{begin + timedelta(hours=n):%Y-%m-%dT%H:%M:%SZ},360000" for n in range(hours)]
    path.write_text("\n".join(["time_utc,requests", *rows]))
    return path


def test_the_verdict_comes_first() -> None:
    """What would have been lost with the HPA alone and with OnAir, and at which cost."""
    result = onair_simulate(MOL, *API).stdout.splitlines()
    assert result[3].startswith("Of 18,796,646 requests the HPA alone would have lost ")
    assert ", OnAir nothing for " in result[3]


def test_an_hpa_that_is_enough_is_said_to_be() -> None:
    """Nobody is told to add what they do not need."""
    enough = "The HPA alone is enough for this trace at this speed."
    assert enough in text("--capacity", 100_000)
    assert enough not in text()


def test_lines_fit_the_terminal() -> None:
    """However long names are, and beside a sweep."""
    name = "a" * 63
    long = campaign(title="b" * 100).replace("name: wie-is-de-mol", f"name: {name}")
    result = onair_simulate(MOL, "-", *API, "--sweep", "lead=0..20m", given=long)
    assert f"{'a' * 37}..." in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= WIDTH


def test_airings_are_listed_in_the_zone_that_is_said() -> None:
    """That of the campaigns, unless another one is."""
    assert "Sat 9 Jan 20:30 wie-is-de-mol episode" in text()
    assert "Sat 9 Jan 19:30 wie-is-de-mol episode" in text("--time-zone", "UTC")


def test_airings_that_are_cut_are_marked() -> None:
    """A row that looks like any other would tell too little of them."""
    found = text("--until", "2027-01-09T21:45")
    assert "Sat 9 Jan 20:30 * wie-is-de-mol episode" in found
    assert "* cut: what is simulated is not all from its first floor" in found
    assert "*" not in text()
    cut = [said(*until)["airings"][0]["cut"] for until in ((), ("--until", "2027-01-09T21:45"))]
    assert cut == [False, True]


@pytest.mark.parametrize(
    ("size", "told"),
    [pytest.param(300, False, id="at it"), pytest.param(301, True, id="beyond it")],
)
def test_a_cron_job_beyond_the_hpas_maximum_is_told(size: int, *, told: bool) -> None:
    """It raises the maximum, too, which a real one must do itself."""
    assert ("The cron job raises the HPA's maximum of 300 to" in text("--cron", size)) == told


def test_what_was_assumed_is_said() -> None:
    """The cluster, the speed, the share, and what of the HPA nobody said."""
    found = text("--speed", 10, "--start-up", "1m30s", "--cron", 1)
    assert "The crowd comes 10 times as fast. 80 % of the trace reach mol-api." in found
    assert "serves 50 requests/s well and is full at 71.43 requests/s; it is Ready 1m30s" in found
    assert "The HPA by default has 1 to 300 replicas" in found
    assert "cron, 1 replica " in found
    assert "The HPA of the files has 4 to 20 replicas" in text(given=HPA)


@pytest.mark.parametrize(
    ("days", "since", "words"),
    [
        pytest.param(9, 1, "no word", id="a week and a day"),
        pytest.param(
            2, 1, "The trace does not go back to last week, so that arm is the HPA", id="two days"
        ),
        pytest.param(
            9, 3, "The trace goes back to last week from Thu 7 Jan 2027 00:00 on.", id="in between"
        ),
    ],
)
def test_how_far_the_trace_goes_back_is_said(
    tmp_path: Path, days: int, since: int, words: str
) -> None:
    """Where an arm that looks at earlier days has none to look at."""
    ends = datetime(2027, 1, 9, tzinfo=UTC)
    trace = flat(tmp_path / "trace.csv", ends - timedelta(days=days), days * 24)
    daily = {"name": "a", "start": "2026-12-31T20:30:00Z", "duration": "1h", "repeat": "FREQ=DAILY"}
    given = campaign(airtimes=[daily], timeZone="UTC")
    window = ("--from", f"{ends - timedelta(days=since):%Y-%m-%dT%H:%MZ}")
    found = text("--trace", trace, *window, given=given)
    assert ("The trace" in found) == (words != "no word")
    assert words == "no word" or words in found


@pytest.mark.parametrize(
    ("number", "want"),
    [
        pytest.param(0, "0 %", id="nothing"),
        pytest.param(1e-9, "<0.01 %", id="next to nothing"),
        pytest.param(0.00499, "<0.01 %", id="less than shown"),
        pytest.param(0.005, "0.01 %", id="the least shown"),
        pytest.param(100, "100.00 %", id="everything"),
    ],
)
def test_a_share_is_never_rounded_to_nothing(number: float, want: str) -> None:
    """`0 %` is said of nothing only."""
    assert percent(number) == want
