"""What one decision looks at, and the steps that it can ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onair.model import names
from onair.plan.observed import Autoscaler, Limits, ObjectId, Workload

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from onair.plan.ledger import Entry, Held, Notes
    from onair.plan.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that is known of one target at `now` (calendar time, UTC).

    `plan` is the fingerprint of the needs behind `timeline`; `keeps` the latest recorded end of a
    campaign that still exists but is invalid; `most` the smallest maxReplicas in force; `proven`
    says that this process has listed every watched kind; `confirmed` is when an uncached list last
    agreed with the needs; `echo` how long a value of ours may still come back from elsewhere;
    `aimed` that some campaign has an airing to come; `observes` that nothing may be written;
    `damage` what is wrong with a ledger entry that cannot be used, where `entry` is then None, and
    what to do about it;
    `superseded` the entries that an owner's edit has replaced by a newer one;
    `at_once` the campaigns that are to end without a cool-down, and `unhurried` the fingerprint of
    the plan in which they go on; `rivals` the field managers that have undone the floor again and
    again; `clamped` whether the cluster keeps others from doing so, None where that is not known,
    and `unclear` where it cannot be found out.
    """

    now: datetime
    timeline: Timeline
    plan: str
    held: tuple[tuple[str, Held], ...]
    keeps: datetime | None
    usual: int
    most: int
    workload: Workload | None
    autoscalers: tuple[Autoscaler, ...]
    entry: Entry | None
    proven: bool
    confirmed: datetime | None
    may_reassert: bool
    echo: timedelta
    aimed: bool = True
    observes: bool = False
    damage: str = ""
    superseded: tuple[Entry, ...] = ()
    at_once: frozenset[str] = frozenset()
    unhurried: str = ""
    rivals: tuple[str, ...] = ()
    clamped: bool | None = None
    unclear: bool = False

    @property
    def steered(self) -> Autoscaler | Workload | None:
        """The object through which this target is steered: its HPA, else the workload itself.

        Of several HPAs the one that the ledger entry speaks of, so that it gets its limits back.
        """
        uid = self.entry.steered.uid if self.entry else None
        known = [autoscaler for autoscaler in self.autoscalers if autoscaler.id.uid == uid]
        return (*known, *self.autoscalers, self.workload)[0]


@dataclass(frozen=True, slots=True)
class Record:
    """Create this ledger entry; that it exists already means it is captured."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class Annotate:
    """Replace the changeable half of a ledger entry."""

    entry: Entry
    notes: Notes


@dataclass(frozen=True, slots=True)
class Put:
    """Write limits to the steered object if they are still `before`.

    `held` is the note for whoever is on call; `bare` says that there are no annotations yet.
    `guarded` are the limits below which the clamp lets nobody else go from now on. `taken` are the
    notes of others' wishes that go with a number which changes. `version`, where it is not empty,
    is the only resource version that may be written over: what the clamp has noted since would go.
    Where `before` is `after` only the marks move, and the numbers stay whose they are.
    """

    steered: ObjectId
    before: Limits
    after: Limits
    held: str
    guarded: Limits
    bare: bool = False
    taken: tuple[tuple[str, int], ...] = ()
    version: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """Take our marks and our field ownership off a restored HPA."""

    steered: ObjectId


@dataclass(frozen=True, slots=True)
class Confirm:
    """List the namespace's campaigns and target sets uncached."""


@dataclass(frozen=True, slots=True)
class Erase:
    """Delete a ledger entry, after an uncached read that shows nothing of ours in place.

    `superseded` says that an HPA owns the replicas of its workload now, whatever they are.
    """

    entry: Entry
    superseded: bool = False


Step = Record | Annotate | Put | Release | Confirm | Erase


def put(
    steered: Autoscaler | Workload,
    before: Limits,
    after: Limits,
    held: str,
    guarded: Limits,
    *,
    first: bool = False,
) -> Put:
    """Return the step that takes a steered object from `before` to `after`.

    `first` says that nothing of this hold stands yet, so that the clamp cannot have noted anything.
    """
    if isinstance(steered, Autoscaler):
        changed = (
            (names.WANTED_MIN, steered.minimum.wish, before.minimum != after.minimum),
            (names.WANTED_MAX, steered.maximum.wish, before.maximum != after.maximum),
        )
        taken = tuple((name, wish) for name, wish, moves in changed if moves and wish is not None)
        return Put(steered.id, before, after, held, guarded, steered.bare, taken)
    version = "" if first else steered.version
    return Put(steered.id, before, after, held, guarded, version=version)


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do next about a target, why, and when to look again (calendar time).

    `floor` is the floor in force in replicas, `ceiling` the HPA maximum beside it; `rivals` the
    field managers that have undone the floor, where the step or the waiting answers that.
    """

    reason: str
    message: str = ""
    step: Step | None = None
    wake: datetime | None = None
    floor: int = 0
    ceiling: int | None = None
    rivals: tuple[str, ...] = ()
