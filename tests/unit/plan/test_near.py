"""The airings that have demand around an instant."""

from datetime import timedelta

import pytest

from onair.plan.near import Near, around
from onair.schedule.airings import Airing
from tests.unit.plan.example import at, first_airing, needs

FIRST = first_airing()
"""With demand from 19:15 until 21:45."""


@pytest.mark.parametrize(
    ("start", "end", "want"),
    [
        pytest.param("19:14:59", "19:14:59", (), id="before its first demand"),
        pytest.param("19:15", "19:15", (FIRST,), id="from its first demand on"),
        pytest.param("19:00", "19:15", (FIRST,), id="when the stretch ends"),
        pytest.param("21:45", "23:00", (FIRST,), id="when the stretch begins"),
        pytest.param("21:45:01", "23:00", (), id="after its last demand"),
    ],
)
def test_an_airing_is_near_while_it_has_demand(
    start: str, end: str, want: tuple[Airing, ...]
) -> None:
    """Its slack and its tail included, both ends of the stretch included."""
    assert Near((FIRST,)).between(at(start), at(end)) == want


def test_others_are_left_out() -> None:
    """Each airing is asked for itself, and the order stays."""
    other = first_airing(start="2027-01-09T21:30:00")
    whole = Near((FIRST, other))
    assert whole.between(at("19:30"), at("19:30")) == (FIRST,)
    assert whole.between(at("21:00"), at("21:00")) == (FIRST, other)
    assert whole.between(at("21:50"), at("21:50") + timedelta(days=9)) == (other,)


@pytest.mark.parametrize(
    ("clock", "want"),
    [
        pytest.param("19:04:59", [], id="before its warm-up"),
        pytest.param("19:05", [FIRST], id="from its warm-up on"),
        pytest.param("21:52", [FIRST], id="while it cools down"),
        pytest.param("23:00", [], id="when it has cooled down"),
    ],
)
def test_an_airing_is_around_while_it_holds_replicas(clock: str, want: list[Airing]) -> None:
    """Its warm-up and its cool-down included; a need without such an airing is left out."""
    (api, _) = needs()
    assert [list(need.airings) for need in around([api], at(clock))] == ([want] if want else [])
