"""What a cluster is like where nobody says it, and under a faster crowd."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onair.simulation.hpa.rules import DEFAULT
from onair.simulation.settings import CPU, RATE, Hpa, Metric, defaults


def test_a_replica_is_full_at_ten_sevenths_of_what_it_serves() -> None:
    """What its owner says is at 70 % of what it can do, and what the HPA aims at."""
    found = defaults(70, 300)
    assert found.capacity == pytest.approx(100)
    assert found.hpa == Hpa(1, 300, 70.0)
    assert (found.start_up, found.node_wait, found.nodes_kept) == (60, 120, 600)


def test_every_delay_is_longer_for_a_faster_crowd() -> None:
    """In seconds of a trace that comes ten times as fast everything takes ten times as long."""
    found = defaults(70, 300)
    slow = replace(found, hpa=replace(found.hpa, behavior=DEFAULT)).at_speed(10)
    assert (slow.start_up, slow.node_wait, slow.nodes_kept) == (600, 1200, 6000)
    assert (slow.hpa.sync, slow.hpa.stabilization, slow.hpa.initialization) == (150, 3000, 3000)
    assert slow.hpa.metric == Metric("cpu", 150, 150, 150)
    assert slow.hpa.behavior == DEFAULT.slowed(10)
    assert (slow.capacity, slow.per_replica, slow.hpa.target) == (found.capacity, 70, 70)


@pytest.mark.parametrize(
    ("metric", "now", "want"),
    [
        pytest.param(CPU, 60, (30, 45), id="CPU at a renewal"),
        pytest.param(CPU, 74, (30, 45), id="CPU right before the next"),
        pytest.param(RATE, 60, (0, 60), id="a rate"),
        pytest.param(CPU, 0, (-30, -15), id="before the trace"),
    ],
)
def test_a_metric_shows_a_window(metric: Metric, now: float, want: tuple[float, float]) -> None:
    """It is that of the newest renewal."""
    assert metric.seen(now) == want


def test_a_metric_forgets() -> None:
    """What was before 40 s is not in what CPU shows from 75 s on."""
    assert CPU.shows(40) == 75
    assert CPU.shows(45) == 75
