"""Finds out where the cluster itself keeps others from undoing floors: the chart's clamp.

Whether a policy is in force cannot be read: it may be bound elsewhere, not yet be active, or be
served by one of several API servers only. So a write is tried as a dry run, which the policy marks.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING

from onair.cluster.errors import ApiError
from onair.cluster.resources import REVISIONS
from onair.model import names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from onair.cluster.client import Body, KubeApi
    from onair.leader import Leader
    from onair.plan.observed import TargetKey
    from onair.reports import Report
    from onair.troubles import Troubles
    from onair.world import World

PROBE_EVERY = 60.0
"""Real seconds between two probes of a namespace where it matters soon, or without an answer."""

PROBE_SELDOM = 3600.0
"""Real seconds between two probes of any other: several hundred namespaces are no load."""

SOON = timedelta(days=1)
"""Calendar time before a floor rises from which on it is known within a minute what protects it."""

STANDS_FOR = 300.0
"""Real seconds for which an answer is believed although no probe gets one: five probes."""

AT_ONCE = 4
"""Namespaces that are probed at once: one whose dry runs hang does not hold up the others."""

LOOK_EVERY = 5.0
"""Real seconds until a namespace with its first campaign is probed."""


class Clamps:
    """Probes the namespaces that have campaigns while this process leads.

    `changed` is called when an answer is news.
    """

    def __init__(  # noqa: PLR0913 - what it asks, whom it tells
        self,
        api: KubeApi,
        world: World,
        reports: Mapping[TargetKey, Report],
        leader: Leader,
        now: Callable[[], datetime],
        troubles: Troubles,
        *,
        changed: Callable[[], None],
    ) -> None:
        self._api = api
        self._world = world
        self._reports = reports
        self._leader = leader
        self._now = now
        self._troubles = troubles
        self._changed = changed
        self._probed: dict[str, float] = {}
        self._failing: dict[str, float] = {}
        self._lanes = asyncio.Semaphore(AT_ONCE)

    async def run(self) -> None:
        """Probe for ever."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_EVERY)

    async def look(self) -> None:
        """Probe each namespace that had no probe in this tenure, or whose last one is too old."""
        if not self._leader.leads:
            self._probed.clear()
            self._failing.clear()
            return
        announced = self._world.announced()
        for namespace in self._probed.keys() - announced:
            self._forget(namespace)
        async with asyncio.TaskGroup() as group:
            for namespace in sorted(announced - self._fresh()):
                group.create_task(self._probe(namespace))

    def _fresh(self) -> set[str]:
        """Return the namespaces that were probed not long ago."""
        often = self._failing.keys() | raised_soon(self._reports, self._now())
        since = {True: monotonic() - PROBE_EVERY, False: monotonic() - PROBE_SELDOM}
        return {n for n, probed in self._probed.items() if probed > since[n in often]}

    async def _probe(self, namespace: str) -> None:
        about = f"the clamp in {namespace}"
        async with self._lanes:
            self._probed[namespace] = monotonic()
            try:
                body = await self._api.try_create(REVISIONS.path(namespace), _probe(namespace))
            except ApiError as error:
                self._troubles.begin(about, f"cannot find out whether {about} is in force: {error}")
                lasts = monotonic() - self._failing.setdefault(namespace, monotonic())
                if self._world.clamped(namespace) is None or lasts >= STANDS_FOR:
                    self._note(namespace, in_force=None)
                return
        self._troubles.end(about)
        self._failing.pop(namespace, None)
        self._note(namespace, in_force=names.CLAMP in (body["metadata"].get("annotations") or {}))

    def _forget(self, namespace: str) -> None:
        """Forget a namespace where nobody can undo anything any more."""
        del self._probed[namespace]
        self._failing.pop(namespace, None)
        self._troubles.end(f"the clamp in {namespace}")
        self._world.forget_clamp(namespace)

    def _note(self, namespace: str, *, in_force: bool | None) -> None:
        before = self._world.clamped(namespace), self._world.is_unclear(namespace)
        self._world.note_clamp(namespace, in_force=in_force)
        if before != (in_force, in_force is None):
            self._changed()


def raised_soon(reports: Mapping[TargetKey, Report], now: datetime) -> set[str]:
    """Return the namespaces in which a floor is up, or rises within a day."""
    found: set[str] = set()
    for key, report in reports.items():
        if key.namespace not in found and _is_raised_soon(report, now):
            found.add(key.namespace)
    return found


def _is_raised_soon(report: Report, now: datetime) -> bool:
    if report.held or report.planned is None:
        return report.held
    timeline = report.planned.timeline
    following = timeline.next_change(now)
    return timeline.at(now).floor > 0 or (following is not None and following <= now + SOON)


def _probe(namespace: str) -> Body:
    """Return an object that is never stored: ledger entries are of the same kind."""
    return {
        "apiVersion": REVISIONS.api_version,
        "kind": REVISIONS.kind,
        "metadata": {"name": names.PROBE, "namespace": namespace},
        "data": {},
        "revision": 0,
    }
