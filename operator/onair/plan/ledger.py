"""The ledger entry as a value: what a target's owner had, and what this hold has done to it.

One entry is one ControllerRevision: `data` never changes, annotations do. The text forms here are
the only place that knows how an entry is spelled; `cluster/` carries the text to and fro.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from onair.model import names
from onair.plan.observed import Limits, ObjectId

if TYPE_CHECKING:
    from collections.abc import Mapping

KEPT_WRITES = 40


class State(StrEnum):
    """How far a hold is: never written, written, or given back."""

    CAPTURED = "captured"
    RAISED = "raised"
    RESTORED = "restored"


class DamagedEntryError(ValueError):
    """An entry that cannot be read: nobody guesses what its owner had."""


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

    def share_left(self, elapsed: timedelta) -> Fraction:
        """Return k(elapsed) of design section 3.6: 1 up to `hold`, then falling by `step`."""
        if elapsed <= self.hold:
            return Fraction(1)
        steps = -((self.hold - elapsed) // self.every)
        return max(Fraction(0), 1 - self.step * steps)


@dataclass(frozen=True, slots=True)
class Changed:
    """A floor that an edit, a deletion or a suspension ended, and since when it cools down."""

    floor: int
    since: datetime


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


@dataclass(frozen=True, slots=True)
class Entry:
    """A ledger entry: the baseline of one steered object, as captured before our first write."""

    name: str
    resource_version: str
    sequence: int
    workload: ObjectId
    steered: ObjectId
    baseline: Limits
    usual: int
    notes: Notes


def entry_name(uid: str, sequence: int) -> str:
    """Return the name under which a baseline of the object with this UID is kept.

    The name is the lock: creating it twice fails, so a captured baseline is never replaced.
    """
    digest = hashlib.sha256(uid.encode()).hexdigest()[:16]
    return f"onair-{digest}-{sequence}"


def to_data(entry: Entry) -> dict[str, Any]:
    """Return the immutable half of `entry` as JSON-able data."""
    return {
        "workload": asdict(entry.workload),
        "steered": asdict(entry.steered),
        "baseline": asdict(entry.baseline),
        "usual": entry.usual,
    }


def to_annotations(notes: Notes) -> dict[str, str | None]:
    """Return the changeable half of an entry as annotations; None takes an annotation away."""
    campaigns = {name: _held_to_json(held) for name, held in notes.campaigns}
    written = [[_text(w.at), w.limits.minimum, w.limits.maximum] for w in notes.written]
    changed = notes.changed and [notes.changed.floor, _text(notes.changed.since)]
    return {
        names.STATE: notes.state.value,
        names.PLAN: notes.plan,
        names.LAST_FLOOR: json.dumps([notes.floor, _text(notes.since)]),
        names.CAMPAIGNS: json.dumps(campaigns, sort_keys=True),
        names.WRITTEN: json.dumps(written),
        names.CHANGED: json.dumps(changed) if changed else None,
        names.SETTLED: _text(notes.settled) if notes.settled else None,
    }


def from_body(body: Mapping[str, Any]) -> Entry:
    """Read an entry from a ControllerRevision.

    Raises:
        DamagedEntryError: when any part is missing or not what OnAir writes.
    """
    try:
        metadata, data = body["metadata"], body["data"]
        return Entry(
            name=metadata["name"],
            resource_version=metadata["resourceVersion"],
            sequence=int(body["revision"]),
            workload=_object_id(data["workload"]),
            steered=_object_id(data["steered"]),
            baseline=_limits(data["baseline"]["minimum"], data["baseline"]["maximum"]),
            usual=_count(data["usual"]),
            notes=_notes(metadata["annotations"]),
        )
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise DamagedEntryError(f"cannot be read: {error!r}") from error


def _notes(annotations: Mapping[str, str]) -> Notes:
    floor, since = json.loads(annotations[names.LAST_FLOOR])
    changed = json.loads(annotations.get(names.CHANGED, "null"))
    settled = annotations.get(names.SETTLED)
    campaigns = json.loads(annotations[names.CAMPAIGNS])
    return Notes(
        state=State(annotations[names.STATE]),
        plan=annotations[names.PLAN],
        floor=_count(floor),
        since=_instant(since),
        campaigns=tuple((name, _held_from_json(held)) for name, held in campaigns.items()),
        written=tuple(
            Write(_instant(at), _limits(minimum, maximum))
            for at, minimum, maximum in json.loads(annotations[names.WRITTEN])
        ),
        changed=Changed(_count(changed[0]), _instant(changed[1])) if changed else None,
        settled=_instant(settled) if settled else None,
    )


def _held_to_json(held: Held) -> list[str]:
    seconds = (repr(duration.total_seconds()) for duration in (held.hold, held.every))
    return [_text(held.airing), _text(held.end), str(held.step), *seconds]


def _held_from_json(row: list[str]) -> Held:
    airing, end, step, hold, every = row
    held = Held(
        airing=_instant(airing),
        end=_instant(end),
        hold=timedelta(seconds=float(hold)),
        step=Fraction(step),
        every=timedelta(seconds=float(every)),
    )
    if held.hold < timedelta(0) or held.every <= timedelta(0) or not 0 < held.step <= 1:
        raise ValueError(f"{row!r} is no cool-down: it would never begin or never end")
    return held


def _object_id(said: Mapping[str, Any]) -> ObjectId:
    if not all(isinstance(text, str) for text in said.values()):
        raise ValueError(f"{said!r} is no identity of an object")
    return ObjectId(**said)


def _limits(minimum: object, maximum: object) -> Limits:
    return Limits(_count(minimum), None if maximum is None else _count(maximum))


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{value!r} is not a replica count")
    return value


def _text(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"{text!r} has no offset")
    return instant.astimezone(UTC)
