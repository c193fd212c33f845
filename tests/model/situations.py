"""From a state of the model to the operator's own view of it: the only place that knows both."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from onair.aims import Aims
from onair.cluster import resources
from onair.gather import Gatherer, Reassertion
from onair.plans import Plans
from onair.usual import History
from onair.world import World
from tests.model.evening import CAMPAIGNS, INSTANTS, TARGET_SET, campaign

if TYPE_CHECKING:
    from onair.plan.observed import TargetKey
    from onair.plan.situation import Situation
    from tests.model.states import Campaigns, Local, Shared

ECHO = timedelta(minutes=1)
"""At the speed of the calendar, for as long as `onair.reconcile.ECHO`."""

MOST = 500


def situation(key: TargetKey, shared: Shared, local: Local) -> Situation:
    """Return what a running process sees of a target.

    Raises:
        ValueError: when no process runs.
    """
    seen = local.seen
    if seen is None or shared.seen is None:
        raise ValueError("no process looks at it")
    confirmed = None if shared.confirmed is None else INSTANTS[shared.confirmed]
    return replace(
        planned(key, shared.seen, shared.now),
        workload=seen.workload,
        autoscalers=(seen.autoscaler,) if seen.autoscaler else (),
        entry=seen.entries[-1] if seen.entries else None,
        superseded=seen.entries[:-1],
        confirmed=confirmed,
    )


@cache
def planned(key: TargetKey, campaigns: Campaigns, now: int) -> Situation:
    """Return the situation of a target of which only some campaigns have been seen."""
    world = World()
    world.observe(resources.TARGET_SETS, _body("evening", TARGET_SET))
    for name, is_there in zip(CAMPAIGNS, campaigns, strict=True):
        if is_there:
            world.observe(resources.CAMPAIGNS, _body(name, campaign(name)))
    for resource in resources.WATCHED:
        world.prove(resource, None)
    world.note_clamp("tv", in_force=True)  # so that its marks are kept right, too
    aims = Aims(world)
    gatherer = Gatherer(world, aims, Plans(world, aims, History(), MOST), observes=False)
    return gatherer.situation(key, INSTANTS[now], None, Reassertion(allowed=True, echo=ECHO))


def floor(key: TargetKey, campaigns: Campaigns, now: int) -> int:
    """Return the floor that some campaigns need together, in replicas."""
    return planned(key, campaigns, now).timeline.at(INSTANTS[now]).floor


@cache
def acknowledged(key: TargetKey) -> dict[str, Campaigns]:
    """Return the campaigns behind each fingerprint of a plan that can occur."""
    every = product((False, True), repeat=len(CAMPAIGNS))
    return {planned(key, campaigns, 0).plan: campaigns for campaigns in every}


def _body(name: str, spec: dict[str, object]) -> dict[str, object]:
    metadata = {"name": name, "namespace": "tv", "uid": name, "resourceVersion": "1"}
    return {"metadata": metadata | {"generation": 1}, "spec": spec}
