"""What the API server has seen: numbers over time from its audit log, and pods as they end."""

from __future__ import annotations

import json
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from tests.cluster.binaries import program
from tests.cluster.cluster import environment
from tests.e2e import audit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from tests.node.stage import Stage

Body = dict[str, Any]
T = TypeVar("T")

RESTORE = "app.kubernetes.io/component=restore"


def values(
    stage: Stage,
    resource: str,
    name: str,
    read: Callable[[Body], T],
    until: datetime | None = None,
) -> list[T]:
    """Return a value of an object after every write to it, whoever wrote, in their order."""
    answers = [
        request.answer
        for request in stage.audit()
        if (request.resource, request.name) == (resource, name)
        and request.is_write
        and request.verb != "delete"
        and request.code < 300
        and (until is None or request.at <= until)
    ]
    answers.sort(key=lambda answer: int(answer["metadata"]["resourceVersion"]))
    return [read(answer) for answer in answers]


def limits(stage: Stage, name: str, until: datetime | None = None) -> list[tuple[int, int]]:
    """Return an HPA's limits after every write until an instant, by default all of them."""
    return values(
        stage,
        "horizontalpodautoscalers",
        name,
        lambda body: (body["spec"]["minReplicas"], body["spec"]["maxReplicas"]),
        until,
    )


def wanted(stage: Stage, resource: str, name: str, until: datetime | None = None) -> list[int]:
    """Return a workload's wanted replicas after every write until an instant, by default all."""
    return values(stage, resource, name, lambda body: int(body["spec"]["replicas"]), until)


def ready(stage: Stage, resource: str, name: str) -> list[int]:
    """Return a workload's ready replicas, as its controller counted them, after every write."""
    written = values(
        stage,
        resource,
        name,
        lambda body: None if body["kind"] == "Scale" else body["status"].get("readyReplicas", 0),
    )
    return [count for count in written if count is not None]


def since(first: T, found: list[T]) -> set[T]:
    """Return every value since `first` was there for the first time, itself included."""
    return set(found[found.index(first) :])


def operators_writes(stage: Stage, since: datetime) -> set[str]:
    """Return every resource, with its subresource, that the operator has asked to change."""
    return {
        "/".join(filter(None, (request.resource, request.subresource)))
        for request in audit.read(stage.plane.audit_log)
        if request.user == stage.user and request.is_write and request.at >= since
    }


@contextmanager
def hook_codes(stage: Stage, folder: Path) -> Iterator[Callable[[], list[int]]]:
    """Watch the hook's pods while the block lasts; what it yields returns their exit codes.

    A watch sees every state of a pod, however soon somebody deletes it.
    """
    told = folder / "pods.json"
    watch = ("get", "pods", f"--namespace={stage.system}", f"--selector={RESTORE}", "--watch")
    kubectl = (str(program("kubectl")), f"--kubeconfig={stage.plane.kubeconfig}")
    path = '--output=jsonpath={.status.containerStatuses[0].state}{"\\n"}'
    with told.open("wb") as output:
        process = subprocess.Popen(
            stage.plane.command(*kubectl, *watch, path),
            env=environment(stage.plane.folder),
            stdin=subprocess.DEVNULL,
            stdout=output,
        )
        try:
            yield lambda: _ended(told)
        finally:
            process.terminate()
            process.wait()


def _ended(told: Path) -> list[int]:
    whole = told.read_text().split("\n")[:-1]
    states = [json.loads(line) for line in whole if line]
    ends = [state["terminated"] for state in states if "terminated" in state]
    return list({end["containerID"]: int(end["exitCode"]) for end in ends}.values())
