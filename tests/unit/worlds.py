"""A world with the example of the design in it."""

from __future__ import annotations

from itertools import count
from typing import Any

from onair.cluster import resources
from onair.model import names
from onair.plan.observed import TargetKey
from onair.world import World
from tests.unit.plan.example import CAMPAIGN, TARGET_SET

Body = dict[str, Any]

API = TargetKey("tv", "Deployment", "mol-api")
CHAT = TargetKey("tv", "StatefulSet", "mol-chat")
NAME = "tv/wie-is-de-mol"

_versions = count(1)


def body(name: str, spec: Body, generation: int = 1) -> Body:
    """Return an object as the API server has it, newer than any before."""
    return {
        "metadata": {
            "name": name,
            "namespace": "tv",
            "uid": f"uid-{name}",
            "resourceVersion": str(next(_versions)),
            "generation": generation,
        },
        "spec": spec,
    }


def example(**campaign: Any) -> World:  # noqa: ANN401 - as in a manifest
    """Return a world in which the example is announced, some fields of its spec changed."""
    world = World()
    world.observe(resources.TARGET_SETS, body("mol", TARGET_SET))
    announce(world, "wie-is-de-mol", **campaign)
    run(world, resources.DEPLOYMENTS, "mol-api", 4)
    run(world, resources.STATEFUL_SETS, "mol-chat", 2)
    hpa = {"scaleTargetRef": {"kind": "Deployment", "name": "mol-api"}}
    world.observe(resources.HPAS, body("mol-api", hpa | {"minReplicas": 4, "maxReplicas": 20}))
    return world


def announce(world: World, name: str, generation: int = 1, **campaign: Any) -> None:  # noqa: ANN401
    """Take in a campaign like the example's; None takes a field away."""
    spec = {field: said for field, said in (CAMPAIGN | campaign).items() if said is not None}
    world.observe(resources.CAMPAIGNS, body(name, spec, generation))


def run(world: World, resource: resources.Resource, name: str, replicas: int) -> None:
    """Take in a workload with so many replicas, all of them Ready."""
    selector = {"matchLabels": {"app": name}}
    made = body(name, {"replicas": replicas, "selector": selector})
    world.observe(resource, made | {"status": {"readyReplicas": replicas}})


def damage_entry(world: World) -> None:
    """Take in a ledger entry of the API from which somebody took every annotation."""
    workload = {"kind": API.kind, "name": API.name}
    made = body("onair-1", {})
    made["metadata"]["labels"] = names.MANAGED_BY_LABEL
    world.observe(resources.REVISIONS, made | {"data": {"workload": workload}})


def mark_hpa(world: World, minimum: int, maximum: int) -> None:
    """Let the API's HPA carry our marks and these limits."""
    reference = {"kind": API.kind, "name": API.name}
    limits = {"minReplicas": minimum, "maxReplicas": maximum}
    made = body("mol-api", limits | {"scaleTargetRef": reference})
    made["metadata"]["annotations"] = {names.HELD: "tv/wie-is-de-mol"}
    world.observe(resources.HPAS, made)
