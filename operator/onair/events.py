"""Events for `kubectl describe`: one constructor each, sent in the background."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING
from uuid import uuid4

from onair.cluster import resources
from onair.cluster.errors import ApiError, BusyError
from onair.cluster.lease import LapsedError
from onair.plan.observed import ObjectId

if TYPE_CHECKING:
    from datetime import datetime

    from onair.clock import Clock
    from onair.cluster.client import KubeApi
    from onair.items import Declared
    from onair.plan.observed import Limits
    from onair.troubles import Troubles

log = logging.getLogger(__name__)

WAITING = 1_000
"""Events that may wait to be sent; more are dropped with a warning."""

TRIES_WHILE_BUSY = 3
"""How often an event comes back to a busy server before it is dropped: others wait behind it."""

LONGEST_NOTE = 1024
"""Characters of a message that the API server accepts."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something worth telling about an object in a namespace.

    `moment` is the instant (calendar, UTC) that it is a verdict on, if it is one.
    """

    namespace: str
    about: ObjectId
    reason: str
    message: str
    warning: bool = False
    moment: datetime | None = None


def campaign_id(campaign: Declared) -> ObjectId:
    """Return the identity of a campaign."""
    kind = resources.CAMPAIGNS
    return ObjectId(kind.api_version, kind.kind, campaign.name, campaign.uid)


def raised(namespace: str, target: ObjectId, floor: int, ceiling: int | None) -> Event:
    """The floor of a target went up."""
    room = f", room for {ceiling}" if ceiling else ""
    return Event(namespace, target, "Raised", f"raised to a floor of {floor}{room}")


def restored(namespace: str, target: ObjectId, baseline: Limits) -> Event:
    """A target's owner has everything back."""
    maximum = "" if baseline.maximum is None else f", max {baseline.maximum}"
    return Event(namespace, target, "Restored", f"back at {baseline.minimum}{maximum}")


def owner_edited(namespace: str, target: ObjectId, baseline: Limits) -> Event:
    """An owner's edit on air became the baseline."""
    maximum = "" if baseline.maximum is None else f", max {baseline.maximum}"
    text = f"the owner's edit is kept: {baseline.minimum}{maximum} will be restored"
    return Event(namespace, target, "OwnerEdited", text)


def observed(namespace: str, target: ObjectId, message: str) -> Event:
    """A target would have been raised, were this not mode observe."""
    return Event(namespace, target, "Observing", message)


def not_steered(namespace: str, about: ObjectId, reason: str, message: str) -> Event:
    """A target cannot be steered, or not now."""
    return Event(namespace, about, reason, message, warning=True)


def judged(namespace: str, campaign: ObjectId, moment: datetime, said: str, target: str) -> Event:
    """A verdict was given at a moment."""
    text = f"{target} at {moment:%Y-%m-%dT%H:%MZ}: {said}"
    warning = said != "Ready"
    return Event(namespace, campaign, f"Verdict{said}", text, warning=warning, moment=moment)


class Recorder:
    """Sends events one after the other; what cannot be sent is said and dropped."""

    def __init__(self, api: KubeApi, clock: Clock, troubles: Troubles) -> None:
        self._api = api
        self._clock = clock
        self._troubles = troubles
        self._queue: asyncio.Queue[Event] = asyncio.Queue(WAITING)
        self._kept: deque[tuple[float, Event]] = deque(maxlen=WAITING)

    def tell(self, event: Event) -> None:
        """Send an event soon."""
        try:
            self._queue.put_nowait(event)
        except asyncio.QueueFull:
            log.warning("too many events; dropped %s: %s", event.reason, event.message)

    def keep(self, event: Event) -> None:
        """Keep an event that another process is to tell, in case it ends before that.

        Of too many the earliest are forgotten: what matters is the time around its end.
        """
        self._kept.append((monotonic(), event))

    def take_up(self, since: float, judged_from: datetime) -> None:
        """Tell what was kept since a monotonic instant, in the place of the other process.

        Verdicts on moments before `judged_from` (calendar) are the other's, whenever they were kept
        here: who has just started judges what was judged a few seconds ago.
        """
        kept, self._kept = self._kept, deque(maxlen=WAITING)
        for at, event in kept:
            if at >= since and (event.moment is None or event.moment >= judged_from):
                self.tell(event)

    async def run(self) -> None:
        """Send for ever."""
        while True:
            event = await self._queue.get()
            about = f"Events in {event.namespace}"
            try:
                await self._send(resources.EVENTS.path(event.namespace), self._body(event))
            except LapsedError:
                self.keep(event)
            except ApiError as error:
                self._troubles.begin(about, f"cannot write Events: {error}")
            else:
                self._troubles.end(about)

    async def _send(self, path: str, body: dict[str, object]) -> None:
        """Send an event, again when a busy server wants it later, but not for ever."""
        for _ in range(TRIES_WHILE_BUSY):
            try:
                await self._api.create(path, body)
            except BusyError as error:
                await asyncio.sleep(error.retry_after)
            else:
                return
        await self._api.create(path, body)

    def _body(self, event: Event) -> dict[str, object]:
        now = self._clock.real_now().isoformat(timespec="seconds").replace("+00:00", "Z")
        about = event.about
        return {
            "metadata": {"name": f"{about.name[:200]}.{uuid4().hex[:16]}"},
            "involvedObject": {
                "apiVersion": about.api_version,
                "kind": about.kind,
                "namespace": event.namespace,
                "name": about.name,
                "uid": about.uid,
            },
            "reason": event.reason,
            "message": event.message[:LONGEST_NOTE],
            "type": "Warning" if event.warning else "Normal",
            "source": {"component": "onair"},
            "firstTimestamp": now,
            "lastTimestamp": now,
            "count": 1,
        }
