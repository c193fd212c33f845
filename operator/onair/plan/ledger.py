"""The ledger entry as a value: what a target's owner had, and what this hold has done to it.

One entry is one ControllerRevision: `data` never changes, annotations do (see `spelling`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from onair.plan.observed import Limits, ObjectId

KEPT_WRITES = 40


class State(StrEnum):
    """How far a hold is: never written, written, or given back."""

    CAPTURED = "captured"
    RAISED = "raised"
    RESTORED = "restored"


class DamagedEntryError(ValueError):
    """An entry that cannot be used: nobody guesses what its owner had.

    Its text says what cannot be read, and what to do about it.
    """


@dataclass(frozen=True, slots=True, order=True)
class Held:
    """What one campaign asked of this target: until when, and how it lets go.

    `end` is the last instant of its demand in the plan of that time, UTC.
    """

    airing: datetime
    end: datetime
    hold: timedelta
    step: Fraction
    every: timedelta

    @property
    def length(self) -> timedelta:
        """How long after the end, or a change, nothing is left of the floor."""
        return self.hold + self.every * (ceil(1 / self.step) - 1)

    def share_left(self, elapsed: timedelta) -> Fraction:
        """Return k(elapsed) of design section 3.6: 1 up to `hold`, then falling by `step`."""
        if elapsed <= self.hold:
            return Fraction(1)
        steps = -((self.hold - elapsed) // self.every)
        return max(Fraction(0), 1 - self.step * steps)


@dataclass(frozen=True, slots=True)
class Changed:
    """A floor that an edit, a deletion or a suspension ended, and since when it cools down.

    `plan` is the fingerprint of the plan that had asked for it, "" where another floor was cooling
    down already: then this one is not of one plan alone.
    """

    floor: int
    since: datetime
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Write:
    """Limits that this hold wrote, or was about to write, at a calendar instant."""

    at: datetime
    limits: Limits


@dataclass(frozen=True, slots=True)
class Notes:
    """The changeable half of an entry.

    `floor` is the last floor put in force since `since`; `plan` is the fingerprint of the plan
    that asked for it; `settled` is when the baseline was back.
    """

    state: State
    plan: str
    floor: int
    since: datetime
    campaigns: tuple[tuple[str, Held], ...] = ()
    written: tuple[Write, ...] = ()
    changed: Changed | None = None
    settled: datetime | None = None

    def intends(self, limits: Limits) -> bool:
        """Tell whether `limits` are already noted as this hold's own."""
        return any(write.limits == limits for write in self.written)

    def with_write(self, limits: Limits, at: datetime) -> Notes:
        """Return notes that name `limits` as ours from `at` on; a repeated one moves on."""
        kept = tuple(write for write in self.written if write.limits != limits)
        return replace(self, written=(*kept, Write(at, limits))[-KEPT_WRITES:])


class Seen(NamedTuple):
    """The newest resource versions of campaigns and of target sets that a process has seen.

    Comparable within each of the two (https://kep.k8s.io/5504).
    """

    campaigns: int = 0
    target_sets: int = 0

    def together(self, other: Seen) -> Seen:
        """Return what either of the two has seen."""
        return Seen(*map(max, self, other))

    def is_older(self, other: Seen) -> bool:
        """Tell whether there is anything that only the other has seen."""
        return self.together(other) != self


NOTHING_SEEN: Final = Seen()


@dataclass(frozen=True, slots=True)
class Entry:
    """A ledger entry: the baseline of one steered object, as captured before our first write.

    `managers` are the field managers that had written the numbers which a raise takes over; `seen`
    is what was known of the needs when the entry was last written: a list that is older than that
    proves nothing about them.
    """

    name: str
    resource_version: str
    sequence: int
    workload: ObjectId
    steered: ObjectId
    baseline: Limits
    usual: int
    notes: Notes
    managers: tuple[str, ...] = ()
    seen: Seen = NOTHING_SEEN


def entry_name(uid: str, sequence: int) -> str:
    """Return the name under which a baseline of the object with this UID is kept.

    The name is the lock: creating it twice fails, so a captured baseline is never replaced.
    """
    digest = hashlib.sha256(uid.encode()).hexdigest()[:16]
    return f"onair-{digest}-{sequence}"
