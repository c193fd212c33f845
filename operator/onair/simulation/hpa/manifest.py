"""An HPA as it is written, as settings of the simulation: autoscaling/v2 and no other version."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from onair.model import names, reasons
from onair.model.errors import InvalidManifest
from onair.model.manifest import Manifest, Rule
from onair.model.parse import parse_part
from onair.model.quantities import parse_quantity
from onair.simulation.hpa.rules import DEFAULT, Behavior, Policy, Rules, Select
from onair.simulation.settings import RATE, Hpa

_API: Final = "autoscaling/v2"
_USUAL: Final = 80
"""Per cent of CPU without any metric (`DefaultCPUUtilization` in `pkg/apis/autoscaling`)."""

_WHOLE: Final = 100
"""Per cent of the CPU request that a full replica uses."""

_WAS: Final = re.compile(r"was min=([0-9]+) max=([0-9]+)$")
"""How the note on an HPA that OnAir holds ends (`onair.plan.decide`)."""

_LONGEST_WINDOW: Final = 3600
_LONGEST_PERIOD: Final = 1800
"""Seconds (`pkg/apis/autoscaling/validation/validation.go`)."""

_KNOWN: Final = (
    "the simulation knows CPU (type Resource, name cpu, target averageUtilization) and requests/s"
    " (type External, target averageValue)"
)


def _quantity(said: object) -> float:
    text = str(said)
    try:
        if text.endswith("m"):
            return float(parse_quantity(text[:-1]) / 1000)
        return float(parse_quantity(text))
    except ValueError:
        words = "must be a number such as 50, 2.5 or 500m"
        raise PydanticCustomError("quantity", words) from None


_Quantity = Annotated[float, BeforeValidator(_quantity)]
_Count = Annotated[int, Field(strict=True, ge=1)]


class _Reference(Manifest):
    api_version: str | None = None
    kind: str
    name: str


class _Target(Manifest):
    type: str
    average_utilization: _Count | None = None
    average_value: _Quantity | None = None
    value: Any = None


class _Resource(Manifest):
    name: str
    target: _Target


class _External(Manifest):
    metric: Any
    target: _Target


class _Metric(Manifest):
    type: str
    resource: _Resource | None = None
    external: _External | None = None
    container_resource: Any = None
    object: Any = None
    pods: Any = None


class _Policy(Manifest):
    type: Literal["Pods", "Percent"]
    value: _Count
    period_seconds: Annotated[int, Field(strict=True, ge=1, le=_LONGEST_PERIOD)]


class _Rules(Manifest):
    stabilization_window_seconds: (
        Annotated[int, Field(strict=True, ge=0, le=_LONGEST_WINDOW)] | None
    ) = None
    select_policy: Select | None = None
    policies: Annotated[tuple[_Policy, ...], Field(min_length=1)] | None = None
    tolerance: _Quantity | None = None


class _Behavior(Manifest):
    scale_up: _Rules = _Rules()
    scale_down: _Rules = _Rules()


class _Spec(Manifest):
    rules: ClassVar = (
        Rule(
            "minReplicas must be at most maxReplicas",
            "self.minReplicas <= self.maxReplicas",
            lambda spec: spec.min_replicas <= spec.max_replicas,
            field="minReplicas",
        ),
    )

    scale_target_ref: _Reference
    min_replicas: _Count = 1
    max_replicas: _Count
    metrics: tuple[_Metric, ...] = ()
    behavior: _Behavior | None = None


def read_hpa(body: Mapping[str, Any], hpa: Hpa) -> Hpa:
    """Return settings with what an HPA's manifest says instead; its flags stay those of `hpa`.

    Args:
        body: the object as a file has it. If OnAir held it then, its owner's limits count.
        hpa: what is known of the target; `target` is what a replica serves at the utilisation that
            the manifest aims at. An External metric is taken for requests/s and has its own target.

    Raises:
        InvalidManifest: the API server would refuse it, or the simulation cannot know what it does;
            in plain words that begin with the field.
    """
    if body.get("apiVersion") != _API:
        raise _fault(f"apiVersion: must be {_API}, not {body.get('apiVersion')}")
    spec = parse_part(_Spec, body, "spec")
    minimum, maximum = held(body) or (spec.min_replicas, spec.max_replicas)
    known = replace(hpa, minimum=minimum, maximum=maximum, behavior=_behavior(spec.behavior))
    return _aimed(known, spec.metrics)


def held(body: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return the owner's minReplicas and maxReplicas of an HPA that OnAir held; None of another.

    Raises:
        InvalidManifest: OnAir held it, and its note does not tell what they were.
    """
    metadata = body.get("metadata")
    annotations = metadata.get("annotations") if isinstance(metadata, dict) else None
    if not isinstance(annotations, dict) or names.HELD not in annotations:
        return None
    was = _WAS.search(str(annotations[names.HELD]))
    if not was:
        raise _fault(
            f"metadata.annotations: {names.HELD} does not end in such as 'was min=2 max=20', so"
            " nobody knows the owner's limits; take it off and say them in spec"
        )
    return int(was[1]), int(was[2])


def _aimed(hpa: Hpa, metrics: Sequence[_Metric]) -> Hpa:
    """Return settings with the metric, and with its target."""
    if len(metrics) > 1:
        words = (
            "spec.metrics: the simulation knows one metric, and the controller takes the largest"
        )
        raise _fault(f"{words} of these {len(metrics)}: leave the one that decides")
    if not metrics:
        return replace(hpa, utilization=_USUAL)
    metric = metrics[0]
    if metric.type == "Resource" and metric.resource and metric.resource.name == "cpu":
        percent = metric.resource.target.average_utilization
        if percent and percent > _WHOLE:
            raise _fault(
                "spec.metrics[0].resource.target.averageUtilization: must be at most 100, as a"
                " full replica of the simulation uses all that it requests; where it may use more,"
                " say the per cent of that"
            )
        if percent:
            return replace(hpa, utilization=percent)
    if metric.type == "External" and metric.external:
        each = metric.external.target.average_value
        if each:
            return replace(hpa, metric=RATE, target=each)
    raise _fault(f"spec.metrics[0]: {_KNOWN}, not this")


def _behavior(said: _Behavior | None) -> Behavior | None:
    if said is None:
        return None
    return Behavior(_rules(said.scale_up, DEFAULT.up), _rules(said.scale_down, DEFAULT.down))


def _rules(said: _Rules, default: Rules) -> Rules:
    """Return rules with their gaps filled, as `copyHPAScalingRules` in `v2/defaults.go` does."""
    window, select = said.stabilization_window_seconds, said.select_policy
    policies = default.policies
    if said.policies is not None:
        each = ((one.type, one.value, one.period_seconds) for one in said.policies)
        policies = tuple(Policy(*one) for one in each)
    return Rules(
        default.window if window is None else window,
        select or default.select,
        policies,
        said.tolerance,
    )


def _fault(words: str) -> InvalidManifest:
    return InvalidManifest(reasons.INVALID_MANIFEST, words)
