"""Events on their way to the API server."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from time import monotonic
from typing import Any

import pytest

from onair import events
from onair.clock import wall_clock
from onair.cluster.errors import ApiError, ForbiddenError
from onair.cluster.lease import LapsedError
from onair.events import LONGEST_NOTE, Event, Recorder
from onair.plan.observed import Limits, ObjectId
from onair.troubles import Troubles
from tests.unit.plan.imagined import T0

API = ObjectId("apps/v1", "Deployment", "mol-api", "uid-api")
NO_RIGHT = ForbiddenError("OnAir has no right to create events in namespace tv", 403)


class Server:
    """An API server that keeps the Events that it is sent; `refusals` come first."""

    def __init__(self, *refusals: ApiError) -> None:
        self.refusals = list(refusals)
        self.events: list[dict[str, Any]] = []

    async def create(self, _: str, body: dict[str, Any]) -> dict[str, Any]:
        """Take an Event in."""
        if self.refusals:
            raise self.refusals.pop(0)
        self.events.append(body)
        return body


def send(server: Server, *told: Event) -> Troubles:
    """Send some Events; returns what is wrong in the end."""
    troubles = Troubles()

    async def scenario() -> None:
        recorder = Recorder(server, wall_clock(), troubles)  # type: ignore[arg-type]
        for event in told:
            recorder.tell(event)
        with suppress(TimeoutError):
            async with asyncio.timeout(0.05):
                await recorder.run()

    asyncio.run(scenario())
    return troubles


def test_an_event_as_kubectl_describe_shows_it() -> None:
    """It is about the object, says why in one word and what in a sentence."""
    server = Server()
    send(server, events.raised("tv", API, 32, 40))
    (sent,) = server.events
    assert sent["involvedObject"] == {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "namespace": "tv",
        "name": "mol-api",
        "uid": "uid-api",
    }
    assert (sent["type"], sent["reason"]) == ("Normal", "Raised")
    assert sent["message"] == "raised to a floor of 32, room for 40"


@pytest.mark.parametrize(
    ("event", "want"),
    [
        pytest.param(events.raised("tv", API, 12, None), "raised to a floor of 12", id="no HPA"),
        pytest.param(events.restored("tv", API, Limits(4, 20)), "back at 4, max 20", id="restored"),
        pytest.param(events.restored("tv", API, Limits(4)), "back at 4", id="restored replicas"),
        pytest.param(
            events.owner_edited("tv", API, Limits(8)),
            "the owner's edit is kept: 8 will be restored",
            id="edited",
        ),
        pytest.param(
            events.judged("tv", API, T0, "Short", "api"),
            "api at 2027-01-09T19:00Z: Short",
            id="judged",
        ),
    ],
)
def test_sentences(event: Event, want: str) -> None:
    """Each Event says what happened in plain words."""
    assert event.message == want


@pytest.mark.parametrize(
    ("said", "warning"),
    [pytest.param("Ready", False, id="good"), pytest.param("Late", True, id="bad")],
)
def test_bad_verdicts_are_warnings(*, said: str, warning: bool) -> None:
    """Whoever filters for warnings sees what went wrong."""
    assert events.judged("tv", API, T0, said, "api").warning is warning


def test_a_long_message_is_cut() -> None:
    """The API server takes no longer one, and half a sentence is better than none."""
    server = Server()
    send(server, events.not_steered("tv", API, "Blocked", "x" * 2000))
    assert len(server.events[0]["message"]) == LONGEST_NOTE


def test_an_event_that_is_refused_holds_up_no_other() -> None:
    """What cannot be sent is dropped, and said as long as it lasts."""
    server = Server(NO_RIGHT)
    first, second = (events.raised("tv", API, floor, None) for floor in (10, 20))
    troubles = send(server, first, second)
    assert [event["message"] for event in server.events] == ["raised to a floor of 20"]
    assert troubles.of("Events in tv") == ""
    assert str(NO_RIGHT) in send(Server(NO_RIGHT), first).of("Events in tv")


def test_what_another_process_was_to_tell_is_told_if_it_fell_silent() -> None:
    """Whoever takes up tells what was kept since the other's last sign of life, and once."""
    server = Server()

    async def scenario() -> None:
        recorder = Recorder(server, wall_clock(), Troubles())  # type: ignore[arg-type]
        recorder.keep(events.raised("tv", API, 10, None))
        silent = monotonic()
        recorder.keep(events.raised("tv", API, 20, None))
        for _ in range(2):
            recorder.take_up(silent, T0)
        with suppress(TimeoutError):
            async with asyncio.timeout(0.05):
                await recorder.run()

    asyncio.run(scenario())
    assert [event["message"] for event in server.events] == ["raised to a floor of 20"]


def test_a_verdict_of_the_other_process_is_not_told_again() -> None:
    """Who starts within seconds of a moment judges it, too, and leaves that to whom it was told."""
    server = Server()

    async def scenario() -> None:
        recorder = Recorder(server, wall_clock(), Troubles())  # type: ignore[arg-type]
        for ago in (1, 0):
            moment = T0 - timedelta(seconds=ago)
            recorder.keep(events.judged("tv", API, moment, f"Late{ago}", "api"))
        recorder.take_up(0.0, T0)
        with suppress(TimeoutError):
            async with asyncio.timeout(0.05):
                await recorder.run()

    asyncio.run(scenario())
    assert [event["reason"] for event in server.events] == ["VerdictLate0"]


def test_what_could_not_be_sent_without_the_lease_is_kept() -> None:
    """It is sent when the right to write comes back, and nothing is wrong meanwhile."""
    server = Server(LapsedError("not ours"))
    troubles = Troubles()

    async def scenario() -> None:
        recorder = Recorder(server, wall_clock(), troubles)  # type: ignore[arg-type]
        recorder.tell(events.raised("tv", API, 10, None))
        sending = asyncio.ensure_future(recorder.run())
        await asyncio.sleep(0.02)
        assert server.events == []
        recorder.take_up(0.0, T0)
        await asyncio.sleep(0.02)
        sending.cancel()

    asyncio.run(scenario())
    assert troubles.of("Events in tv") == ""
    assert [event["message"] for event in server.events] == ["raised to a floor of 10"]


def test_a_flood_is_cut_and_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What nobody can send in time costs no memory."""
    monkeypatch.setattr(events, "WAITING", 2)
    server = Server()
    send(server, *(events.raised("tv", API, floor, None) for floor in (1, 2, 3)))
    assert len(server.events) == 2
    assert "dropped Raised: raised to a floor of 3" in caplog.text
