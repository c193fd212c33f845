"""Who else writes the numbers that OnAir raises: named before air, and again if they undo a floor.

`managedFields` says who has written a field last
(https://kubernetes.io/docs/reference/using-api/server-side-apply/#managers). A raise takes it over,
so the ledger keeps who it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from onair.model import reasons
from onair.model.names import MANAGER
from onair.plan.claims import live_limits
from onair.plan.floors import floor_in_force
from onair.plan.observed import Autoscaler

if TYPE_CHECKING:
    from onair.plan.observed import Limits, Number, Workload
    from onair.plan.situation import Situation

NOBODY = "an unknown writer"
"""Who has written a field that `managedFields` says nothing about."""


NOT_PROBED = "NotProbed"
"""In the place of a reason as long as nobody knows whether a clamp is in force."""


class Contest(NamedTuple):
    """Who could undo a target's floor, or does: the reason of the condition, and field managers.

    `unclear` says that nobody can find out whether a clamp keeps them from it.
    """

    reason: str
    rivals: tuple[str, ...]
    unclear: bool = False


def contest(situation: Situation) -> Contest | None:
    """Return who a target's floor is contested by, None where nobody can or may."""
    if situation.observes or situation.steered is None:
        return None
    if situation.rivals and floor_in_force(situation):
        return Contest(reasons.REVERTED, situation.rivals)
    known = situation.entry.managers if situation.entry else ()
    others = tuple(sorted({*known, *writers_of(situation.steered)}))
    if not others or situation.clamped:
        return None
    if situation.clamped is None and not situation.unclear:
        return Contest(NOT_PROBED, others)
    return Contest(reasons.REVERT_WOULD_CUT, others, situation.unclear)


def writers_of(steered: Autoscaler | Workload) -> tuple[str, ...]:
    """Return the field managers beside ours of the numbers that a raise changes, sorted."""
    return _others(*_numbers(steered))


def undone_by(steered: Autoscaler | Workload, wanted: Limits) -> tuple[str, ...]:
    """Return who has written the numbers that are not what they should be, sorted; never empty."""
    pairs = zip(_numbers(steered), (wanted.minimum, wanted.maximum), strict=False)
    return _others(*(number for number, want in pairs if number.value != want)) or (NOBODY,)


def is_undone(steered: Autoscaler | Workload, wanted: Limits) -> bool:
    """Tell whether a floor is not in place: a number is below what it should be."""
    live = live_limits(steered)
    return live.minimum < wanted.minimum or (live.maximum or 0) < (wanted.maximum or 0)


def _numbers(steered: Autoscaler | Workload) -> tuple[Number, ...]:
    if isinstance(steered, Autoscaler):
        return steered.minimum, steered.maximum
    return (steered.replicas,)


def _others(*numbers: Number) -> tuple[str, ...]:
    return tuple(sorted(frozenset().union(*(n.managers for n in numbers)) - {MANAGER}))
