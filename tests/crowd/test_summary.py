"""The arithmetic of a run: percentiles, step functions, failures, cost, bounds."""

from __future__ import annotations

from dataclasses import replace
from math import isnan

import pytest
from rich.console import Console

from tests.crowd.answers import Answer, percentile
from tests.crowd.arms import CRON, HPA, ONAIR
from tests.crowd.episode import Episode
from tests.crowd.measure import Run
from tests.crowd.report import figures, line, table
from tests.crowd.steps import Steps
from tests.crowd.summary import Spread, Summaries, Summary, complete, ratios, summarize

STEPS = Steps.of([(10, 6), (0, 2), (20, 4), (-5, 9)])


@pytest.mark.parametrize(
    ("percent", "want"),
    [
        pytest.param(50, 5, id="median"),
        pytest.param(95, 10, id="95 of ten is the last"),
        pytest.param(0, 1, id="0"),
        pytest.param(100, 10, id="100"),
    ],
)
def test_percentile_is_a_value_that_occurred(percent: float, want: float) -> None:
    """The nearest rank: the smallest value that so many percent do not exceed."""
    assert percentile([3, 1, 2, 10, 9, 8, 7, 6, 5, 4], percent) == want


def test_percentile_of_nothing_is_not_a_number() -> None:
    """A run in which nothing was served has no latency."""
    assert isnan(percentile([], 95))


@pytest.mark.parametrize(
    ("second", "want"),
    [
        pytest.param(-9, 9, id="before the first change"),
        pytest.param(0, 2, id="at a change"),
        pytest.param(19.9, 6, id="before a change"),
        pytest.param(99, 4, id="after the last"),
    ],
)
def test_steps_hold_until_the_next_change(second: float, want: float) -> None:
    """A value holds from its second on, the first also before it."""
    assert STEPS.at(second) == want


def test_steps_integrate_over_time() -> None:
    """Pod-seconds, mean and peak are of the window alone."""
    assert STEPS.integral(5, 25) == 5 * 2 + 10 * 6 + 5 * 4
    assert STEPS.mean(5, 25) == pytest.approx(90 / 20)
    assert STEPS.peak(0, 30) == 6
    assert STEPS.peak(0, 10) == 2


def test_later_of_two_changes_at_a_second_counts() -> None:
    """Two writes within the clock's resolution end in the second one."""
    assert Steps.of([(1, 5), (1, 6)]).at(1) == 6


def test_summary_counts_what_people_met() -> None:
    """Failures by kind, latencies of what was served only, pods over the episode's length."""
    length, end = Episode().length, Episode().end
    outcomes = ["200", "200", "503", "timeout", "refused", "error", "404"]
    answers = [
        Answer(end - 4 + i, 0.002, (i + 1) / 4, outcome) for i, outcome in enumerate(outcomes)
    ]
    steps = {
        "ready": Steps.of([(0, 2), (length / 2, 4)]),
        "pods": Steps.of([(0, 3), (length / 2, 5), (length, 99)]),
        "busy": Steps.of([(0, 50), (2, 90), (5, 50)]),
    }
    assert summarize(Run(HPA, 1, Episode(), answers, steps)) == Summary(
        requests=7,
        failed=5,
        failed_by_end=2,
        full=1,
        timeout=1,
        refused=1,
        error=2,
        p50=250,
        p95=500,
        p99=500,
        mean_ready=3,
        peak_ready=4,
        pod_seconds=4 * length,
        busy=50 + 3 * 40 / length,
        busy_seconds=3,
        lag_p99=2,
    )


SUMMARY = Summary(
    requests=1000,
    failed=100,
    failed_by_end=40,
    full=100,
    timeout=0,
    refused=0,
    error=0,
    p50=200,
    p95=300,
    p99=400,
    mean_ready=10,
    peak_ready=20,
    pod_seconds=1000,
    busy=50,
    busy_seconds=12,
    lag_p99=1,
)


def _failed(*counts: int) -> list[Summary]:
    return [replace(SUMMARY, failed=count) for count in counts]


def test_ratios_are_made_pair_by_pair() -> None:
    """The median is that of the pairs' ratios, not a ratio of medians."""
    spread = ratios(_failed(10, 10, 90), _failed(100, 50, 100), lambda s: s.failed)
    assert spread == Spread(0.2, 0.1, 0.9)


@pytest.mark.parametrize(
    ("failed", "cost", "want"),
    [
        pytest.param(10, 1500, [], id="at both bounds"),
        pytest.param(11, 1500, ["failures_ratio"], id="too many failures"),
        pytest.param(10, 1501, ["pod_seconds_ratio"], id="too dear"),
    ],
)
def test_bounds_are_a_tenth_and_one_and_a_half(failed: int, cost: float, want: list[str]) -> None:
    """OnAir fails beyond a tenth of the HPA's failures or 1.5 times its pod-seconds."""
    ours = replace(SUMMARY, failed=failed, pod_seconds=cost)
    judged = figures({HPA: [SUMMARY], ONAIR: [ours]}, bounded=True)
    assert [figure.name for figure in judged if figure.failed] == want


def test_nothing_is_proven_where_the_hpa_fails_nobody() -> None:
    """Without a failure to avoid there is no ratio, and that is not a success."""
    judged = figures({HPA: _failed(0), ONAIR: _failed(0)}, bounded=True)
    assert [figure.name for figure in judged if figure.failed] == ["failures_ratio"]


def test_short_form_judges_nothing() -> None:
    """Its figures are told without a bound."""
    judged = figures({HPA: [SUMMARY], ONAIR: _failed(999)}, bounded=False)
    assert not any(figure.failed for figure in judged)


def test_busy_machine_is_marked() -> None:
    """A run that had more than a twentieth of its time on a full machine says so."""
    assert line(HPA, 1, replace(SUMMARY, busy_seconds=13)).endswith("TOO BUSY")
    assert "TOO BUSY" not in line(HPA, 1, SUMMARY)


def test_pairs_that_are_complete_count() -> None:
    """A pair that one arm has not lived through is left out of the table for all of them."""
    whole = complete({HPA: _failed(1, 2), CRON: _failed(3, 4), ONAIR: _failed(5)})
    assert whole == {HPA: _failed(1), CRON: _failed(3), ONAIR: _failed(5)}


@pytest.mark.parametrize(
    ("value", "want"),
    [
        pytest.param(0.0157, "0.016", id="below 1"),
        pytest.param(1.62, "1.6", id="below 10"),
        pytest.param(12.5, "12", id="halves go to the even number"),
        pytest.param(99.6, "100", id="rounded up to three digits"),
        pytest.param(5370.4, "5,370", id="thousands"),
        pytest.param(7, "7", id="whole"),
    ],
)
def test_numbers_are_as_short_as_they_may(value: float, want: str) -> None:
    """A cell has two digits, or all that a number above 10 has before the point."""
    assert _row({HPA: [replace(SUMMARY, p50=value)]}, "served, p50 ms") == [want]


def test_table_has_medians_and_spread() -> None:
    """Each arm has a column; a figure is its median with the least and the most."""
    both = {HPA: _failed(5, 1200, 7), ONAIR: [SUMMARY]}
    assert _row(both, "failed") == ["7 (5 to 1,200)", "100"]
    assert _row(both, "- until the end of the broadcast") == ["40", "40"]
    assert _row({ONAIR: [SUMMARY]}, "- after it") == ["60"]


def _row(summaries: Summaries, name: str) -> list[str]:
    console = Console(width=200)
    with console.capture() as printed:
        console.print(table(summaries))
    rows = [line.split("|")[1:-1] for line in printed.get().splitlines() if "|" in line]
    (cells,) = (row[1:] for row in rows if row[0].strip() == name)
    return [cell.strip() for cell in cells]
