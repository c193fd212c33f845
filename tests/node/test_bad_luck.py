"""Bad luck around the chart: each is said in plain words, loses nothing, and can be mended."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from onair.clock import Clock
from tests.chart.rendering import CHART, RELEASE
from tests.cluster.cluster import HelmError
from tests.cluster.node.real_node import NAME as NODE
from tests.e2e.crds import CRDS
from tests.node import witness
from tests.node.evening import (
    RAISED,
    RAISED_CHAT,
    SHOW,
    assert_given_back,
    is_raised,
    not_back,
    open_evening,
    open_show,
)
from tests.node.stage import REPLICAS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.node.stage import Stage

MISSING = "no right to patch horizontalpodautoscalers.autoscaling"

pytestmark = [pytest.mark.node, pytest.mark.long]


@pytest.fixture
def crdless(stage: Stage) -> Iterator[Stage]:
    """No CRD of ours is in the cluster; they are there again for who comes next."""
    stage.plane.kubectl("delete", "--ignore-not-found", "--filename", str(CRDS))
    try:
        yield stage
    finally:
        stage.plane.kubectl("apply", "--filename", str(CRDS))


def test_missing_crds(crdless: Stage) -> None:
    """Without the CRDs the operators wait and say for what; when they are there they go on."""
    crdless.start("--skip-crds")
    crdless.wait("it says what it misses", lambda: "are the CRDs there?" in crdless.said())
    crdless.wait("all of them run", lambda: all(running(pod) for pod in crdless.pods()))
    before = crdless.names()
    assert len(before) == REPLICAS
    assert crdless.ready() == set()
    for pod in crdless.pods():
        assert "campaigns" in crdless.readyz(pod)
    crdless.plane.kubectl("create", "--filename", str(CRDS))
    crdless.wait("they are Ready", crdless.is_complete)
    open_evening(crdless)
    crdless.wait("everything is raised", lambda: is_raised(crdless))
    assert crdless.names() == before
    for pod in crdless.pods():
        assert pod["status"]["containerStatuses"][0]["restartCount"] == 0


def test_missing_image(stage: Stage) -> None:
    """An absent image fails the install in time; an uninstall names its Job and removes nothing.

    Without the Job it works.
    """
    with pytest.raises(HelmError) as refused:
        stage.install("image.tag=absent", "restoreTimeoutSeconds=10", wait="10s")
    assert f"Deployment/{stage.system}/{RELEASE}" in str(refused.value)
    before = stage.names()
    for pod in stage.pods():
        (state,) = (status["state"] for status in pod["status"]["containerStatuses"])
        assert state["waiting"]["reason"] == "ErrImageNeverPull"
        assert "onair.dev/onair:absent" in state["waiting"]["message"]

    with pytest.raises(HelmError) as held:
        stage.uninstall("--timeout=20s")
    assert f"Job/{stage.system}/{RELEASE}-restore not ready" in str(held.value)
    assert len(before) == REPLICAS
    assert stage.names() == before
    stage.uninstall("--no-hooks", "--wait")
    assert stage.pods() == []


def test_right_removed_before_air(stage: Stage) -> None:
    """The missing right is in a condition, and once in the log; when it is back the floor rises.

    Helm puts it back only when it may overrule who took it away.
    """
    stage.install()
    take_right(stage)
    open_evening(stage)
    stage.wait(
        "a condition says so", lambda: MISSING in stage.condition(SHOW, "Ready").get("message", "")
    )
    assert stage.condition(SHOW, "Ready")["reason"] == "Blocked"
    upgrade = ("upgrade", RELEASE, str(CHART), f"--namespace={stage.system}", "--reuse-values")
    with pytest.raises(HelmError, match='conflict with "kubectl-patch"'):
        stage.plane.helm(*upgrade)
    stage.plane.helm(*upgrade, "--force-conflicts")
    stage.wait("everything is raised", lambda: is_raised(stage), 120)
    said = [line for line in stage.said().splitlines() if MISSING in line]
    assert ["no more:" in line for line in said] == [False, True], said


def test_right_removed_on_air(stage: Stage) -> None:
    """Without the right to give back an uninstall fails, says which, and removes nothing."""
    stage.install("restoreTimeoutSeconds=10")
    open_evening(stage)
    stage.wait("everything is raised", lambda: is_raised(stage))
    rules = take_right(stage)
    with pytest.raises(HelmError) as refused:
        stage.uninstall("--wait")
    assert f"mol-api is not back yet: OnAir has {MISSING}" in str(refused.value)
    assert f"Job/{stage.system}/{RELEASE}-restore not ready. status: Failed" in str(refused.value)
    stage.wait("an operator leads again", stage.leader)
    assert witness.since(RAISED, witness.limits(stage, "mol-api")) == {RAISED}
    give_right(stage, rules)
    stage.uninstall("--wait")
    assert_given_back(stage)


def test_kept_after_a_failed_uninstall(stage: Stage) -> None:
    """Who rolls a failed uninstall back keeps OnAir with its rights, and can uninstall later."""
    stage.install("restoreTimeoutSeconds=10")
    open_evening(stage)
    stage.wait("everything is raised", lambda: is_raised(stage))
    take_right(stage)
    with pytest.raises(HelmError):
        stage.uninstall("--wait")
    with pytest.raises(HelmError):
        stage.upgrade("restoreTimeoutSeconds=20")
    stage.roll_back(1, "--force-conflicts")
    stage.wait("an operator leads again", stage.leader)
    assert witness.since(RAISED, witness.limits(stage, "mol-api")) == {RAISED}
    stage.upgrade("restoreTimeoutSeconds=20")
    stage.uninstall("--wait")
    assert_given_back(stage)


@pytest.mark.parametrize(
    "on_air", [pytest.param(True, id="back on air"), pytest.param(False, id="back after the end")]
)
def test_node_gone_on_air(stage: Stage, *, on_air: bool) -> None:
    """The only node dies with all operators and pods: no floor falls, and all is given back."""
    stage.install()
    end = open_show(stage, timedelta(seconds=240 if on_air else 60))
    stage.wait("everything is raised", lambda: is_raised(stage))
    stage.plane.node.kill()
    killed = Clock.real_now()
    try:
        stage.wait("Kubernetes sees it", lambda: not node_is_ready(stage), 90)
        if not on_air:
            over = end + timedelta(seconds=10)
            stage.wait("the show is over", lambda: Clock.real_now() > over, 120)
    finally:
        stage.plane.node.start()
    if on_air:
        stage.wait("an operator leads again", stage.leader)
        stage.wait("so is every pod", lambda: is_raised(stage) and began_since(stage, killed))
        assert Clock.real_now() < end
    stage.wait("all is given back", lambda: not not_back(stage), 240)
    assert witness.since(RAISED, witness.limits(stage, "mol-api", end)) == {RAISED}
    chat = witness.wanted(stage, "statefulsets", "mol-chat", end)
    assert witness.since(RAISED_CHAT, chat) == {RAISED_CHAT}


def running(pod: dict[str, Any]) -> bool:
    """Tell whether a pod's containers run."""
    states = [status["state"] for status in pod["status"].get("containerStatuses", ())]
    return bool(states) and all("running" in state for state in states)


def node_is_ready(stage: Stage) -> bool:
    """Tell whether Kubernetes takes the real node for Ready."""
    status = '--output=jsonpath={.status.conditions[?(@.type=="Ready")].status}'
    return stage.plane.kubectl("get", "node", NODE, status) == "True"


def began_since(stage: Stage, instant: datetime) -> bool:
    """Tell whether every container of the operator and of the workloads began after an instant."""
    containers: list[dict[str, Any]] = []
    for namespace in (stage.system, stage.namespace):
        where = (f"--namespace={namespace}", "--output=json")
        for pod in json.loads(stage.plane.kubectl("get", "pods", *where))["items"]:
            containers += pod["status"].get("containerStatuses", [])
    began = [container["state"].get("running", {}).get("startedAt") for container in containers]
    return all(text and datetime.fromisoformat(text) > instant for text in began)


def take_right(stage: Stage) -> str:
    """Take the right to patch HPAs from the operator's Role; returns the rules as they were."""
    where = ("role", RELEASE, f"--namespace={stage.namespace}")
    rules = json.loads(stage.plane.kubectl("get", *where, "--output=json"))["rules"]
    fewer = [dict(rule) for rule in rules]
    for rule in fewer:
        if "horizontalpodautoscalers" in rule["resources"]:
            rule["verbs"] = [verb for verb in rule["verbs"] if verb != "patch"]
    give_right(stage, json.dumps(fewer))
    return json.dumps(rules)


def give_right(stage: Stage, rules: str) -> None:
    """Write the rules of the operator's Role."""
    where = ("role", RELEASE, f"--namespace={stage.namespace}", "--type=merge")
    stage.plane.kubectl("patch", *where, "--patch", f'{{"rules": {rules}}}')
