"""The figures of one operator process."""

from __future__ import annotations

from datetime import timedelta

import pytest

from onair.clock import wall_clock
from onair.metrics import Metrics
from onair.model import reasons
from onair.plan.observed import TargetKey
from onair.plan.situation import Decision
from onair.reports import Report
from tests.unit.plan.imagined import SHOW, T0, Imagined

API = TargetKey("tv", "Deployment", "mol-api")
LABELS = '{kind="Deployment",name="mol-api",namespace="tv"}'


def figures(metrics: Metrics) -> dict[str, float]:
    """Return every series and its value."""
    lines = metrics.page().decode().splitlines()
    rows = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {series: float(value) for series, value in rows}


def report(verdicts: dict[str, str]) -> Report:
    """Return a report of a target with 6 of 32 replicas and verdicts by campaign."""
    situation = Imagined(SHOW, replicas=6).situation()
    said = {(name, T0): verdict for name, verdict in verdicts.items()}
    return Report(Decision(reasons.HOLDING, floor=32), situation, None, said)


@pytest.mark.parametrize(
    ("observes", "mode"),
    [pytest.param(False, "enforce", id="enforce"), pytest.param(True, "observe", id="observe")],
)
def test_the_mode_is_a_series(*, observes: bool, mode: str) -> None:
    """Alerts can leave out what is only observed."""
    modes = {s: v for s, v in figures(Metrics(observes=observes)).items() if "onair_mode" in s}
    assert modes == {f'onair_mode{{mode="{mode}"}}': 1}


def test_verdicts_begin_at_zero() -> None:
    """The first bad verdict is an increase, not a new series."""
    said = figures(Metrics(observes=False))
    assert [said[f'onair_verdicts_total{{verdict="{v}"}}'] for v in ("Ready", "Late", "Short")] == [
        0,
        0,
        0,
    ]


def test_floor_and_ready_are_those_of_the_last_look() -> None:
    """Gauges by target say what is due and what is there."""
    metrics = Metrics(observes=False)
    metrics.saw(API, report({}))
    said = figures(metrics)
    assert said[f"onair_floor_replicas{LABELS}"] == 32
    assert said[f"onair_ready_replicas{LABELS}"] == 6


def test_a_verdict_counts_once() -> None:
    """Looking at a target again does not judge it again."""
    metrics = Metrics(observes=False)
    first, second = report({"tv/mol": "Late"}), report({"tv/mol": "Late", "tv/other": "Late"})
    metrics.judged(first.verdicts_since(None))
    metrics.judged(second.verdicts_since(first))
    assert figures(metrics)['onair_verdicts_total{verdict="Late"}'] == 2


@pytest.mark.parametrize("leads", [pytest.param(True, id="leads"), pytest.param(False, id="not")])
def test_only_who_leads_speaks_of_targets(*, leads: bool) -> None:
    """A sum over all replicas of the operator counts every target once."""
    metrics = Metrics(observes=False)
    metrics.saw(API, report({}))
    metrics.works(ready=True, leads=leads)
    said = figures(metrics)
    assert (f"onair_floor_replicas{LABELS}" in said) is leads
    assert (f"onair_ready_replicas{LABELS}" in said) is leads
    assert (said["onair_leading"], said["onair_ready"]) == (float(leads), 1)


@pytest.mark.parametrize(
    ("ago", "within"),
    [pytest.param(3, 0, id="3 s late"), pytest.param(-3, 1, id="early is not late")],
)
def test_lateness_of_writes(ago: float, within: float) -> None:
    """A write is as late as its planned instant is past."""
    metrics, clock = Metrics(observes=False), wall_clock()
    metrics.wrote(clock, clock.now() - timedelta(seconds=ago))
    said = figures(metrics)
    assert said["onair_target_writes_total"] == 1
    assert said['onair_write_lateness_seconds_bucket{le="1.0"}'] == within


def test_of_a_target_that_is_forgotten_nothing_is_said() -> None:
    """Its series end, and the page does not grow with all that ever was."""
    metrics = Metrics(observes=False)
    metrics.saw(API, report({}))
    metrics.reasserted(API)
    assert LABELS in metrics.page().decode()
    metrics.forget(API)
    assert LABELS not in metrics.page().decode()
