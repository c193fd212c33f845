"""Giving everything back from outside: the operator's own decision, with no need left in it.

It reads ledger entries and targets only, so it works without the campaigns and without the CRDs.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING

from onair.apply import Applier
from onair.cluster import resources
from onair.cluster.errors import ApiError
from onair.plan.decide import decide
from onair.plan.ledger import DamagedEntryError, Entry, State
from onair.plan.release import give_back
from onair.plan.situation import Decision, Erase, Situation
from onair.plan.timeline import Timeline
from onair.world import World

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from onair.cluster.client import KubeApi
    from onair.cluster.lease import Lease
    from onair.plan.observed import TargetKey

log = logging.getLogger(__name__)

LOOK_EVERY = 0.5

STEPS_AT_ONCE = 20
"""Steps for one target in one go; more than any honest sequence needs."""

READ = (resources.REVISIONS, resources.HPAS, resources.DEPLOYMENTS, resources.STATEFUL_SETS)


class Restorer:
    """Gives back every target that has a ledger entry in some namespaces (empty: all)."""

    def __init__(
        self,
        api: KubeApi,
        lease: Lease,
        namespaces: tuple[str, ...],
        real_now: Callable[[], datetime],
        tell: Callable[[str], None],
    ) -> None:
        self._api = api
        self._lease = lease
        self._namespaces = namespaces
        self._real_now = real_now
        self._tell = tell
        self._world = World()
        self._applier = Applier(api, self._world)
        self._began = monotonic()

    async def run(self, patience: float) -> dict[TargetKey, str]:
        """Restore until all is back or `patience` seconds are over; returns what is kept and why.

        Raises:
            ApiError: when the cluster could not be read.
        """
        while True:
            await self._read()
            kept = {}
            for key in sorted(self._world.held_targets()):
                left = await self._settle(key)
                if left is not None:
                    kept[key] = left
            if not kept or monotonic() - self._began > patience:
                return kept
            await asyncio.sleep(LOOK_EVERY)

    async def _read(self) -> None:
        for resource in READ:
            for namespace in self._namespaces or (None,):
                bodies, version = await self._api.list(resource, namespace)
                self._world.replace(resource, namespace, bodies, version)

    async def _settle(self, key: TargetKey) -> str | None:
        """Take one target as far as it goes now; returns why it is not finished."""
        for _ in range(STEPS_AT_ONCE):
            try:
                entry = self._world.entry(key)
            except DamagedEntryError as error:
                return f"its ledger entry {error}"
            if entry is None:
                self._tell(f"{key.namespace}: {key.kind} {key.name} is its owner's again")
                return None
            now = self._now(entry)
            decision = self._decide(key, entry, now)
            if decision.step is None:
                return decision.message or decision.reason
            if not self._lease.valid:
                return "the Lease could not be renewed, so nothing may be written now"
            try:
                await self._applier.execute(key, decision.step, now)
            except ApiError as error:
                return str(error)
        return "it changes again and again while it is being given back"

    def _decide(self, key: TargetKey, entry: Entry, now: datetime) -> Decision:
        situation = self._situation(key, entry, now)
        steered = situation.steered
        if steered is None:
            return Decision("", step=Erase(entry))
        if situation.workload is not None:
            decision = decide(situation)
        elif steered.id.uid == entry.steered.uid:
            decision = give_back(situation, entry, None)  # an HPA survives what it scales
        else:
            return Decision("", step=Erase(entry))
        if decision.step is None and entry.notes.state is State.RESTORED:
            return Decision("", step=Erase(entry))  # what still awaits a crowd's end is the usual
        return decision

    def _situation(self, key: TargetKey, entry: Entry, now: datetime) -> Situation:
        """Return what is known of a target, in which nobody needs it and no cool-down is left."""
        autoscalers = self._world.autoscalers(key)
        ours = tuple(hpa for hpa in autoscalers if hpa.id.uid == entry.steered.uid)
        return Situation(
            now=now,
            timeline=Timeline(()),
            plan=entry.notes.plan,
            held=(),
            keeps=None,
            usual=entry.usual,
            most=0,
            workload=self._world.workload(key),
            autoscalers=ours or autoscalers,
            entry=replace(entry, notes=replace(entry.notes, changed=None)),
            proven=True,
            confirmed=now,
            may_reassert=False,
            echo=timedelta(0),
        )

    def _now(self, entry: Entry) -> datetime:
        """Return an instant after all that the entry speaks of, whatever clock wrote it."""
        began = max(self._real_now(), entry.notes.since)
        return began + timedelta(seconds=monotonic() - self._began)
