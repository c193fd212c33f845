"""Moments are the instants at which a shape rises above all that came before."""

from fractions import Fraction
from typing import Any

import pytest

from onair.plan.moments import moments
from tests.unit.plan.example import at, first_airing, load

QUARTER, WHOLE = Fraction(1, 4), Fraction(1)


@pytest.mark.parametrize(
    ("changes", "want"),
    [
        pytest.param({}, [("19:15", QUARTER), ("20:36", WHOLE)], id="Episode"),
        pytest.param({"shape": "Flat"}, [("19:30", WHOLE)], id="Flat"),
        pytest.param(
            {
                "shape": "Custom",
                "points": [
                    {"at": "start", "level": "0.001%"},
                    {"at": "end", "level": "100%"},
                ],
            },
            [("19:30", Fraction(1, 100_000)), ("20:35", WHOLE)],
            id="the lowest level that there is",
        ),
        pytest.param(
            {"shape": "Livestream"}, [("19:30", Fraction(7, 20)), ("20:35", WHOLE)], id="Livestream"
        ),
        pytest.param({"shape": "TVSpot"}, [("20:35:15", WHOLE)], id="TVSpot"),
        pytest.param(
            {"shape": "TicketSale"},
            [("19:00", Fraction(3, 10)), ("19:30:10", WHOLE)],
            id="TicketSale",
        ),
        # The most open it at the end of a send that takes longer than a median opener.
        pytest.param({"shape": "Push"}, [("20:35", WHOLE)], id="Push, only its peak"),
        pytest.param(
            {
                "shape": "Custom",
                "points": [
                    {"at": "start", "level": "10%"},
                    {"at": "start", "level": "25%"},
                    {"at": "start+5m", "level": "25%"},
                    {"at": "end-30s", "level": "5%"},
                    {"at": "end", "level": "100%"},
                ],
            },
            [("19:30", QUARTER), ("20:35", WHOLE)],
            id="Custom, with a step, a level that stays and a dip",
        ),
    ],
)
def test_moments(changes: dict[str, Any], want: list[tuple[str, Fraction]]) -> None:
    """Every new height counts once, at the planned end although it may come later."""
    assert moments(first_airing(load(**changes))) == tuple((at(c), level) for c, level in want)
