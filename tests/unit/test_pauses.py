"""When a busy API server is asked again."""

from __future__ import annotations

import asyncio

import pytest

from onair.cluster.errors import BusyError
from onair.cluster.pauses import LONGEST, Pauses, seconds_to_wait

DATE = "Sat, 09 Jan 2027 19:15:00 GMT"
A_BIT_LATER = "Sat, 09 Jan 2027 19:15:07 GMT"


@pytest.mark.parametrize(
    ("status", "headers", "want"),
    [
        pytest.param(429, {"Retry-After": "7"}, 7, id="429 with seconds"),
        pytest.param(503, {"Retry-After": "7"}, 7, id="503 with seconds"),
        pytest.param(503, {"Retry-After": "0"}, 0, id="at once"),
        pytest.param(429, {"Retry-After": A_BIT_LATER, "Date": DATE}, 7, id="a date"),
        pytest.param(429, {"Retry-After": DATE, "Date": A_BIT_LATER}, 0, id="a date that is past"),
        pytest.param(429, {"Retry-After": A_BIT_LATER}, 1, id="a date against none"),
        pytest.param(429, {"Retry-After": "soon"}, 1, id="no number"),
        pytest.param(429, {"Retry-After": "-5"}, 1, id="a negative number"),
        pytest.param(429, {"Retry-After": "86400"}, LONGEST, id="tomorrow"),
        pytest.param(429, {}, 1, id="429 without a word"),
        pytest.param(503, {}, 1, id="503 without a word"),
        pytest.param(500, {"Retry-After": "7"}, 7, id="500 that says so"),
        pytest.param(500, {}, None, id="500"),
        pytest.param(422, {"Retry-After": "7"}, None, id="422, which is about the request"),
    ],
)
def test_when_to_come_back(status: int, headers: dict[str, str], want: float | None) -> None:
    """Seconds or a date, and never longer than a minute, whatever a proxy thinks of."""
    assert seconds_to_wait(status, headers) == want


def test_only_the_request_that_is_not_wanted_waits() -> None:
    """Other objects, and other requests for the same object, are not kept back."""

    async def scenario() -> None:
        pauses = Pauses()
        pauses.begin("PATCH", "/hpas/one", BusyError("too many requests", 429, 5.0))
        pauses.check("GET", "/hpas/one")
        pauses.check("PATCH", "/hpas/two")
        with pytest.raises(BusyError, match="too many requests") as caught:
            pauses.check("PATCH", "/hpas/one")
        assert 4.0 < caught.value.retry_after <= 5.0
        assert caught.value.status == 429

    asyncio.run(scenario())


def test_after_the_time_it_may_go() -> None:
    """A second answer of that kind begins a new wait, and the end of the first ends nothing."""

    async def scenario() -> None:
        pauses = Pauses()
        pauses.begin("GET", "/hpas", BusyError("busy", 503, 0.05))
        pauses.begin("GET", "/hpas", BusyError("busy", 503, 0.15))
        await asyncio.sleep(0.1)
        with pytest.raises(BusyError):
            pauses.check("GET", "/hpas")
        await asyncio.sleep(0.1)
        pauses.check("GET", "/hpas")

    asyncio.run(scenario())
