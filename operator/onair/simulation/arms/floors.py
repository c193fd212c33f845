"""A minimum of the HPA that is known beforehand."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from onair.simulation.engine import Bounds, play

if TYPE_CHECKING:
    from onair.simulation.arms.stage import Stage
    from onair.simulation.course import Course, Steps


class Floors:
    """Raises the HPA's minimum to a floor over time, and its maximum where that is below it."""

    def __init__(self, owner: Bounds, floor: Steps) -> None:
        """Stand on what the `owner` of the HPA set."""
        self._owner, self._floor, self._number = owner, floor, 0

    def look(self, now: float, _replicas: int) -> tuple[Bounds, float]:
        """Return the limits from `now` on, and when they change."""
        times, values = self._floor.times, self._floor.values
        while self._number < len(times) and times[self._number] <= now:
            self._number += 1
        floor = values[self._number - 1] if self._number else 0
        due = times[self._number] if self._number < len(times) else inf
        minimum = max(self._owner.minimum, floor)
        return Bounds(minimum, max(self._owner.maximum, minimum)), due


def on(floor: Steps, stage: Stage) -> Course:
    """Return what comes of an HPA with such a floor."""
    return play(stage.offered, stage.settings, Floors(stage.bounds, floor))
