"""Lets the faults of a course come and go, and notes what they excuse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from onair.clock import Clock
from tests.faults.evidence import Outage
from tests.soak.faults import KINDS
from tests.soak.needs import Excuses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.soak.faults import Fault
    from tests.soak.scene import Scene


@dataclass(slots=True)
class _Hit:
    fault: Fault
    begun: datetime
    play: Iterator[float]
    due: float


class Hitting:
    """Plays faults, of which several may be under way; the second is that of the course."""

    def __init__(self, faults: Iterable[Fault], scene: Scene) -> None:
        self._left = list(faults)
        self._scene = scene
        self._hits: list[_Hit] = []
        self._away: list[Outage] = []
        self._blind: list[Outage] = []

    @property
    def is_over(self) -> bool:
        """Tell whether all have come and gone."""
        return not self._left and not self._hits

    def look(self, second: float) -> None:
        """Do what is due at a second."""
        while self._left and self._left[0].at <= second:
            fault = self._left.pop(0)
            play = KINDS[fault.kind].play(fault, self._scene)
            self._hits.append(_Hit(fault, Clock.real_now(), play, second))
        for hit in [hit for hit in self._hits if hit.due <= second]:
            wait = next(hit.play, None)
            if wait is None:
                self._hits.remove(hit)
                self._lifted(hit)
            else:
                hit.due = second + wait

    def excuses(self, starved: Iterable[Outage]) -> Excuses:
        """Return what is excused, beside when nobody could have been on time."""
        return Excuses.of((*self._away, *starved), self._blind)

    def _lifted(self, hit: _Hit) -> None:
        kind = KINDS[hit.fault.kind]
        for seconds, outages in ((kind.away, self._away), (kind.blind, self._blind)):
            if seconds is not None:
                until = Clock.real_now() + timedelta(seconds=seconds)
                outages.append(Outage(hit.begun, until))
