"""Plays a story under a plan on a real control plane, and returns what is left of it."""

from __future__ import annotations

import time
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from onair.clock import Clock
from tests.e2e import audit
from tests.e2e.tenant import SPEED, Tenant
from tests.faults.blinds import Blind
from tests.faults.catalogue import BY_NAME
from tests.faults.evidence import Evidence
from tests.faults.keeper import Keeper
from tests.faults.ledgers import lives
from tests.faults.proxy.proxy import Proxy
from tests.faults.pulse import Pulse
from tests.faults.settling import Settling
from tests.faults.stories import Act, minutes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from tests.cluster.cluster import Cluster
    from tests.faults.plans import Plan
    from tests.faults.proxy.journal import Entry
    from tests.faults.stories import Story

Body = dict[str, Any]

CALENDAR = "2027-01-09T19:00:00Z"
AHEAD = 2
"""Minutes between the announcement and the first raise: a minute of them before the capture."""

BEFORE = 0.5
"""Minutes before the announcement in which a fault may begin."""

TICK = 0.03
"""Real seconds between two looks at what is to be done next."""

ANNOUNCED = ("campaigns", "targetsets")

FIRST_LISTS = timedelta(seconds=3)
"""Real time without a list after which those of a process's start are over: what the watches begin
with is listed again within two seconds."""

BACK_WITHIN = 60.0 + 3600 / SPEED
"""Real seconds until everything must be back after the last need and the last fault (L1), and the
hour of the calendar for which notes are kept of replicas that stay above the usual ones."""


class Play:
    """One run: a namespace of its own, an operator, and a proxy between it and the API server."""

    def __init__(self, plan: Plan, tenant: Tenant, proxy: Proxy) -> None:
        self._plan = plan
        self._story: Story = BY_NAME[plan.story]
        self._tenant = tenant
        self._proxy = proxy
        self._keeper = Keeper(tenant)
        self._acted: list[tuple[Act, datetime]] = []

    def run(self) -> Evidence:
        """Play the story to its end."""
        story, tenant = self._story, self._tenant
        begin = tenant.cluster.audit_log.stat().st_size
        self._proxy.kill = self._keeper.kill
        tenant.kubeconfig = self._proxy.kubeconfig
        tenant.set_calendar(CALENDAR)
        tenant.create(*story.objects)
        self._keeper.start()
        if self._misses_the_announcement():
            tenant.wait("the first lists are over", self._lists_nothing)
        start = tenant.soon(minutes(BEFORE + AHEAD - story.first))
        self._proxy.rules = self._plan.rules
        blind = Blind(self._plan.blindness, tenant, self._proxy, self._keeper, start)
        with Pulse(tenant.cluster.kubeconfig, self._keeper.waited) as pulse:
            settled = self._go_on(start, blind)
        ended = Clock.real_now()
        requests = tuple(audit.read(tenant.cluster.audit_log, tenant.namespace, begin))
        return Evidence(
            story=story,
            namespace=tenant.namespace,
            user=tenant.user,
            clock=tenant.clock,
            start=start,
            requests=requests,
            lives=tuple(lives(requests)),
            acted=tuple(self._acted),
            outages=(*self._keeper.outages, *blind.outages(ended), *pulse.outages),
            blind=self._plan.blindness is not None,
            settled=settled,
            ended=ended,
            exits=tuple(self._keeper.exits),
            left=tuple(self._left()),
            told=tuple(tenant.api.list("Event", tenant.namespace)),
        )

    def _go_on(self, start: datetime, blind: Blind) -> datetime | None:
        """Let time pass and everybody act; returns when everything was back, None if it was not."""
        settling = Settling(self._story, self._tenant)
        announcing = partial(_announce, self._story)
        acts = [Act(self._story.first - AHEAD, "it is announced", announcing), *self._story.acts]
        last = self._story.last
        until = time.monotonic() + BACK_WITHIN
        while time.monotonic() < until:
            minute = (self._tenant.clock.now() - start) / minutes(1)
            self._keeper.look()
            blind.look(minute)
            if acts and minute >= acts[0].minute:
                act = acts.pop(0)
                self._acted.append((act, Clock.real_now()))
                act.do(self._tenant, start)
            goes_on = minute < last or not blind.is_lifted or not self._keeper.is_up
            goes_on |= self._misses_the_announcement() and not blind.is_healed
            if goes_on or not blind.is_healed:
                until = time.monotonic() + BACK_WITHIN
            if blind.is_lost:
                return None
            if not goes_on and settling.look():
                return settling.since
            time.sleep(TICK)
        return None

    def _misses_the_announcement(self) -> bool:
        """Tell whether the operator must miss what the lists of its start could show it.

        Then nothing but its regular lists tells it of a campaign or a target set at all.
        """
        missed = self._plan.blindness
        if missed is None or missed.restart is not None:
            return False
        return missed.resource in ANNOUNCED and missed.minute < self._story.first

    def _lists_nothing(self) -> bool:
        lists = [entry.at for entry in self._proxy.journal if entry.asked.verb == "list"]
        return bool(lists) and Clock.real_now() - max(lists) > FIRST_LISTS

    def _left(self) -> Iterator[Body]:
        for kind in ("Deployment", "StatefulSet", "HorizontalPodAutoscaler", "Campaign"):
            for body in self._tenant.api.list(kind, self._tenant.namespace):
                yield body | {"kind": kind}


class Played(NamedTuple):
    """A run: the evidence, the proxy's journal, and whether the plan's fault ever came about."""

    evidence: Evidence
    journal: tuple[Entry, ...]
    hit: bool


def play(plan: Plan, cluster: Cluster, folder: Path) -> Played:
    """Play a plan in a namespace of its own; `folder` is for its files."""
    folder.mkdir(parents=True, exist_ok=True)
    with _tenant(cluster, folder) as tenant, Proxy(tenant.kubeconfig, folder) as proxy:
        evidence = Play(plan, tenant, proxy).run()
        faults = (*(e.fault for e in proxy.journal), *(e.fault for e in proxy.events))
        hit = any(faults)
        return Played(evidence, proxy.journal, hit)


def _announce(story: Story, tenant: Tenant, start: datetime) -> None:
    tenant.create(*story.manifests(start))


@contextmanager
def _tenant(cluster: Cluster, folder: Path) -> Iterator[Tenant]:
    tenant = Tenant(cluster, f"faults-{uuid4().hex[:8]}", folder)
    try:
        yield tenant
    finally:
        tenant.close()
