"""What happens to all targets at once: time, campaigns, and the life of the process."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tests.model.evening import CAMPAIGNS, INSTANTS
from tests.model.others import STALE, STALE_AND_CRASH
from tests.model.states import FREE, Budget, Campaigns, Local, Old, Shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


CHANGE: Final = Budget(changes=1)
CRASH: Final = Budget(crashes=1)
DELAY: Final = Budget(delays=1)
"""Time passes while a living process has something to do."""


@dataclass(frozen=True, slots=True)
class Common:
    """One thing that happens, what it does to each target, and what it takes, as in a move."""

    said: str
    shared: Shared
    effect: Callable[[Local], Local]
    cost: Budget = FREE
    needs: Budget = FREE


def untouched(local: Local) -> Local:
    """Return a target that it does not concern."""
    return local


def lost(local: Local) -> Local:
    """Return a target of which a dead process has seen nothing."""
    return replace(local, seen=None, erasing=(), acknowledged="", blind=False)


def listed(local: Local) -> Local:
    """Return a target after complete lists, no old one being kept for another start."""
    return replace(local, seen=local.there, old=None)


def listed_once_more(local: Local) -> Local:
    """Return a target after complete lists, an old one being kept for the next start."""
    return replace(local, seen=local.there)


def listed_as_it_was(local: Local) -> Local:
    """Return a target after lists that are as old as what was kept."""
    seen = local.old.shown(local.there) if local.old else local.there
    return replace(local, seen=seen, old=None, blind=seen != local.there)


def kept(local: Local) -> Local:
    """Return a target of which an old list shows what is there now."""
    return replace(
        local, old=Old(local.there.workload, local.there.autoscaler, local.there.entries)
    )


def blinded(local: Local) -> Local:
    """Return a target of which no news come while time passes."""
    return replace(local, blind=True)


def moves(shared: Shared) -> Iterator[Common]:
    """Return what may happen to all targets at once, but for the time that passes."""
    for change in _changes(shared):
        yield change
        yield from _kept(shared, change)
    if shared.seen is None:
        yield from _starts(shared)
        return
    yield from deliveries(shared)
    dead = replace(shared, seen=None, confirmed=None, blind=False)
    yield Common("the process dies", dead, lost, CRASH, CRASH)


def passing(shared: Shared, local: Local, *, busy: bool = False) -> Common:
    """Return the next instant.

    It is out of the ordinary that a process is busy meanwhile, or that news do not come.
    """
    later = replace(shared, now=shared.now + 1)
    cost, effect = DELAY if busy else FREE, untouched
    if local.seen is not None and local.seen != local.there and not local.blind:
        cost, effect = cost.plus(STALE), blinded
    elif shared.seen not in {None, shared.campaigns} and not shared.blind:
        cost, later = cost.plus(STALE), replace(later, blind=True)
    return Common(f"it is {INSTANTS[later.now]:%H:%M}", later, effect, cost, cost)


def start(shared: Shared) -> Common:
    """Return a process that starts with lists of all there is."""
    alive = replace(shared, seen=shared.campaigns, old=None, keeps_old=False)
    return Common("a process starts", alive, listed)


def deliveries(shared: Shared) -> Iterator[Common]:
    """Return the news of campaigns that a watch may bring: an earlier proof is none any more."""
    if shared.seen is not None and shared.seen != shared.campaigns:
        news = replace(shared, seen=shared.campaigns, confirmed=None, blind=False)
        yield Common("the campaigns are seen", news, untouched)


def _changes(shared: Shared) -> Iterator[Common]:
    """A campaign is deleted, or created if there is none of its name."""
    for number, name in enumerate(CAMPAIGNS):
        was = shared.campaigns[number]
        campaigns = (*shared.campaigns[:number], not was, *shared.campaigns[number + 1 :])
        changed = replace(shared, campaigns=campaigns)
        told = f"{name} is {'deleted' if was else 'created'}"
        yield Common(told, changed, untouched, CHANGE, CHANGE)


def _kept(shared: Shared, change: Common) -> Iterator[Common]:
    """An old list may still have the campaigns as they were, or everything."""
    if shared.keeps_old:
        return
    needs = CHANGE.plus(STALE if shared.seen is None else STALE_AND_CRASH)
    old = replace(change.shared, keeps_old=True, old=shared.campaigns)
    for what, effect in (("the campaigns", untouched), ("everything", kept)):
        told = f"{change.said}; an old list still has {what}"
        yield Common(told, old, effect, CHANGE.plus(STALE), needs)


def _starts(shared: Shared) -> Iterator[Common]:
    yield start(shared)
    if not shared.keeps_old:
        return
    fresh = replace(shared, seen=shared.campaigns)
    yield Common("a process starts, not with the old list", fresh, listed_once_more, needs=CRASH)
    seen: Campaigns = shared.campaigns if shared.old is None else shared.old
    blind = seen != shared.campaigns
    alive = replace(shared, seen=seen, old=None, keeps_old=False, blind=blind)
    yield Common("a process starts with the old list", alive, listed_as_it_was)
