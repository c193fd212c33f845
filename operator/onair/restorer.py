"""Giving everything back from outside: the operator's own decision, with no need left in it.

It reads ledger entries and targets only, so it works without the campaigns and without the CRDs.
Entries are erased last, when everything is back: an operator that has to go on, because the restore
failed, finds in them what was usual before the replicas that are still up (design section 3.3).
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING

from onair.apply import Applier
from onair.cluster import resources
from onair.cluster.errors import ApiError, ForbiddenError, NotFoundError
from onair.plan.decide import decide
from onair.plan.ledger import DamagedEntryError, Entry, State
from onair.plan.release import give_back
from onair.plan.situation import Decision, Erase, Situation, Step
from onair.plan.timeline import Timeline
from onair.world import World

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from onair.cluster.client import KubeApi
    from onair.cluster.lease import Lease
    from onair.plan.observed import TargetKey

LOOK_EVERY = 0.5

STEPS_AT_ONCE = 20
"""Steps for one target in one go; more than any honest sequence needs."""

READ = (resources.REVISIONS, resources.HPAS, *resources.WORKLOADS.values())


@dataclass(frozen=True, slots=True)
class Kept:
    """Why something is not back, and whether waiting may help."""

    why: str
    may_pass: bool = True


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
        self._tell = tell
        self._world = World()
        self._applier = Applier(api, self._world)
        self._began_at, self._began = real_now(), monotonic()
        self._since: dict[TargetKey, datetime] = {}
        self._back: dict[TargetKey, Erase] = {}

    async def run(self, patience: float, *, together: bool = False) -> list[str]:
        """Restore until all is back or `patience` seconds are over; returns what is not, and why.

        Each target is given back by itself, and what cannot pass, as a right that is missing, is
        not waited for. With `together` it is all or nothing, because an operator goes on after a
        failure and raises everything again: nothing is begun while anything is known to be in the
        way, and the first thing that cannot pass ends the waiting for all others.
        """
        deadline = monotonic() + patience
        while True:
            unread = await self._read()
            kept = [_unread(*item) for item in unread.items()]
            kept += self._damaged(unread.keys())
            if not (kept and together):
                kept += await self._settle_all(unread.keys(), deadline)
            if not kept:
                kept = await self._erase_all()
            hopes = [each.may_pass for each in kept]
            goes_on = all(hopes) if together else any(hopes)
            if not kept or not goes_on or monotonic() + LOOK_EVERY > deadline:
                return [each.why for each in kept]
            await asyncio.sleep(LOOK_EVERY)

    async def _read(self) -> dict[str | None, ApiError]:
        """Read all there is; returns the namespaces, None for all, that cannot be read."""
        unread: dict[str | None, ApiError] = {}
        for namespace in self._namespaces or (None,):
            try:
                for resource in READ:
                    pages = self._api.pages(resource, namespace)
                    await self._world.read(resource, namespace, pages)
            except ApiError as error:
                unread[namespace] = error
        return unread

    def _held(self, unread: AbstractSet[str | None]) -> list[TargetKey]:
        """Return the targets that have a ledger entry where everything was read."""
        held = sorted(self._world.held_targets())
        return [key for key in held if unread.isdisjoint({key.namespace, None})]

    def _damaged(self, unread: AbstractSet[str | None]) -> list[Kept]:
        """Return the targets of which nobody knows what their owners had."""
        found = [(key, self._world.entry(key)) for key in self._held(unread)]
        return [
            Kept(_not_back(key, str(entry)), may_pass=False)
            for key, entry in found
            if isinstance(entry, DamagedEntryError)
        ]

    async def _settle_all(self, unread: AbstractSet[str | None], deadline: float) -> list[Kept]:
        """Take every target that was read as far as it goes now; returns what is not back."""
        kept = []
        for key in self._held(unread):
            if isinstance(self._world.entry(key), DamagedEntryError):
                continue  # nobody knows how far it has to go
            found: Kept | None = Kept("the time was over before its turn")
            if monotonic() <= deadline:
                found = await self._settle(key)
            if found:
                kept.append(replace(found, why=_not_back(key, found.why)))
        return kept

    async def _settle(self, key: TargetKey) -> Kept | None:
        """Take one target as far as it goes now; returns why it is not back, None if it is."""
        for _ in range(STEPS_AT_ONCE):
            entry = self._world.entry(key)
            if not isinstance(entry, Entry):
                return Kept(str(entry), may_pass=False) if entry else None
            now = self._now(key, entry)
            decision = self._decide(key, entry, now)
            if decision.step is None:
                return Kept(decision.message or decision.reason)
            if isinstance(decision.step, Erase):
                self._note_back(key, decision.step)
                return None
            failed = await self._write(key, decision.step, now)
            if failed:
                return failed
        return Kept("it changes again and again while it is being given back")

    def _note_back(self, key: TargetKey, step: Erase) -> None:
        if key not in self._back:
            self._tell(f"{key.namespace}: {key.kind} {key.name} is its owner's again")
        self._back[key] = step

    async def _erase_all(self) -> list[Kept]:
        """Erase the entries of targets that are all back; returns what could not be, and why."""
        kept = []
        for key in sorted(self._world.held_targets()):
            step = self._back[key]
            failed = await self._write(key, step, self._now(key, step.entry))
            if failed:
                kept.append(replace(failed, why=_not_back(key, failed.why)))
        return kept

    async def _write(self, key: TargetKey, step: Step, now: datetime) -> Kept | None:
        """Carry out a step; returns why it could not be, None if it was."""
        if not self._lease.valid:
            return Kept("the Lease could not be renewed, so nothing may be written now")
        try:
            await self._applier.execute(key, step, now)
        except ApiError as error:
            return Kept(str(error), may_pass=not isinstance(error, ForbiddenError))
        return None

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
            aimed=False,
        )

    def _now(self, key: TargetKey, entry: Entry) -> datetime:
        """Return an instant after all that the entry spoke of at first, whatever clock wrote it.

        From there on time passes as it does.
        """
        began = max(self._began_at, self._since.setdefault(key, entry.notes.since))
        return began + timedelta(seconds=monotonic() - self._began)


def _unread(namespace: str | None, error: ApiError) -> Kept:
    may_pass = not isinstance(error, ForbiddenError | NotFoundError)
    if namespace is None:
        return Kept(f"all namespaces: {error}", may_pass)
    hint = "; the namespace may not exist" if isinstance(error, ForbiddenError) else ""
    return Kept(f"{namespace}: {error}{hint}", may_pass)


def _not_back(key: TargetKey, why: str) -> str:
    return f"{key.namespace}: {key.kind} {key.name} is not back yet: {why}"
