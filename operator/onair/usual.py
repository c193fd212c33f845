"""The usual load of targets: the most replicas seen in the last hour that was free of holds."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onair.plan.observed import TargetKey

REMEMBERED = timedelta(hours=1)
"""Calendar time that counts as usual (design section 3.3)."""


class History:
    """Replica counts over calendar time; our own floor never gets into it."""

    def __init__(self) -> None:
        self._seen: dict[TargetKey, deque[tuple[datetime, int]]] = {}

    def note(self, key: TargetKey, now: datetime, replicas: int) -> None:
        """Remember what a target without a hold runs."""
        seen = self._seen.setdefault(key, deque())
        if not seen or seen[-1][1] != replicas:
            seen.append((now, replicas))
        while len(seen) > 1 and seen[1][0] <= now - REMEMBERED:
            seen.popleft()

    def forget(self, key: TargetKey) -> None:
        """Start anew: a hold has begun."""
        self._seen.pop(key, None)

    def most(self, key: TargetKey) -> int:
        """Return the most replicas remembered, 0 where nothing is."""
        return max((replicas for _, replicas in self._seen.get(key, ())), default=0)
