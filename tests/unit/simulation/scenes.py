"""Loads, clusters and campaigns of which everything is easily counted.

A replica serves 7 requests/s well and 10 at most, and is Ready 30 s after it is on a node.
"""

from __future__ import annotations

from array import array
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import inf
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from onair.model.parse import parse_campaign, parse_target_set
from onair.plan.aims import Named, resolve
from onair.simulation.engine import Bounds
from onair.simulation.offered import Offered
from onair.simulation.settings import Hpa, Settings
from onair.simulation.simulating import Scene
from onair.traces.trace import Trace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onair.plan.aims import Aim
    from onair.simulation.course import Steps

BEGIN: Final = datetime(2027, 1, 9, tzinfo=UTC)
MOST: Final = 500
CLUSTER: Final = Settings(
    per_replica=7, capacity=10, hpa=Hpa(1, 100, 7), start_up=30, node_wait=0, nodes_kept=600
)
RATES: Final = st.lists(st.floats(0.1, 500), min_size=5, max_size=60)


class Fixed:
    """Limits of an HPA that never change."""

    def __init__(self, minimum: int = 1, maximum: int = 100) -> None:
        self._bounds = Bounds(minimum, maximum)

    def look(self, _now: float, _replicas: int) -> tuple[Bounds, float]:
        """Return them, and that nobody needs to ask again."""
        return self._bounds, inf


def offered(*rates: float, step: int = 60) -> Offered:
    """Return a load of so many requests/s in each step."""
    return Offered(array("d", rates), step)


def cluster(metric: Any = None, **hpa: Any) -> Settings:  # noqa: ANN401 - the HPA's fields
    """Return the cluster with some fields of its HPA changed."""
    changed = hpa | ({"metric": metric} if metric else {})
    return replace(CLUSTER, hpa=replace(CLUSTER.hpa, **changed))


def pairs(steps: Steps) -> list[tuple[float, int]]:
    """Return a step function as instants and values."""
    return list(zip(steps.times, steps.values, strict=True))


def aims(*minutes: int, usual: int | None = 2, name: str = "show", **said: Any) -> tuple[Aim, ...]:  # noqa: ANN401 - as in manifests
    """Return the aim of a campaign on the target; it airs so many minutes after BEGIN for 30.

    `said` changes fields of the target, the target set and the campaign; `airtime` those of the
    airtime; `inline` gives the campaign a target of its own.
    """
    starts = [(BEGIN + timedelta(minutes=each)).isoformat() for each in minutes]
    target = {"name": "api", "scaleTargetRef": {"name": "api"}, "perReplica": 7}
    target |= {"maxReplicas": 100} | ({"usualReplicas": usual} if usual is not None else {})
    times = {field: said.pop(field) for field in ("warmUp", "coolDown") if field in said}
    target_set = {"targets": [target | said.pop("target", {})]} | times
    airtime = {"name": "live", "starts": starts, "duration": "30m"} | said.pop("airtime", {})
    campaign = {
        "title": "A show",
        "airtimes": [airtime],
        "load": {"shape": "Flat", "requestsPerSecond": 140, "headroom": "0%"},
    }
    campaign |= target_set if said.pop("inline", False) else {"targetSets": [{"name": "all"}]}
    parsed = parse_target_set({"spec": target_set})
    return tuple(
        resolve(Named("tv", name), parse_campaign({"spec": campaign | said}), lambda _: parsed)
    )


def scene(rates: Sequence[float], *found: Aim, step: int = 60, **fields: Any) -> Scene:  # noqa: ANN401 - its fields
    """Return a scene of a whole trace that begins at BEGIN."""
    trace = Trace(BEGIN, step, array("d", rates))
    whole = Scene(trace, trace.begin, trace.end, found, MOST, CLUSTER)
    return replace(whole, **fields)
