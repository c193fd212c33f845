"""A push is sent more slowly for a smaller peak, where that is worth a word."""

import re
from math import log
from statistics import NormalDist
from typing import Any

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


@pytest.mark.parametrize("sending", [pytest.param(n, id=f"{n} seconds") for n in (1020, 1029)])
def test_a_tenth_is_the_edge(sending: int) -> None:
    """Just more than a tenth is worth a word, just less is not."""
    much = (peak(sending) - peak(1200)) / peak(sending)
    assert much == pytest.approx(0.1, abs=0.005)
    found = linted(inline(load=PUSH, airtimes=[ONCE | {"duration": f"{sending}s"}]))
    assert ("SendTooFast" in reasons(found)) == (much > 0.1)


@pytest.mark.parametrize(
    "load",
    [
        pytest.param({"shape": "Push", "requestsPerSecond": 500}, id="a peak that is said"),
        pytest.param({"shape": "Flat", "audience": PUSH["audience"]}, id="people without a send"),
    ],
)
def test_what_is_no_send_of_people(load: dict[str, Any]) -> None:
    """It has no peak that anybody could make smaller by sending more slowly."""
    assert "SendTooFast" not in reasons(linted(inline(load=load, airtimes=[ONCE])))


def test_each_send_by_itself() -> None:
    """Of two airtimes the one that is sent too fast is named."""
    slow = ONCE | {"name": "slow", "duration": "20m"}
    warning = the_one(linted(inline(load=PUSH, airtimes=[slow, ONCE])))
    assert (warning.reason, warning.path) == ("SendTooFast", "spec.airtimes[1]")


def test_slow_sends_are_left_alone() -> None:
    """A send that takes twenty minutes already cannot be slowed for a smaller peak."""
    assert not linted(inline(load=PUSH, airtimes=[ONCE | {"duration": "20m"}])).findings
