"""What OnAir holds in a cluster: its ledger, the objects that it speaks of, and who writes."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from onair.cli.leases import operator_of
from onair.cli.lookup import see_all
from onair.cli.reaching import NotLookedAtError, plainly
from onair.clock import Clock
from onair.cluster import resources
from onair.cluster.client import KubeApi
from onair.cluster.errors import ApiError
from onair.items import Recorded, Steered
from onair.plan.ledger import DamagedEntryError, Entry
from onair.plan.observed import TargetKey
from onair.plan.situation import Situation
from onair.plan.timeline import Timeline
from onair.preview.holding import damage_of, hold_of
from onair.preview.holds import Holds
from onair.reconcile import ECHO
from onair.world import World

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onair.cluster.client import Body
    from onair.cluster.resources import Resource
    from onair.preview.holds import Operator

READ: Final = (resources.REVISIONS, resources.HPAS, *resources.WORKLOADS.values())


@dataclass(slots=True)
class Ledger:
    """The entries of a cluster beside the objects that they speak of.

    `noted` says since when there is an entry of a target; `lost` are entries that name no target.
    """

    world: World = field(default_factory=World)
    noted: dict[TargetKey, datetime] = field(default_factory=dict)
    marked: set[TargetKey] = field(default_factory=set)
    lost: dict[TargetKey, DamagedEntryError] = field(default_factory=dict)
    unread: dict[str, Resource] = field(default_factory=dict)

    def see(self, resource: Resource, body: Body) -> None:
        """Take in an object."""
        self.world.observe(resource, body)
        metadata = body["metadata"]
        item = self.world.item(resource, metadata["namespace"], metadata["name"])
        if isinstance(item, Steered) and item.autoscaler.annotated:
            self.marked.add(item.target)
        elif isinstance(item, Recorded) and item.target:
            created = datetime.fromisoformat(metadata["creationTimestamp"]).astimezone(UTC)
            self.noted[item.target] = min(created, self.noted.get(item.target, created))
        elif isinstance(item, Recorded) and isinstance(item.entry, DamagedEntryError):
            key = TargetKey(metadata["namespace"], resource.kind, metadata["name"])
            self.lost[key] = item.entry

    def holds(self, at: datetime, namespaces: Sequence[str], operator: Operator) -> Holds:
        """Return what is told of it at an instant (UTC)."""
        held = {key: self._situation(key, self.world.entry(key), at) for key in self.noted}
        marked = {key: self._situation(key, None, at) for key in self.marked - held.keys()}
        lost = {key: self._situation(key, error, at) for key, error in self.lost.items()}
        found = (
            hold_of(key, held[key], self.noted[key], self._why(held[key])) for key in sorted(held)
        )
        damaged = sorted((held | marked | lost).items(), key=lambda item: item[0])
        return Holds(
            at=at,
            namespaces=tuple(namespaces),
            holds=tuple(filter(None, found)),
            damages=tuple(filter(None, (damage_of(*each) for each in damaged))),
            operator=operator,
        )

    def _why(self, situation: Situation) -> str:
        """Return why the object that an entry speaks of could not be read, "" if it could."""
        kind = situation.entry.steered.kind if situation.entry else ""
        return "; ".join(why for why, resource in self.unread.items() if resource.kind == kind)

    def _situation(
        self, key: TargetKey, found: Entry | DamagedEntryError | None, at: datetime
    ) -> Situation:
        """Return what is known of a target for judging whose its numbers are, and no plan."""
        entry = found if isinstance(found, Entry) else None
        return Situation(
            now=max(at, entry.notes.since) if entry else at,  # a calendar of its own may be ahead
            timeline=Timeline(()),
            plan=entry.notes.plan if entry else "",
            held=(),
            keeps=None,
            usual=entry.usual if entry else 0,
            most=0,
            workload=self.world.workload(key),
            autoscalers=self.world.autoscalers(key),
            entry=entry,
            proven=False,
            confirmed=None,
            may_reassert=False,
            echo=timedelta(seconds=ECHO),
            damage=str(found) if isinstance(found, DamagedEntryError) else "",
        )


def look(namespaces: Sequence[str], lease_namespace: str) -> tuple[Holds, tuple[str, ...]]:
    """Read what is held in these namespaces, or in all, and what could not be read of it.

    Raises:
        NotLookedAtError: when the ledger cannot be read.
    """
    try:
        return asyncio.run(_look(namespaces, lease_namespace))
    except ApiError as error:
        raise NotLookedAtError(f"the cluster cannot be looked at: {plainly(error)}") from error


async def _look(namespaces: Sequence[str], lease_namespace: str) -> tuple[Holds, tuple[str, ...]]:
    ledger = Ledger()
    api = await KubeApi.connect()
    try:
        needed = (resources.REVISIONS,)
        ledger.unread = await see_all(api, READ, namespaces, needed, ledger.see)
        operator = await operator_of(api, lease_namespace)
    finally:
        await api.close()
    at = Clock.real_now().replace(microsecond=0)
    return ledger.holds(at, namespaces, operator), tuple(ledger.unread)
