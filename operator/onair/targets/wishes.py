"""What others wanted of a number that the clamp has kept, as its policies note it.

On an HPA that is an annotation of each limit. A workload can only carry it in `managedFields`,
since that is all of it that a write to `/scale` may take away again: as a manager of its own that
owns the replicas, or, where somebody applied them, as an annotation in that entry, which the next
apply replaces (a manager of its own would be a conflict with it). See
docs/adr/0018-others-are-clamped-while-a-floor-is-up.md.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from onair.model.names import WANTED_MANAGER, WANTED_REPLICAS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


MOST = 2**31 - 1
"""Replicas are an int32 (autoscaling/v2 and apps/v1, types.go)."""

_DIGITS = re.compile(r"0|[1-9][0-9]{0,9}")


def count(note: str | None, least: int = 1) -> int | None:
    """Return the replicas that a note says, None where it says no number of `least` to `MOST`.

    Anybody who may edit the object can write the note, so it is believed in this form alone.
    """
    if note is None or not _DIGITS.fullmatch(note):
        return None
    return number if least <= (number := int(note)) <= MOST else None


def replicas(entries: Iterable[Mapping[str, Any]]) -> str | None:
    """Return the note of replicas in the `managedFields` of a workload, None where there is none.

    One that can be read goes before one that cannot. A note in the entry of somebody who does not
    own the replicas any more is of former times.
    """
    unread: str | None = None
    for entry in entries:
        fields = entry.get("fieldsV1") or {}
        if "f:replicas" not in fields.get("f:spec", {}):
            continue
        manager = entry.get("manager", "")
        annotations = fields.get("f:metadata", {}).get("f:annotations", {})
        said = [manager.removeprefix(WANTED_MANAGER)] if is_note(manager) else []
        said += [name.partition(WANTED_REPLICAS)[2] for name in annotations]
        notes: list[str] = [note for note in said if note]
        readable = [note for note in notes if count(note) is not None]
        if readable:
            return readable[0]
        unread = notes[0] if notes else unread
    return unread


def is_note(manager: str) -> bool:
    """Tell whether a field manager is a note of the clamp's, and nobody who writes."""
    return manager.startswith(WANTED_MANAGER)
