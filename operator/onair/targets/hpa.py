"""Steering through a HorizontalPodAutoscaler: minimum, maximum and a word for who is on call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onair.cluster.resources import HPAS
from onair.model import names
from onair.plan.observed import Autoscaler, Limits, TargetKey
from onair.targets.fields import Body, controller_of, number, object_id
from onair.targets.wishes import count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onair.cluster.client import JsonPatch
    from onair.plan.situation import Put

MARKS = (names.HELD, names.FLOOR, names.CEILING)
NOTES = (names.WANTED_MIN, names.WANTED_MAX)

SCALING_TO_ZERO = {"Object", "External"}
"""Metrics with one of which a minimum of zero is valid (pkg/apis/autoscaling/validation)."""


def read(body: Body) -> Autoscaler:
    """Return what the plan needs to know of an HPA; `minReplicas` absent reads as 1."""
    spec, annotations = body["spec"], body["metadata"].get("annotations") or {}
    scale_down = (spec.get("behavior") or {}).get("scaleDown") or {}
    types = {metric["type"] for metric in spec.get("metrics") or ()}
    least = 0 if types & SCALING_TO_ZERO else 1
    conditions = (body.get("status") or {}).get("conditions") or ()
    return Autoscaler(
        id=object_id(body, HPAS.api_version, HPAS.kind),
        minimum=number(body, "minReplicas", 1, annotations.get(names.WANTED_MIN), least),
        maximum=number(body, "maxReplicas", 1, annotations.get(names.WANTED_MAX)),
        controller=controller_of(body),
        scaling_active=not any(
            c["type"] == "ScalingActive" and c["status"] == "False" for c in conditions
        ),
        scale_down_disabled=scale_down.get("selectPolicy") == "Disabled",
        annotated=any(name in annotations for name in (*MARKS, *NOTES)),
        bare=not annotations,
        marks=_marks(annotations),
    )


def _marks(annotations: Mapping[str, str]) -> Limits | None:
    """Return the limits that the clamp guards on an HPA, None where it guards none."""
    floor, ceiling = (count(annotations.get(name), 0) for name in (names.FLOOR, names.CEILING))
    return None if floor is None or ceiling is None else Limits(floor, ceiling)


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
        before, after, guarded = step.before, step.after, step.guarded
        marks = {
            names.HELD: step.held,
            names.FLOOR: guarded.minimum,
            names.CEILING: guarded.maximum or 0,
        }
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
            operations.append({"op": "add", "path": _place(name), "value": str(value)})
        for name, wish in step.taken:
            operations.append({"op": "test", "path": _place(name), "value": str(wish)})
            operations.append({"op": "remove", "path": _place(name)})
        return operations

    def release(self, body: Body) -> Body:
        """Return the merge patch that takes our marks and our managedFields entry off an HPA."""
        metadata = body["metadata"]
        owners = metadata.get("managedFields") or ()
        return {
            "metadata": {
                "uid": metadata["uid"],
                "resourceVersion": metadata["resourceVersion"],
                "annotations": dict.fromkeys((*MARKS, *NOTES)),
                "managedFields": [o for o in owners if o.get("manager") != names.MANAGER],
            }
        }


def _place(annotation: str) -> str:
    return "/metadata/annotations/" + annotation.replace("/", "~1")
