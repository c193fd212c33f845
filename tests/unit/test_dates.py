"""The API server's clock, told by the dates of its answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.cluster.dates import KEPT, NEEDED, QUICK, ServerClock

NOON = datetime(2027, 1, 9, 12, tzinfo=UTC)


def told(clock: ServerClock, *ahead: float, took: float = 0.01) -> None:
    """Let answers come whose server's clock is at noon and so many seconds."""
    for seconds in ahead:
        date = format_datetime(NOON + timedelta(seconds=seconds), usegmt=True)
        now = monotonic()
        clock.note(date, now - took, now)


def shown(clock: ServerClock) -> float | None:
    """Return by how many seconds the clock is past noon."""
    now = clock.now()
    return None if now is None else now - NOON.timestamp()


def test_few_answers_claim_nothing() -> None:
    """Nobody is called skewed on the word of one answer."""
    clock = ServerClock()
    told(clock, *([300] * (NEEDED - 1)))
    assert shown(clock) is None


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([300], id="one that is wrong"),
        pytest.param([300, -300], id="two that are wrong"),
    ],
)
def test_the_middle_answer_counts(others: list[float]) -> None:
    """A proxy that dates an answer by itself changes nothing."""
    clock = ServerClock()
    told(clock, *([7] * (KEPT - len(others))), *others)
    assert shown(clock) == pytest.approx(7.5, abs=0.1)


def test_a_server_that_is_set_is_followed() -> None:
    """After a few answers its new time is believed."""
    clock = ServerClock()
    told(clock, *[0] * KEPT)
    told(clock, *[300] * NEEDED)
    assert shown(clock) == pytest.approx(300.5, abs=0.1)


@pytest.mark.parametrize(
    ("header", "took"),
    [
        pytest.param(None, 0.01, id="without a date"),
        pytest.param("yesterday", 0.01, id="no date"),
        pytest.param("Sat, 09 Jan 2027 12:05:00 GMT", QUICK + 0.1, id="too slow to say much"),
    ],
)
def test_an_answer_that_tells_no_time_is_passed_over(header: str | None, took: float) -> None:
    """It neither counts nor takes the place of one that does."""
    clock = ServerClock()
    told(clock, *[7] * KEPT)
    for _ in range(KEPT):
        clock.note(header, monotonic() - took, monotonic())
    assert shown(clock) == pytest.approx(7.5, abs=0.1)


@given(st.floats(-500, 500), st.floats(0, QUICK))
def test_as_exact_as_a_date_allows(ahead: float, took: float) -> None:
    """However the second is cut and the answer travels, the error is half of both together."""
    clock, now = ServerClock(), monotonic()
    date = NOON + timedelta(seconds=ahead)
    for _ in range(NEEDED):
        clock.note(format_datetime(date, usegmt=True), now - took, now)
    found = clock.now()
    assert found is not None
    for answered in (now - took, now):  # somewhere between, the server read its clock
        true = date.timestamp() + monotonic() - answered
        assert abs(found - true) <= 0.5 + took / 2 + 0.6
