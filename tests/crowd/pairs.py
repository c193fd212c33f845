"""All runs: each pair meets one crowd in every arm, and every order of the arms has its turn."""

from __future__ import annotations

from itertools import permutations
from random import Random
from typing import TYPE_CHECKING

from tests.cluster.control_plane import ControlPlane
from tests.crowd.arms import ARMS
from tests.crowd.episode import Episode
from tests.crowd.measure import Crowd, Run, run
from tests.crowd.programs import build
from tests.crowd.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cluster.progress import Say

PAIRS = 6
SHORT_SPEED = 8
"""Of the short form, a single pair: everything but the HPA so many times as fast."""

SEED = 19980626
TURNOUT = 0.9, 1.1
"""How big the crowd turns out to be, of what was announced: anything between."""

HPA_SYNC, HPA_STABILIZATION = 15, 300
"""Kubernetes' defaults, seconds."""


def runs(pairs: int, speed: int, say: Say) -> Iterator[Run]:
    """Yield each run as soon as it is over, all on one control plane with a real node.

    Raises:
        BuildError, NoToolchainError, ImageError: a program could not be built.
        StartError, LoadError, HelmError, KubectlError, TimeoutError: the cluster did not come up.
        NotReadyError: the start state, or the owner's limits after a run, did not come about.
        CrowdError: see measure.run.
    """
    with ControlPlane.start(
        node=True,
        hpa_sync=f"{HPA_SYNC}s",
        hpa_stabilization=f"{HPA_STABILIZATION}s",
        say=say,
    ) as plane:
        crowd = Crowd(build("generator", plane.folder, say), plane)
        stage = Stage(plane, say)
        for pair, arm, episode in evenings(pairs, speed):
            say(f"pair {pair}, {arm}: {episode.length:.0f} s")
            yield run(stage, crowd, episode, arm, pair)
        stage.wait_for_the_owners_limits()


def evenings(pairs: int, speed: int) -> Iterator[tuple[int, str, Episode]]:
    """Yield number of the pair, arm and episode, in the order in which they are to be run."""
    random = Random(SEED)  # noqa: S311 - sizes, no secrets
    orders = list(permutations(ARMS))
    for pair in range(1, pairs + 1):
        episode = Episode(
            speed,
            turnout=random.uniform(*TURNOUT),
            hpa_ahead=HPA_SYNC * (pair - 1) / pairs,
        )
        for arm in orders[(pair - 1) % len(orders)]:
            yield pair, arm, episode
