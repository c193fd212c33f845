"""Steering through a HorizontalPodAutoscaler: minimum, maximum and a word for who is on call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onair.cluster.resources import HPAS
from onair.model import names
from onair.plan.observed import Autoscaler, TargetKey
from onair.targets.fields import Body, controller_of, number, object_id

if TYPE_CHECKING:
    from onair.cluster.client import JsonPatch
    from onair.plan.situation import Put

MARKS = (names.HELD, names.FLOOR, names.CEILING)


def read(body: Body) -> Autoscaler:
    """Return what the plan needs to know of an HPA; `minReplicas` absent reads as 1."""
    spec, annotations = body["spec"], body["metadata"].get("annotations") or {}
    scale_down = (spec.get("behavior") or {}).get("scaleDown") or {}
    conditions = (body.get("status") or {}).get("conditions") or ()
    return Autoscaler(
        id=object_id(body, HPAS.api_version, HPAS.kind),
        minimum=number(body, "minReplicas", 1),
        maximum=number(body, "maxReplicas", 1),
        controller=controller_of(body),
        scaling_active=not any(
            c["type"] == "ScalingActive" and c["status"] == "False" for c in conditions
        ),
        scale_down_disabled=scale_down.get("selectPolicy") == "Disabled",
        annotated=any(mark in annotations for mark in MARKS),
        bare=not annotations,
    )


def target_of(body: Body) -> TargetKey:
    """Return the workload that an HPA scales."""
    reference = body["spec"]["scaleTargetRef"]
    return TargetKey(body["metadata"]["namespace"], reference["kind"], reference["name"])


class HpaSteering:
    """Both limits in one patch, with the marks beside them."""

    def path(self, namespace: str, name: str) -> str:
        """Return where `put` is sent."""
        return HPAS.path(namespace, name)

    def put(self, step: Put) -> JsonPatch:
        """Return the JSON patch that writes both limits if they are as they were read."""
        before, after = step.before, step.after
        marks = {names.HELD: step.held, names.FLOOR: after.minimum, names.CEILING: after.maximum}
        operations: JsonPatch = [
            {"op": "test", "path": "/metadata/uid", "value": step.steered.uid},
            {"op": "test", "path": "/spec/minReplicas", "value": before.minimum},
            {"op": "test", "path": "/spec/maxReplicas", "value": before.maximum},
            {"op": "replace", "path": "/spec/minReplicas", "value": after.minimum},
            {"op": "replace", "path": "/spec/maxReplicas", "value": after.maximum},
        ]
        if step.bare:
            place = "/metadata/annotations"
            operations.append({"op": "test", "path": place, "value": None})
            operations.append({"op": "add", "path": place, "value": {}})
        for name, value in marks.items():
            place = "/metadata/annotations/" + name.replace("/", "~1")
            operations.append({"op": "add", "path": place, "value": str(value)})
        return operations

    def release(self, body: Body) -> Body:
        """Return the merge patch that takes our marks and our managedFields entry off an HPA."""
        metadata = body["metadata"]
        owners = metadata.get("managedFields") or ()
        return {
            "metadata": {
                "uid": metadata["uid"],
                "resourceVersion": metadata["resourceVersion"],
                "annotations": dict.fromkeys(MARKS),
                "managedFields": [o for o in owners if o.get("manager") != names.MANAGER],
            }
        }
