"""Steering a Deployment or StatefulSet that has no HPA: its `/scale` subresource, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onair.cluster.resources import WORKLOADS
from onair.model.names import MANAGED_BY_LABEL
from onair.plan.observed import Workload
from onair.targets import wishes
from onair.targets.fields import Body, number, object_id, selects

if TYPE_CHECKING:
    from onair.cluster.client import JsonPatch
    from onair.plan.situation import Put


def read(body: Body, kind: str) -> Workload:
    """Return what the plan needs to know of a workload of this kind."""
    note = wishes.replicas(body["metadata"].get("managedFields") or ())
    return Workload(
        id=object_id(body, WORKLOADS[kind].api_version, kind),
        replicas=number(body, "replicas", 1, note),
        ready=int((body.get("status") or {}).get("readyReplicas") or 0),
        adopts_ledger=selects(body["spec"].get("selector") or {}, MANAGED_BY_LABEL),
        version=body["metadata"]["resourceVersion"],
    )


class ScaleSteering:
    """The replicas of one kind of workload."""

    def __init__(self, kind: str) -> None:
        self._resource = WORKLOADS[kind]

    def path(self, namespace: str, name: str) -> str:
        """Return where `put` is sent."""
        return self._resource.path(namespace, name, "scale")

    def put(self, step: Put) -> JsonPatch:
        """Return the JSON patch that sets the replicas if they are as they were read."""
        operations: JsonPatch = [
            {"op": "test", "path": "/metadata/uid", "value": step.steered.uid},
            {"op": "test", "path": "/spec/replicas", "value": step.before.minimum},
            {"op": "replace", "path": "/spec/replicas", "value": step.after.minimum},
        ]
        if step.version:
            newest = {"op": "test", "path": "/metadata/resourceVersion", "value": step.version}
            operations.insert(0, newest)
        return operations
