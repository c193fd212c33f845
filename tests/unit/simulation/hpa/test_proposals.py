"""From a metric to the replicas that it asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.simulation.hpa.proposals import Cpu, Rate, Seen
from onair.simulation.hpa.rules import Tolerance

TENTH = Tolerance(0.1, 0.1)
CPU = Cpu(70, 70, TENTH)
"""One request/s takes one per cent of what a pod requests."""


def seen(load: float, measured: int, unready: int = 0) -> Seen:
    """Return what the controller sees of so many pods."""
    return Seen(measured + unready, 1, 1000, measured, unready, load)


@pytest.mark.parametrize(
    ("looked", "want"),
    [
        pytest.param(seen(70, 4), 4, id="at the target"),
        pytest.param(seen(77.9, 4), 4, id="77 per cent is 1.1 targets, and within"),
        pytest.param(seen(78, 10), 12, id="78 of 70 per cent asks for 11.14"),
        pytest.param(seen(91, 2), 3, id="91 of 70 per cent asks for 2.6"),
        pytest.param(seen(100, 10), 15, id="a full pod asks for 1.43 times as many"),
        pytest.param(seen(63, 10), 10, id="63 per cent is 0.9 targets, and within"),
        pytest.param(seen(62.9, 10), 9, id="62 of 70 per cent asks for 8.86"),
        pytest.param(seen(35, 10), 5, id="half"),
        pytest.param(seen(0, 10), 0, id="idle"),
        pytest.param(seen(100, 4, 4), 8, id="idle unready pods bring 1.43 down to 0.71: no change"),
        pytest.param(seen(100, 8, 2), 12, id="80 of 70 per cent over ten pods asks for 11.43"),
        pytest.param(seen(100, 8, 3), 11, id="72 per cent over eleven pods is within"),
        pytest.param(seen(35, 4, 4), 2, id="unready pods are left out on the way down"),
    ],
)
def test_cpu(looked: Seen, want: int) -> None:
    """Utilisation counts in whole per cents; unready pods count as idle only on the way up."""
    assert CPU.proposed(looked) == want


def test_cpu_without_metrics() -> None:
    """Where no pod is measured, nothing is asked for."""
    assert CPU.proposed(seen(50, 0, 3)) is None


def test_idle_unready_pods_never_lower_replicas() -> None:
    """What they bring below the replicas that there are leaves those as they are."""
    tight = Cpu(70, 70, Tolerance(0.1, 0.01))
    assert tight.proposed(Seen(10, 1, 1000, 8, 2, 91)) == 11  # 72 per cent asks ten pods for 10.3
    assert tight.proposed(Seen(12, 1, 1000, 8, 2, 91)) == 12


@pytest.mark.parametrize(
    ("tolerance", "load", "want"),
    [
        pytest.param(Tolerance(0.1, 0), 71, 11, id="none on the way up"),
        pytest.param(Tolerance(0, 0.1), 69.9, 10, id="69 of 70 per cent rounds up to ten of ten"),
        pytest.param(Tolerance(0, 0.1), 62, 9, id="none on the way down"),
        pytest.param(Tolerance(0.5, 0.1), 36, 10, id="half on the way down"),
        pytest.param(Tolerance(0.5, 0.1), 34, 5, id="more than half"),
    ],
)
def test_tolerances_differ(tolerance: Tolerance, load: float, want: int) -> None:
    """Each direction has a tolerance of its own."""
    assert Cpu(70, 70, tolerance).proposed(seen(load, 10)) == want


@pytest.mark.parametrize(
    ("current", "load", "want"),
    [
        pytest.param(4, 200, 4, id="at the target"),
        pytest.param(4, 220, 4, id="1.1 targets are within"),
        pytest.param(4, 221, 5, id="more asks for 4.42"),
        pytest.param(4, 180, 4, id="0.9 targets are within"),
        pytest.param(4, 149, 3, id="fewer"),
        pytest.param(4, 5000, 100, id="a crowd, at once"),
        pytest.param(4, 150 + 1e-12, 3, id="what sums of floats are off"),
        pytest.param(4, 0, 0, id="nothing"),
    ],
)
def test_rate(current: int, load: float, want: int) -> None:
    """The rate of all is divided by what one replica is to serve; pods do not matter."""
    assert Rate(50, TENTH).proposed(Seen(current, 1, 1000, 0, 0, load)) == want


def test_tolerances_of_a_rate_differ() -> None:
    """Each direction has a tolerance of its own."""
    rate = Rate(50, Tolerance(0.5, 0))
    assert rate.proposed(Seen(4, 1, 1000, 0, 0, 201)) == 5
    assert rate.proposed(Seen(4, 1, 1000, 0, 0, 101)) == 4


TOLERANCES = st.builds(Tolerance, st.sampled_from([0, 0.1, 0.5, 1]), st.floats(0, 2))


@given(st.floats(1, 500), st.integers(1, 150), TOLERANCES, st.floats(0, 2000), st.integers(1, 99))
def test_within_the_band_nothing_changes(
    target: float, utilization: int, tolerance: Tolerance, load: float, pods: int
) -> None:
    """A load within the band asks for the replicas that there are, whatever the metric."""
    cpu, rate = Cpu(target, utilization, tolerance), Rate(target, tolerance)
    low, high = cpu.band(pods)
    if low <= load < high:
        assert cpu.proposed(seen(load, pods)) == pods
        assert cpu.proposed(seen(load, pods, unready=2)) == pods + 2
    low, high = rate.band(pods)
    if low <= load < high:
        assert rate.proposed(seen(load, pods)) == pods


@given(st.floats(1, 500), st.integers(1, 150), TOLERANCES, st.integers(1, 99), st.integers(0, 99))
def test_the_band_ends_where_tolerance_does(
    target: float, utilization: int, tolerance: Tolerance, pods: int, unready: int
) -> None:
    """A load above it asks for more, unless unready pods will take it."""
    cpu = Cpu(target, utilization, tolerance)
    low, high = cpu.band(pods)
    assert low <= target < high
    high += target / 1000
    assert (cpu.proposed(seen(high, pods)) or 0) > pods
    assert (cpu.proposed(seen(high, pods, unready)) or 0) >= pods + unready
    if low > 0:
        assert (cpu.proposed(seen(low - target / 100, pods)) or 0) <= pods
