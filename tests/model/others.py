"""What happens without the operator: to one target, or to all at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from onair.plan.observed import Autoscaler
from tests.model.evening import BASELINE, EDITS, FEW, MANY, OWNER, WEB
from tests.model.requests import in_words, written
from tests.model.states import Budget, Local, Move, Objects, Old, Shared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onair.plan.observed import Limits, TargetKey

EDIT: Final = Budget(edits=1)
STALE: Final = Budget(stale_reads=1)
STALE_AND_CRASH: Final = Budget(crashes=1, stale_reads=1)


def moves(key: TargetKey, shared: Shared, local: Local) -> Iterator[Move]:
    """Return what may happen to one target."""
    yield from _edits(key, shared, local)
    yield from scaling(shared, local)
    yield from deliveries(shared, local)


def deliveries(shared: Shared, local: Local) -> Iterator[Move]:
    """Return the news of a target that a watch may bring."""
    seen, there = local.seen, local.there
    if seen is None:
        return
    if seen.workload != there.workload:
        yield _seen("workload", shared, local, replace(seen, workload=there.workload))
    if seen.autoscaler != there.autoscaler:
        yield _seen("HPA", shared, local, replace(seen, autoscaler=there.autoscaler))
    if seen.entries != there.entries and not local.erasing:
        yield _seen("ledger", shared, local, replace(seen, entries=there.entries))


def _seen(what: str, shared: Shared, local: Local, seen: Objects) -> Move:
    blind = local.blind and seen != local.there
    return Move(f"the {what} is seen", shared, replace(local, seen=seen, blind=blind))


def _edits(key: TargetKey, shared: Shared, local: Local) -> Iterator[Move]:
    """The owner writes numbers of their own, or once more those that they always had."""
    for limits in EDITS[key]:
        there = _edited(local.there, limits)
        if there != local.there:
            wishes = (*local.wishes, limits) if limits != local.wishes[-1] else local.wishes
            edited = replace(local, there=there, wishes=wishes)
            yield Move(
                f"the owner writes {in_words(limits)}", shared, edited, cost=EDIT, needs=EDIT
            )


def _edited(there: Objects, limits: Limits) -> Objects:
    steered = there.steered
    if isinstance(steered, Autoscaler):
        minimum = written(steered.minimum, limits.minimum, OWNER)
        maximum = written(steered.maximum, limits.maximum, OWNER)
        return there.with_steered(replace(steered, minimum=minimum, maximum=maximum))
    replicas = written(steered.replicas, limits.minimum, OWNER)
    return there.with_steered(replace(steered, replicas=replicas))


def scaling(shared: Shared, local: Local) -> Iterator[Move]:
    """The HPA controller scales an idle workload to its minimum: to few replicas or to many."""
    autoscaler, workload = local.there.autoscaler, local.there.workload
    if autoscaler is None:
        return
    replicas = FEW if autoscaler.minimum.value <= (BASELINE[WEB].maximum or 0) else MANY
    if replicas == workload.replicas.value:
        return
    scaled = replace(workload, replicas=replace(workload.replicas, value=replicas))
    after = replace(local, there=replace(local.there, workload=scaled))
    yield Move(f"the HPA scales to {replicas}", shared, after)


def kept(shared: Shared, before: Local, move: Move) -> Iterator[Move]:
    """Return a move after which somebody may still be shown what it has changed.

    A server that has fallen behind shows it to a process that starts later: one object of a target,
    or everything as it was at one instant.
    """
    was, now = before.there, move.local.there
    if was == now or shared.keeps_old:
        return
    everything = Old(was.workload, was.autoscaler, was.entries)
    cost = move.cost.plus(STALE)
    needs = move.needs.plus(STALE if shared.seen is None else STALE_AND_CRASH)
    for what, old in (*_changed(was, now), ("everything", everything)):
        campaigns = shared.campaigns if what == "everything" else None
        yield replace(
            move,
            said=f"{move.said}; an old list still has {what}",
            shared=replace(move.shared, keeps_old=True, old=campaigns),
            local=replace(move.local, old=old),
            cost=cost,
            needs=needs,
        )


def _changed(was: Objects, now: Objects) -> Iterator[tuple[str, Old]]:
    if was.workload != now.workload:
        yield "the workload", Old(workload=was.workload)
    if was.autoscaler != now.autoscaler:
        yield "the HPA", Old(autoscaler=was.autoscaler)
    if was.entries != now.entries:
        yield "the ledger", Old(entries=was.entries)


def is_pointless(local: Local) -> bool:
    """Tell whether an old list shows what is there: one that is kept later shows it as well."""
    return local.old is not None and local.old.shown(local.there) == local.there
