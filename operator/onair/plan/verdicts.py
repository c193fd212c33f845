"""The verdict at a moment: was there enough, and if not, who can help it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

READY = "Ready"
LATE = "Late"
SHORT = "Short"

VERDICTS = (READY, LATE, SHORT)
"""The better before the worse."""


def verdict(*, required: int, ready: int, floor: int) -> str:
    """Judge one target at one moment, all three in replicas.

    `required` is the laddered requirement of that instant, before limits; `floor` what could be
    asked of the target, after limits, refusals and rivals.
    """
    if ready >= required:
        return READY
    return SHORT if floor < required else LATE


def worst(verdicts: Iterable[str]) -> str | None:
    """Return the worst of some verdicts, None where there is none."""
    return max(verdicts, key=VERDICTS.index, default=None)
