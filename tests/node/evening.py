"""The example's evening on the real node: the same manifests, now and small enough for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import yaml

from onair.clock import Clock
from tests.node import witness
from tests.node.manifests import deployment, hpa, stateful_set

if TYPE_CHECKING:
    from tests.node.stage import Stage

Body = dict[str, Any]

EXAMPLE = Path(__file__).parents[2] / "examples" / "wie-is-de-mol.yaml"
SHOW = "wie-is-de-mol"
LIMITS = (2, 4)
CHAT = 1
RAISED = (7, 9)
"""220 requests/s at the peak x 80 % x 1.3 / 50 are 5 replicas, and 2 as usual; a quarter more."""
RAISED_CHAT = 3
LASTS = timedelta(minutes=10)
"""How long a show lasts that is on air at once."""


def open_evening(stage: Stage) -> None:
    """Create the example's workloads, and the example with its episode in a minute from now."""
    create_workloads(stage)
    stage.create(*example(Clock.real_now() + timedelta(minutes=1)))


def open_show(stage: Stage, left: timedelta) -> datetime:
    """Create the same workloads, and a show on air that ends so much later; returns its end."""
    create_workloads(stage)
    end = (Clock.real_now() + left).replace(microsecond=0)
    stage.create(show(end))
    return end


def create_workloads(stage: Stage) -> None:
    """Create the example's workloads and wait for their pods."""
    stage.create(deployment("mol-api", LIMITS[0]), hpa("mol-api", *LIMITS))
    stage.create(stateful_set("mol-chat", CHAT))
    stage.wait("the workloads are there", lambda: numbers(stage)["ready"] == (LIMITS[0], CHAT))


def show(end: datetime) -> Body:
    """Return a campaign of fixed numbers that has begun and goes down in ten seconds."""
    api = {"name": "api", "scaleTargetRef": {"name": "mol-api"}, "replicas": RAISED[0]}
    chat_ref = {"kind": "StatefulSet", "name": "mol-chat"}
    chat = {"name": "chat", "scaleTargetRef": chat_ref, "replicas": RAISED_CHAT}
    airtime = {
        "name": "show",
        "start": f"{end - LASTS:%Y-%m-%dT%H:%M:%SZ}",
        "duration": f"{LASTS.seconds}s",
    }
    return {
        "apiVersion": "onair.dev/v1alpha1",
        "kind": "Campaign",
        "metadata": {"name": SHOW},
        "spec": {
            "airtimes": [airtime],
            "load": {"shape": "Flat", "requestsPerSecond": "300"},
            "targets": [api | {"maxReplicas": RAISED[1]}, chat | {"maxReplicas": RAISED[1]}],
            "coolDown": {"hold": "5s", "step": "100%", "every": "5s"},
        },
    }


def example(start: datetime) -> tuple[Body, Body]:
    """Return the example's manifests with another start, a minute long, for ten pods in all."""
    target_set, campaign = yaml.safe_load_all(EXAMPLE.read_text(encoding="utf-8"))
    for body in (target_set, campaign):
        del body["metadata"]["namespace"]
    api, chat = target_set["spec"]["targets"]
    api["usualReplicas"] = LIMITS[0]
    chat["replicas"] = RAISED_CHAT
    spec = campaign["spec"]
    (episode,) = spec["airtimes"]
    local = start.astimezone(ZoneInfo(spec["timeZone"]))
    episode["start"] = f"{local:%Y-%m-%dT%H:%M:%S}"
    episode["duration"] = "1m"
    episode["except"] = [f"{local + timedelta(weeks=4):%Y-%m-%d}"]
    spec["load"]["audience"]["people"] = "30k"
    return target_set, campaign


def numbers(stage: Stage) -> dict[str, tuple[int, int]]:
    """Return the limits of the example's HPA, wanted replicas, and ready ones (api, chat)."""
    api, chat = stage.replicas("deployment", "mol-api"), stage.replicas("statefulset", "mol-chat")
    return {
        "limits": stage.limits("mol-api"),
        "wanted": (api[0], chat[0]),
        "ready": (api[1], chat[1]),
    }


def is_raised(stage: Stage) -> bool:
    """Tell whether everything is up and every pod Ready."""
    pods = (RAISED[0], RAISED_CHAT)
    return numbers(stage) == {"limits": RAISED, "wanted": pods, "ready": pods}


def assert_held(stage: Stage) -> None:
    """Check that since the raise no write and no count of ready pods was below the floor."""
    assert witness.since(RAISED, witness.limits(stage, "mol-api")) == {RAISED}
    chat = witness.wanted(stage, "statefulsets", "mol-chat")
    assert chat[0] == CHAT
    assert witness.since(RAISED_CHAT, chat) == {RAISED_CHAT}
    for resource, name, floor in (
        ("deployments", "mol-api", RAISED[0]),
        ("statefulsets", "mol-chat", RAISED_CHAT),
    ):
        counted = witness.ready(stage, resource, name)
        assert min(witness.since(floor, counted)) == floor


def not_back(stage: Stage) -> dict[str, object]:
    """Return what of ours is still on the owners' objects: empty when all is given back."""
    annotations = stage.get("hpa", "mol-api")["metadata"].get("annotations", {})
    found = {
        "limits": stage.limits("mol-api"),
        "chat": stage.replicas("statefulset", "mol-chat")[0],
        "ledger": stage.ledger(),
        "annotations": [key for key in annotations if key.startswith("onair.dev/")],
    }
    owned = {"limits": LIMITS, "chat": CHAT, "ledger": [], "annotations": []}
    return {name: value for name, value in found.items() if value != owned[name]}


def assert_given_back(stage: Stage) -> None:
    """Check that all is given back; the HPA's replicas follow as soon as it sees no load."""
    assert not_back(stage) == {}
    stage.wait("the HPA goes down", lambda: stage.replicas("deployment", "mol-api")[0] == LIMITS[0])
