"""The rules in force, how often each has met what it matches, and when they change."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from tests.faults.proxy.faults import (
    Cut,
    DropEvents,
    DuplicateEvents,
    ErrorEvent,
    Hold,
    OldSnapshot,
    ReorderEvents,
    ShiftDate,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tests.faults.proxy.asked import Asked
    from tests.faults.proxy.faults import Fault
    from tests.faults.proxy.rules import Rule

OF_EVENTS: Final = (DropEvents, DuplicateEvents, ReorderEvents)
OF_STREAMS: Final = (Hold, Cut, ErrorEvent)
"""What befalls a watch that is open."""


class Rulebook:
    """To be used in one event loop only; equal rules are one rule."""

    def __init__(self) -> None:
        self._met: dict[Rule, int] = {}
        self.changed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in force, in their order."""
        return tuple(self._met)

    def replace(self, rules: Iterable[Rule]) -> None:
        """Put rules in force instead of those that are; who stays goes on counting."""
        self._met = {rule: self._met.get(rule, 0) for rule in rules}
        changed, self.changed = self.changed, self.changed.get_loop().create_future()
        changed.set_result(None)

    async def kept(self, rule: Rule, seconds: float | None = None) -> None:
        """Return when a rule is no longer in force, or after so many seconds."""
        loop = self.changed.get_loop()
        end = None if seconds is None else loop.time() + seconds
        while rule in self._met:
            left = None if end is None else end - loop.time()
            if left is not None and left <= 0:
                return
            await asyncio.wait({self.changed}, timeout=left)

    def of_request(self, asked: Asked) -> tuple[Rule | None, float]:
        """Count a request; returns the rule that applies, and how much later its `Date` is."""
        fitting = [r for r in self._met if concerns(r.fault, asked) and r.match.fits(asked)]
        applied = self._count(fitting)
        shift = sum(r.fault.seconds for r in applied if isinstance(r.fault, ShiftDate))
        others = [rule for rule in applied if not isinstance(rule.fault, ShiftDate)]
        return (others[0] if others else None), shift

    def of_stream(self, asked: Asked, known: Collection[Rule]) -> Rule | None:
        """Count an open watch for the rules that it has not known yet; returns what applies."""
        return self._first(
            rule
            for rule in self._met
            if rule not in known and isinstance(rule.fault, OF_STREAMS) and rule.match.fits(asked)
        )

    def of_event(self, asked: Asked, namespace: str, name: str) -> Rule | None:
        """Count an event of a watch; returns the rule that applies."""
        return self._first(
            rule
            for rule in self._met
            if isinstance(rule.fault, OF_EVENTS)
            and rule.match.fits_collection(asked)
            and rule.match.names(namespace, name)
        )

    def snapshot(self, asked: Asked) -> Rule | None:
        """Return the rule that keeps an open watch from getting anything new."""
        return next(
            (r for r in self._met if isinstance(r.fault, OldSnapshot) and r.match.fits(asked)), None
        )

    def _first(self, fitting: Iterable[Rule]) -> Rule | None:
        return next(iter(self._count(fitting)), None)

    def _count(self, fitting: Iterable[Rule]) -> list[Rule]:
        applied = []
        for rule in tuple(fitting):
            self._met[rule] += 1
            if rule.applies(self._met[rule]):
                applied.append(rule)
        return applied


def concerns(fault: Fault, asked: Asked) -> bool:
    """Tell whether a fault is one of such a request itself, and not of what a watch says."""
    if asked.verb == "watch":
        return not isinstance(fault, (*OF_EVENTS, *OF_STREAMS))
    if isinstance(fault, OldSnapshot):
        return asked.verb == "list"
    return not isinstance(fault, (*OF_EVENTS, ErrorEvent))
