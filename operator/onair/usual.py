"""The usual load of targets: the most replicas seen in the last hour that was free of holds."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onair.plan.observed import TargetKey

REMEMBERED = timedelta(hours=1)
"""Calendar time that counts as usual, and for which a hold is remembered (design section 3.3)."""


class History:
    """Replica counts over calendar time; our own floor never gets into it."""

    def __init__(self) -> None:
        self._seen: dict[TargetKey, list[tuple[datetime, int]]] = {}
        self._held: dict[TargetKey, tuple[datetime, int]] = {}

    def note(self, key: TargetKey, now: datetime, replicas: int) -> None:
        """Remember what a target without a hold runs, once it has fallen back from the last one."""
        held = self._held.get(key)
        if held is not None and replicas > held[1] and now < held[0] + REMEMBERED:
            return
        self._held.pop(key, None)
        seen = self._seen.setdefault(key, [])
        if not seen or seen[-1][1] != replicas:
            seen.append((now, replicas))
        while len(seen) > 1 and seen[1][0] <= now - REMEMBERED:
            del seen[0]

    def hold(self, key: TargetKey, now: datetime, usual: int) -> None:
        """Note that a target is held, with this usual load, in case its ledger entry vanishes."""
        self._seen.pop(key, None)
        self._held[key] = (now, usual)

    def forget(self, key: TargetKey) -> None:
        """Forget a target that nobody asks about any more."""
        self._seen.pop(key, None)
        self._held.pop(key, None)

    def kept(self, key: TargetKey) -> int | None:
        """Return the usual load of a hold from which replicas have not fallen back yet."""
        held = self._held.get(key)
        return held[1] if held else None

    def most(self, key: TargetKey) -> int:
        """Return the most replicas remembered, 0 where nothing is."""
        return max((replicas for _, replicas in self._seen.get(key, ())), default=0)
