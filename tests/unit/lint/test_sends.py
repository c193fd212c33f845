"""A push is sent more slowly for a smaller peak, where that is worth a word."""

import re
from math import log
from statistics import NormalDist

import pytest

from tests.unit.lint.examples import linted, reasons, the_one
from tests.unit.lint.test_warnings import ONCE, PUSH, inline


def opened(seconds: float) -> float:
    """Return who has opened a message by then: log-normal, half after 10 minutes, sigma 1.8."""
    return NormalDist(log(600), 1.8).cdf(log(seconds)) if seconds > 0 else 0


def peak(sending: int) -> float:
    """Return the opens/s at the peak of a send of 100,000 over so many seconds, until 2 h later."""
    counted = sum(opened(7200 + second) for second in range(sending)) / sending
    most = max(opened(time) - opened(time - sending) for time in range(1, 7200))
    return 100_000 * most / counted / sending


def test_what_a_slower_send_saves() -> None:
    """The saving is the peak of the send as it is less the peak of the same one in 20 minutes."""
    warning = the_one(linted(inline(load=PUSH, airtimes=[ONCE])))
    said = re.search(r"instead of 1m saves (\d+) requests/s of (\d+)", warning.message)
    assert said
    assert int(said[1]) == pytest.approx(peak(60) - peak(1200), rel=0.01)
    assert int(said[2]) == pytest.approx(peak(60), rel=0.01)


@pytest.mark.parametrize(
    ("duration", "warned"),
    [
        pytest.param("10m", True, id="much is saved"),
        pytest.param("19m", False, id="hardly anything is saved"),
        pytest.param("40m", False, id="slower already"),
    ],
)
def test_what_is_worth_saying(duration: str, warned: bool) -> None:  # noqa: FBT001
    """A send is worth a word where a slower one saves more than a tenth of its peak."""
    found = linted(inline(load=PUSH, airtimes=[ONCE | {"duration": duration}]))
    assert ("SendTooFast" in reasons(found)) == warned


def test_slow_sends_are_left_alone() -> None:
    """A send that takes twenty minutes already cannot be slowed for a smaller peak."""
    assert not linted(inline(load=PUSH, airtimes=[ONCE | {"duration": "20m"}])).findings
