"""What the API server does with a request of ours: its preconditions, as `onair.targets` has them.

Each function returns the objects afterwards, or raises `RefusedError`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onair.model.names import MANAGER
from onair.plan.claims import live_limits
from onair.plan.observed import Autoscaler, Limits, Number, Workload
from onair.plan.spelling import from_body, to_annotations, to_data

if TYPE_CHECKING:
    from onair.plan.ledger import Entry, Notes
    from onair.plan.situation import Put
    from tests.model.states import Objects


class RefusedError(Exception):
    """A precondition does not hold."""


def create(there: Objects, entry: Entry) -> Objects:
    """Create an entry; one of this name is never replaced."""
    if there.entry(entry.name):
        raise RefusedError
    return there.with_entry(_stored(entry))


def annotate(there: Objects, entry: Entry, notes: Notes) -> Objects:
    """Replace the notes of an entry that is still as it was read."""
    if there.entry(entry.name) != entry:
        raise RefusedError
    return there.with_entry(_stored(replace(entry, notes=notes)))


def put(there: Objects, seen: Objects, step: Put) -> Objects:
    """Write limits over those that were `seen`, with the marks beside them."""
    steered = there.steered
    if step.steered.uid != steered.id.uid or step.before != live_limits(steered):
        raise RefusedError
    if step.version and steered != seen.steered:
        raise RefusedError
    if isinstance(steered, Workload):
        replicas = written(steered.replicas, step.after.minimum, MANAGER)
        return there.with_steered(replace(steered, replicas=replicas))
    if step.bare and not steered.bare:
        raise RefusedError
    marked = replace(
        steered,
        minimum=written(steered.minimum, step.after.minimum, MANAGER),
        maximum=written(steered.maximum, step.after.maximum, MANAGER),
        annotated=True,
        bare=False,
        marks=step.guarded,
    )
    return there.with_steered(marked)


def release(there: Objects) -> Objects:
    """Take our marks and our field ownership off an HPA."""
    if not isinstance(there.steered, Autoscaler):
        raise TypeError("a workload has nothing to release")
    released = replace(
        there.steered,
        minimum=_disowned(there.steered.minimum),
        maximum=_disowned(there.steered.maximum),
        annotated=False,
        bare=True,
        marks=None,
    )
    return there.with_steered(released)


def delete(there: Objects, entry: Entry) -> Objects:
    """Delete an entry that is still as it was listed; one that is gone already is gone."""
    if there.entry(entry.name) not in {None, entry}:
        raise RefusedError
    return there.without(entry.name)


def written(number: Number, value: int | None, manager: str) -> Number:
    """Return a field after an update: who changes its value owns it alone.

    (structured-merge-diff, merge/update.go: an update takes what it changes from all others.)
    """
    if value is None:
        raise TypeError("an HPA has a maximum")
    return number if number.value == value else Number(value, frozenset({manager}))


def _disowned(number: Number) -> Number:
    return replace(number, managers=number.managers - {MANAGER})


def _stored(entry: Entry) -> Entry:
    """Return an entry as it is read after it went through the text of its object."""
    annotations = {name: v for name, v in to_annotations(entry.notes).items() if v is not None}
    metadata = {"name": entry.name, "resourceVersion": "", "annotations": annotations}
    return from_body({"metadata": metadata, "data": to_data(entry), "revision": entry.sequence})


def in_words(limits: Limits) -> str:
    """Return limits as a person writes them."""
    return str(limits.minimum) if limits.maximum is None else f"{limits.minimum}..{limits.maximum}"
