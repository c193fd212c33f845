"""How big the next crowd will be."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.fitting.sizes import announced, forecast
from onair.model.loads import Load

PEAKS = st.lists(st.floats(1, 1e6), min_size=1, max_size=12)


def load(**size: Any) -> Load:  # noqa: ANN401 - a manifest's
    """Return a load of a size."""
    return Load.model_validate({"shape": "Flat"} | size)


PEOPLE = load(audience={"people": "20k"})
RATE = load(requestsPerSecond=500)
TIMES = load(multiplier=4)


@pytest.mark.parametrize(
    ("loads", "want"),
    [
        pytest.param([PEOPLE, load(audience={"people": "30k"})], [20_000, 30_000], id="people"),
        pytest.param([RATE, load(requestsPerSecond=700)], [500, 700], id="requests a second"),
        pytest.param([TIMES, load(multiplier=2)], [1, 1], id="multiples of the usual load"),
        pytest.param([PEOPLE, RATE], [1, 1], id="several kinds"),
    ],
)
def test_announced(loads: list[Load], want: list[float]) -> None:
    """Airings are compared by what was announced, where all say the same kind of size."""
    assert announced(loads) == want


def test_ratio_to_what_was_announced() -> None:
    """If twice as many people are announced as ever, twice the crowd is expected."""
    assert forecast([100, 200, 300], [1000, 2000, 3000], 6000).peak == pytest.approx(600)


def test_one_odd_airing_does_not_count() -> None:
    """The median of ratios does not follow a single one, however large."""
    assert forecast([100, 100, 9000, 100], [1] * 4, 1).peak == pytest.approx(100)


def test_what_is_long_ago_is_forgotten() -> None:
    """Only the last eight airings decide."""
    assert forecast([900] * 9 + [100] * 8, [1] * 17, 1).peak == pytest.approx(100)


@pytest.mark.parametrize(
    ("peaks", "want"),
    [
        pytest.param([100], 0.5, id="one airing: nothing is known of errors"),
        pytest.param([100, 300, 900], 0.5, id="two forecasts are too few"),
        pytest.param([100, 100, 100, 100], 0.25, id="never wrong: the busiest second alone"),
        pytest.param([400, 200, 100, 50], 0.25, id="only ever too high"),
        pytest.param([1, 1, 1, 9000], 10, id="never more than a manifest may say"),
        pytest.param([1, 9000] + [1] * 16, 0.25, id="what is long ago is forgotten"),
        pytest.param([100, 100, 100, 200], 0.8, id="short by all once in three, nine in ten"),
    ],
)
def test_headroom(peaks: list[float], want: float) -> None:
    """It would have covered nine in ten of the forecasts that were made so; at first a half."""
    assert forecast(peaks, [1] * len(peaks), 1).headroom == pytest.approx(want)


@given(PEAKS, st.floats(0.1, 10))
def test_unit_does_not_matter(peaks: list[float], factor: float) -> None:
    """Crowds that are all larger by a factor make a forecast that is larger by it, no more."""
    ones = [1.0] * len(peaks)
    plain, larger = forecast(peaks, ones, 1), forecast([p * factor for p in peaks], ones, 1)
    assert larger.peak == pytest.approx(plain.peak * factor)
    assert larger.headroom == pytest.approx(plain.headroom, abs=1e-6)
    assert min(peaks) * 0.999 <= plain.peak <= max(peaks) * 1.001
