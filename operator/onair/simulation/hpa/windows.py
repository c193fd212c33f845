"""What was recommended lately, and by how much replicas were changed."""

from collections import deque
from math import inf
from typing import Final

_MOMENT: Final = 1e-6
"""Seconds. What is exactly as old as a window is no longer in it: each sync of the real controller
comes a little later than the one before plus its period."""


class Largest:
    """The largest number of the last `window` seconds; those that a later one outdoes are gone."""

    def __init__(self, window: float) -> None:
        self._window = window - _MOMENT
        self._noted: deque[tuple[float, int]] = deque()

    def note(self, now: float, number: int) -> None:
        """Remember a number; `now` never goes back."""
        noted = self._noted
        while noted and noted[-1][1] <= number:
            noted.pop()
        noted.append((now, number))

    def since(self, now: float, number: int) -> int:
        """Return the largest of the window and of `number`."""
        noted, oldest = self._noted, now - self._window
        while noted and noted[0][0] <= oldest:
            noted.popleft()
        return max(noted[0][1], number) if noted else number

    def holds_until(self, number: int) -> float:
        """Return until when the answer to `since` is not below `number`; -inf if it may be now."""
        held = (at + self._window for at, noted in reversed(self._noted) if noted >= number)
        return next(held, -inf)


class Changes:
    """By how many replicas a workload was changed in one direction, as far as policies look back.

    As `storeScaleEvent` and `getReplicasChangePerPeriod` in `horizontal.go`.
    """

    def __init__(self, longest: float) -> None:
        self._longest = longest - _MOMENT
        self._noted: deque[tuple[float, int]] = deque()

    def note(self, now: float, replicas: int) -> None:
        """Remember a change; `now` never goes back."""
        self._noted.append((now, replicas))

    def within(self, now: float, period: float) -> int:
        """Return by how many replicas the last `period` seconds changed the workload."""
        noted, oldest = self._noted, now - self._longest
        while noted and noted[0][0] <= oldest:
            noted.popleft()
        after = now - period + _MOMENT
        return sum(replicas for at, replicas in noted if at > after)
