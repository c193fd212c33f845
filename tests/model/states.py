"""The states of the model: what the API server has, what the process has seen, who may still err.

Everything is frozen, so that a state can be told from all others by its hash.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from onair.plan.observed import Autoscaler, Limits, Workload

if TYPE_CHECKING:
    from onair.plan.ledger import Entry

Campaigns = tuple[bool, ...]
"""Which campaigns there are, in the order of `evening.CAMPAIGNS`."""


@dataclass(frozen=True, slots=True)
class Objects:
    """The objects of one target at one instant; entries in the order of their revisions.

    An object's content stands for its version: nothing that anybody reads distinguishes more.
    """

    workload: Workload
    autoscaler: Autoscaler | None
    entries: tuple[Entry, ...] = ()
    _hash: int = field(default=0, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Keep the hash, without what takes long to hash and hardly ever tells two apart."""
        notes = [entry.notes for entry in self.entries]
        told = [(n.state, n.floor, n.since, n.written, n.changed, n.settled) for n in notes]
        object.__setattr__(self, "_hash", hash((self.workload, self.autoscaler, tuple(told))))

    def __hash__(self) -> int:
        """Return the hash of all that is there."""
        return self._hash

    @property
    def steered(self) -> Autoscaler | Workload:
        """What is written to."""
        return self.autoscaler or self.workload

    def entry(self, name: str) -> Entry | None:
        """Return an entry by name."""
        return next((entry for entry in self.entries if entry.name == name), None)

    def with_steered(self, steered: Autoscaler | Workload) -> Objects:
        """Return the objects with another state of the steered one."""
        if isinstance(steered, Autoscaler):
            return replace(self, autoscaler=steered)
        return replace(self, workload=steered)

    def with_entry(self, entry: Entry) -> Objects:
        """Return the objects with an entry in place of that of its name, if there is one."""
        others = (known for known in self.entries if known.name != entry.name)
        entries = sorted((*others, entry), key=lambda known: known.sequence)
        return replace(self, entries=tuple(entries))

    def without(self, *names: str) -> Objects:
        """Return the objects without some entries."""
        return replace(self, entries=tuple(e for e in self.entries if e.name not in names))


@dataclass(frozen=True, slots=True)
class Old:
    """What an old list shows of one target; None is no part of it and shown as it is."""

    workload: Workload | None = None
    autoscaler: Autoscaler | None = None
    entries: tuple[Entry, ...] | None = None

    def shown(self, there: Objects) -> Objects:
        """Return what a process sees that starts with it."""
        return Objects(
            self.workload or there.workload,
            self.autoscaler or there.autoscaler,
            there.entries if self.entries is None else self.entries,
        )


@dataclass(frozen=True, slots=True)
class Local:
    """One target: `there` on the server, as `seen` by the process, as an `old` list has it.

    `wishes` are the limits that the owner has set so far, the newest last: what they want back.
    `needed` are the campaigns that the ledger has ever noted for it.
    `erasing` are the entries that the process is about to delete, one request each; `acknowledged`
    is the name of that of which the server itself has last told it; `blind` says that news of this
    target may not come for any time.
    """

    there: Objects
    wishes: tuple[Limits, ...]
    needed: Campaigns
    seen: Objects | None = None
    old: Old | None = None
    erasing: tuple[Entry, ...] = ()
    acknowledged: str = ""
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Shared:
    """What both targets share: the time, the campaigns and the process.

    `now` and `confirmed` are numbers of instants; `seen` is None while no process runs.
    `old` are the campaigns of an old list; `keeps_old` says that one is kept for a restart; `blind`
    that news of campaigns may not come for any time.
    """

    campaigns: Campaigns
    now: int = 0
    seen: Campaigns | None = None
    confirmed: int | None = None
    old: Campaigns | None = None
    keeps_old: bool = False
    blind: bool = False


class Budget(NamedTuple):
    """How often what is not the operator's doing may happen in one evening."""

    crashes: int = 0
    stale_reads: int = 0
    edits: int = 0
    changes: int = 0
    delays: int = 0

    def covers(self, other: Budget) -> bool:
        """Tell whether it allows all that the other one does."""
        return all(mine >= yours for mine, yours in zip(self, other, strict=True))

    def plus(self, other: Budget) -> Budget:
        """Return both together."""
        return Budget(*(mine + yours for mine, yours in zip(self, other, strict=True)))

    def less(self, cost: Budget) -> Budget:
        """Return what is left."""
        return Budget(*(mine - yours for mine, yours in zip(self, cost, strict=True)))


FREE: Final = Budget()


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that happens to a target, and what is then.

    `ours` says that it is a request of ours; `cost` is what it takes from the budget and `needs`
    what must be there, `cost` included.
    """

    said: str
    shared: Shared
    local: Local
    ours: bool = False
    cost: Budget = FREE
    needs: Budget = FREE
