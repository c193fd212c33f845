"""When a soak is over: everything is given back, said to be, and at rest."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from onair.clock import Clock
from tests.soak.stage import NAMESPACES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.soak.stage import Stage

BACK_WITHIN = 480.0
"""Seconds after the last act until all must be given back: the cool-down, L3's 60 s, HPAs without
metrics that are stepped down, the calendar's hour for which notes are kept of replicas, and as much
again for a busy machine. How soon each target must be is for the rules to say."""

EVERY = 2.0
AT_REST = 15.0
"""Seconds between two looks, and without a change to the campaigns until it is over."""

WATCHED = 15.0
"""Seconds after that in which nothing may be written any more (S7)."""


def settle(stage: Stage, meanwhile: Callable[[], None]) -> datetime | None:
    """Return the instant from which on all is at rest, None if it never was; watches it, then.

    `meanwhile` is called again and again.
    """
    deadline = time.monotonic() + BACK_WITHIN
    seen: set[tuple[str, str]] | None = None
    seen_at = time.monotonic()
    while time.monotonic() < deadline:
        now = None if _ledger(stage) else _campaigns(stage)
        if now is None or now != seen:
            seen, seen_at = now, time.monotonic()
        elif time.monotonic() > seen_at + AT_REST:
            settled = Clock.real_now()
            _wait(WATCHED, meanwhile)
            return settled
        _wait(EVERY, meanwhile)
    return None


def _wait(seconds: float, meanwhile: Callable[[], None]) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        meanwhile()
        time.sleep(0.1)


def _ledger(stage: Stage) -> bool:
    """Tell whether anything is still in the ledger."""
    query = {"labelSelector": "app.kubernetes.io/managed-by=onair", "limit": "1"}
    listed = (stage.api.list("ControllerRevision", where, **query) for where in NAMESPACES)
    return any(listed)


def _campaigns(stage: Stage) -> set[tuple[str, str]]:
    """Return name and resource version of every campaign."""
    listed = (body["metadata"] for n in NAMESPACES for body in stage.api.list("Campaign", n))
    return {(meta["name"], meta["resourceVersion"]) for meta in listed}
