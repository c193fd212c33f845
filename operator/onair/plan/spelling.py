"""A ledger entry as text: the only place that knows how an entry is spelled.

`cluster/` carries the text to and fro. Whoever may write to ControllerRevisions may have written
what is read here, so everything is bounded.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from onair.model import names
from onair.plan.ledger import Changed, DamagedEntryError, Entry, Held, Notes, Seen, State, Write
from onair.plan.observed import Limits, ObjectId

if TYPE_CHECKING:
    from collections.abc import Mapping

UNREADABLE: Final = (
    *(LookupError, TypeError, ValueError, AttributeError, ArithmeticError),
    RecursionError,
)

MOST: Final = 2**31 - 1
"""Replicas are int32 in Kubernetes (k8s.io/api, apps/v1/types.go)."""

YEARS: Final = range(1971, 2099)
LONGEST: Final = timedelta(days=5000)
"""More than any duration of a manifest, and no sum of instants and lengths overflows."""

MENDED: Final = (
    "restore it from a backup or give back by hand, with --field-manager=onair as"
    " docs/getting-everything-back.md says"
)

DIGEST: Final = "digest"
NOTED: Final = (
    *(names.STATE, names.PLAN, names.LAST_FLOOR, names.CAMPAIGNS),
    *(names.WRITTEN, names.CHANGED, names.SETTLED),
)

FRACTION: Final = re.compile(r"[0-9]{1,100}(/[0-9]{1,100})?")


def to_data(entry: Entry) -> dict[str, Any]:
    """Return the immutable half of `entry` as JSON-able data."""
    data = {
        "workload": asdict(entry.workload),
        "steered": asdict(entry.steered),
        "baseline": asdict(entry.baseline),
        "usual": entry.usual,
        "managers": list(entry.managers),
    }
    return data | {DIGEST: _digest_of_data(entry.sequence, data)}


def to_annotations(notes: Notes) -> dict[str, str | None]:
    """Return the changeable half of an entry as annotations; None takes an annotation away."""
    campaigns = {name: _held_to_json(held) for name, held in notes.campaigns}
    written = [[_text(w.at), w.limits.minimum, w.limits.maximum] for w in notes.written]
    changed = notes.changed and _changed_to_json(notes.changed)
    noted = {
        names.STATE: notes.state.value,
        names.PLAN: notes.plan,
        names.LAST_FLOOR: json.dumps([notes.floor, _text(notes.since)]),
        names.CAMPAIGNS: json.dumps(campaigns, sort_keys=True),
        names.WRITTEN: json.dumps(written),
        names.CHANGED: json.dumps(changed) if changed else None,
        names.SETTLED: _text(notes.settled) if notes.settled else None,
    }
    return noted | {names.DIGEST: _digest_of_notes(noted)}


def from_body(body: Mapping[str, Any]) -> Entry:
    """Read an entry from a ControllerRevision.

    A half without a digest is believed: who mends notes by hand takes it away with them.

    Raises:
        DamagedEntryError: when any part is missing or not what OnAir writes.
    """
    try:
        metadata, data = body["metadata"], body["data"]
        _check_digests(body["revision"], data, metadata["annotations"])
        return Entry(
            name=metadata["name"],
            resource_version=metadata["resourceVersion"],
            sequence=int(body["revision"]),
            workload=_object_id(data["workload"]),
            steered=_object_id(data["steered"]),
            baseline=_limits(data["baseline"]["minimum"], data["baseline"]["maximum"]),
            usual=_count(data["usual"]),
            notes=_notes(metadata["annotations"]),
            managers=tuple(map(str, data.get("managers", ()))),
            seen=Seen(*map(_version, json.loads(metadata["annotations"].get(names.SEEN, "[]")))),
        )
    except UNREADABLE as error:
        why = f"its ledger entry cannot be read: {error!r}"
        raise DamagedEntryError(f"{why}; {MENDED}") from error


def _check_digests(revision: int, data: Mapping[str, Any], noted: Mapping[str, str]) -> None:
    of_data, of_notes = _digest_of_data(revision, data), _digest_of_notes(noted)
    if data.get(DIGEST, of_data) != of_data or noted.get(names.DIGEST, of_notes) != of_notes:
        raise ValueError("it is not as OnAir wrote it: its digest says so")


def _digest_of_data(revision: int, data: Mapping[str, Any]) -> str:
    return _digest([revision, {name: said for name, said in data.items() if name != DIGEST}])


def _digest_of_notes(annotations: Mapping[str, str | None]) -> str:
    """Return the digest of what is noted; what was seen may be taken away by hand."""
    return _digest({name: text for name in NOTED if (text := annotations.get(name)) is not None})


def _digest(said: object) -> str:
    """Return what tells bits that have flipped on a disk from what was written."""
    text = json.dumps(said, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


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
        changed=_changed_from_json(changed) if changed else None,
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
        step=Fraction(step) if FRACTION.fullmatch(step) else Fraction(0),
        every=timedelta(seconds=float(every)),
    )
    if not timedelta(0) <= held.hold <= LONGEST or not 0 < held.step <= 1:
        raise ValueError(f"{row!r} is no cool-down: it would never begin or never end")
    if not timedelta(0) < held.every <= LONGEST:
        raise ValueError(f"{row!r} is no cool-down: it would never begin or never end")
    return held


def _changed_to_json(changed: Changed) -> list[int | str]:
    return [changed.floor, _text(changed.since), *filter(None, (changed.plan,))]


def _changed_from_json(row: list[Any]) -> Changed:
    """Return what was changed; before there was a way to end at once, its plan was not noted."""
    floor, since, plan = (*row, "")[:3]
    return Changed(_count(floor), _instant(since), str(plan))


def _object_id(said: Mapping[str, Any]) -> ObjectId:
    if not all(isinstance(text, str) for text in said.values()):
        raise ValueError(f"{said!r} is no identity of an object")
    return ObjectId(**said)


def _limits(minimum: object, maximum: object) -> Limits:
    return Limits(_count(minimum), None if maximum is None else _count(maximum))


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST:
        raise ValueError(f"{value!r} is not a replica count")
    return value


def _version(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{value!r} is no resource version")
    return value


def _text(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"{text!r} has no offset")
    if instant.year not in YEARS:
        raise ValueError(f"{text!r} lies in no year of ours")
    return instant.astimezone(UTC)
