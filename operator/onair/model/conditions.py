"""Conditions of a status: one setter, pure, with the transition time of Kubernetes' conventions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from onair.model.status import Condition, stamp

VALID: Final = "Valid"
READY: Final = "Ready"
RESTORED: Final = "Restored"
FEASIBLE: Final = "Feasible"
STOPPED: Final = "Stopped"
CONTESTED: Final = "Contested"
CLOCK_SKEW: Final = "ClockSkew"


def condition(generation: int, kind: str, *said: str) -> Condition:
    """Return a condition of a campaign's generation: its type, then status, reason and message."""
    status, reason, message = said
    return Condition(
        type=kind,
        status=status,
        reason=reason,
        message=message,
        observed_generation=generation,
    )


def set_condition(
    conditions: Sequence[Mapping[str, Any]], new: Condition, now: datetime
) -> list[dict[str, Any]]:
    """Return `conditions` with `new` in the place of the one of its type, or at the end.

    The transition time is `now` if the status flips, else that of the old condition.
    The convention: https://github.com/kubernetes/community, API conventions, "Typical status
    properties".
    """
    old = get_condition(conditions, new.type)
    kept = old.get("lastTransitionTime") if old.get("status") == new.status else None
    entry = new.manifest() | {"lastTransitionTime": kept or stamp(now)}
    if not old:
        return [*map(dict, conditions), entry]
    return [entry if item.get("type") == new.type else dict(item) for item in conditions]


def drop_condition(conditions: Sequence[Mapping[str, Any]], kind: str) -> list[dict[str, Any]]:
    """Return `conditions` without the one of type `kind`: it no longer applies."""
    return [dict(item) for item in conditions if item.get("type") != kind]


def get_condition(conditions: Sequence[Mapping[str, Any]], kind: str) -> Mapping[str, Any]:
    """Return the condition of type `kind`, or an empty mapping."""
    return next((item for item in conditions if item.get("type") == kind), {})
