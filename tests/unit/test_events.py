"""Events on their way to the API server."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import pytest

from onair import events
from onair.clock import wall_clock
from onair.cluster.errors import ForbiddenError
from onair.events import LONGEST_NOTE, Event, Recorder
from onair.plan.observed import Limits, ObjectId
from onair.troubles import Troubles
from tests.unit.plan.imagined import T0

API = ObjectId("apps/v1", "Deployment", "mol-api", "uid-api")
NO_RIGHT = ForbiddenError("OnAir has no right to create events in namespace tv", 403)


class Server:
    """An API server that keeps the Events that it is sent; `refusals` come first."""

    def __init__(self, *refusals: ForbiddenError) -> None:
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


def test_a_flood_is_cut_and_said(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What nobody can send in time costs no memory."""
    monkeypatch.setattr(events, "WAITING", 2)
    server = Server()
    send(server, *(events.raised("tv", API, floor, None) for floor in (1, 2, 3)))
    assert len(server.events) == 2
    assert "dropped Raised: raised to a floor of 3" in caplog.text
