"""`helm upgrade` of a campaign's application on air: what happens exactly, with a known conflict.

The application is a chart of its own (application/): `api` has an HPA and its manifest no replicas,
`chat` has no HPA and two replicas in its manifest. A show needs 8 and 4 of them.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from onair.clock import Clock
from tests.cluster.cluster import HelmError
from tests.node import witness

if TYPE_CHECKING:
    from tests.node.stage import Stage

pytestmark = [pytest.mark.node, pytest.mark.long]

CHART = Path(__file__).with_name("application")
OWNED, OWNED_CHAT = (2, 4), 2
RAISED, RAISED_CHAT = (8, 10), 4


@pytest.fixture
def made() -> tuple[str, ...]:
    """The options of the application's installation; a test may have others."""
    return ()


@pytest.fixture
def aired(stage: Stage, made: tuple[str, ...]) -> Stage:
    """The application is installed with Helm, and on air."""
    stage.install()
    helm(stage, "install", "hello", *made)
    stage.create(show(stage))
    stage.wait("everything is raised", lambda: ready(stage) == (RAISED[0], RAISED_CHAT))
    return stage


def test_refused_on_air(aired: Stage) -> None:
    """Helm's own way fails, naming OnAir and the fields; no floor falls, and afterwards it works.

    What is in no conflict is upgraded all the same: `api` gets its new pods, `chat` does not.
    """
    with pytest.raises(HelmError) as refused:
        helm(aired, "upgrade", "hi")
    for words in ('conflict with "onair" with subresource "scale"', ".spec.replicas"):
        assert words in str(refused.value)
    for words in ('conflicts with "onair"', ".spec.maxReplicas", ".spec.minReplicas"):
        assert words in str(refused.value)
    assert (greeting(aired, "api"), greeting(aired, "chat")) == ("hi", "hello")
    aired.wait("its pods are all Ready", lambda: ready(aired) == (RAISED[0], RAISED_CHAT))
    assert witness.since(RAISED, witness.limits(aired, "api")) == {RAISED}
    assert witness.since(RAISED_CHAT, witness.wanted(aired, "deployments", "chat")) == {RAISED_CHAT}

    aired.uninstall("--wait")
    assert aired.limits("api") == OWNED
    helm(aired, "upgrade", "hey")
    assert (greeting(aired, "api"), greeting(aired, "chat")) == ("hey", "hey")
    assert aired.replicas("deployment", "chat")[0] == OWNED_CHAT


@pytest.mark.parametrize(
    ("made", "way"),
    [
        pytest.param((), ("--force-conflicts",), id="forced"),
        pytest.param((), ("--server-side=false",), id="client-side"),
        pytest.param(("--server-side=false",), (), id="client-side when it was made"),
    ],
)
def test_cut_on_air(aired: Stage, way: tuple[str, ...]) -> None:
    """Helm's other ways put the old numbers back and cut pods; the floor is up again in seconds.

    A release keeps the way in which it was made, so those of Helm 3 are cut by Helm 4, too.
    """
    helm(aired, "upgrade", "hi", *way)
    aired.wait("the floor is back", lambda: ready(aired) == (RAISED[0], RAISED_CHAT))
    assert OWNED in witness.since(RAISED, witness.limits(aired, "api"))
    assert OWNED_CHAT in witness.since(RAISED_CHAT, witness.wanted(aired, "deployments", "chat"))
    assert aired.limits("api") == RAISED
    assert (greeting(aired, "api"), greeting(aired, "chat")) == ("hi", "hi")


def test_hotfix_on_air(aired: Stage) -> None:
    """`kubectl set env`, as a hotfix would change an image, neither fails nor lowers a floor."""
    where = f"--namespace={aired.namespace}"
    aired.plane.kubectl("set", "env", "deployment/api", "deployment/chat", "GREETING=hi", where)
    for name in ("api", "chat"):
        aired.plane.kubectl("rollout", "status", f"deployment/{name}", where, "--timeout=60s")
    assert ready(aired) == (RAISED[0], RAISED_CHAT)
    assert witness.since(RAISED, witness.limits(aired, "api")) == {RAISED}
    assert witness.since(RAISED_CHAT, witness.wanted(aired, "deployments", "chat")) == {RAISED_CHAT}


def helm(stage: Stage, command: str, greeting: str, *options: str) -> None:
    """Install or upgrade the application."""
    where = ("app", str(CHART), f"--namespace={stage.namespace}", f"--set=greeting={greeting}")
    stage.plane.helm(command, *where, *options)


def show(stage: Stage) -> dict[str, object]:
    """Return a campaign that has been on air for a minute, and is for half an hour."""
    start = Clock.real_now() - timedelta(minutes=1)
    api = {"name": "api", "scaleTargetRef": {"name": "api"}, "perReplica": "50", "usualReplicas": 2}
    chat = {"name": "chat", "scaleTargetRef": {"name": "chat"}, "replicas": RAISED_CHAT}
    return {
        "apiVersion": "onair.dev/v1alpha1",
        "kind": "Campaign",
        "metadata": {"name": "show", "namespace": stage.namespace},
        "spec": {
            "airtimes": [
                {"name": "show", "start": f"{start:%Y-%m-%dT%H:%M:%SZ}", "duration": "30m"}
            ],
            "load": {"shape": "Flat", "requestsPerSecond": "300", "headroom": "0%"},
            "targets": [target | {"maxReplicas": 10} for target in (api, chat)],
        },
    }


def ready(stage: Stage) -> tuple[int, int]:
    """Return how many pods of both workloads are Ready."""
    return stage.replicas("deployment", "api")[1], stage.replicas("deployment", "chat")[1]


def greeting(stage: Stage, name: str) -> str:
    """Return what the manifest of a workload was rendered with last."""
    (container,) = stage.get("deployment", name)["spec"]["template"]["spec"]["containers"]
    return str(container["env"][0]["value"])
