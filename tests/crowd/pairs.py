"""The order of the evenings: each pair meets one crowd in every arm, and no arm is always first."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tests.crowd.arms import ARMS
from tests.crowd.episode import Episode

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 19980626
TURNOUT = 0.9, 1.1
"""How big the crowd turns out to be, of what was announced: anything between."""


def evenings(pairs: int, speed: int) -> Iterator[tuple[int, str, Episode]]:
    """Yield number of the pair, arm and episode, in the order in which they are to be run."""
    random = Random(SEED)  # noqa: S311 - sizes, no secrets
    arms = list(ARMS)
    for pair in range(1, pairs + 1):
        episode = Episode(speed, turnout=random.uniform(*TURNOUT))
        first = pair % len(arms)
        for arm in arms[first:] + arms[:first]:
            yield pair, arm, episode
