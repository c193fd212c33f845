"""From an HPA's manifest to the settings of the simulation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from onair.model.errors import InvalidManifest
from onair.model.names import HELD
from onair.simulation.hpa.manifest import held, read_hpa
from onair.simulation.hpa.rules import DEFAULT, Behavior, Policy, Rules
from onair.simulation.settings import RATE, Hpa

KNOWN = Hpa(1, 500, 50, sync=20)
CPU_60 = {
    "type": "Resource",
    "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 60}},
}


def external(said: object) -> dict[str, Any]:
    """Return an External metric with an averageValue."""
    target = {"type": "AverageValue", "averageValue": said}
    return {"type": "External", "external": {"metric": {"name": "requests"}, "target": target}}


def resource(name: str, **target: object) -> dict[str, Any]:
    """Return a Resource metric."""
    return {"type": "Resource", "resource": {"name": name, "target": target}}


def body(**spec: object) -> dict[str, Any]:
    """Return an HPA from 2 to 20 replicas on 60 % of CPU, with other fields."""
    usual = {
        "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "api"},
        "minReplicas": 2,
        "maxReplicas": 20,
        "metrics": [CPU_60],
    }
    return {"apiVersion": "autoscaling/v2", "spec": usual | spec}


def test_limits_and_utilization() -> None:
    """Limits and target are the manifest's; the controller's flags stay."""
    assert read_hpa(body(), KNOWN) == replace(KNOWN, minimum=2, maximum=20, utilization=60)
    assert read_hpa(body(minReplicas=20), KNOWN).minimum == 20


def test_what_the_api_server_fills_in() -> None:
    """Without a minimum it is 1, without a metric CPU at 80 per cent; null is absent."""
    read = read_hpa(body(minReplicas=None, metrics=None), KNOWN)
    assert read == replace(KNOWN, minimum=1, maximum=20, utilization=80)


@pytest.mark.parametrize(
    "annotations",
    [
        pytest.param({HELD: "tv/quiz until 21:53Z, was min=4 max=30"}, id="one campaign"),
        pytest.param({HELD: "a/b, c/d until 21:53Z, was min=4 max=30", "x": "y"}, id="several"),
    ],
)
def test_of_an_hpa_that_was_held_the_owners_limits_count(annotations: dict[str, str]) -> None:
    """What stands in spec is what OnAir wrote."""
    said = body(minReplicas=111, maxReplicas=230) | {"metadata": {"annotations": annotations}}
    read = read_hpa(said, KNOWN)
    assert held(said) == (read.minimum, read.maximum) == (4, 30)


@pytest.mark.parametrize(
    "metadata",
    [
        pytest.param(None, id="no metadata"),
        pytest.param("x", id="metadata that are text"),
        pytest.param({"annotations": None}, id="no annotations"),
        pytest.param({"annotations": ["x"]}, id="annotations that are a list"),
        pytest.param({"annotations": {"other": "was min=4 max=30"}}, id="another annotation"),
    ],
)
def test_of_an_hpa_that_is_not_held_the_spec_counts(metadata: object) -> None:
    """Whatever its metadata look like."""
    said = body() | {"metadata": metadata}
    assert held(said) is None
    assert read_hpa(said, KNOWN).minimum == 2


@pytest.mark.parametrize(
    ("said", "want"),
    [
        pytest.param(50, 50, id="an integer"),
        pytest.param("2500m", 2.5, id="thousandths"),
        pytest.param("1k", 1000, id="thousands"),
        pytest.param(12.5, 12.5, id="a fraction"),
    ],
)
def test_a_rate_has_its_own_target(said: object, want: float) -> None:
    """An External metric is taken for requests/s per replica."""
    read = read_hpa(body(metrics=[external(said)]), KNOWN)
    assert (read.metric, read.target) == (RATE, want)


def test_behavior() -> None:
    """What `behavior` says is taken, its gaps have the API server's defaults."""
    up = {"policies": [{"type": "Pods", "value": 8, "periodSeconds": 30}], "tolerance": "0.05"}
    down = {"stabilizationWindowSeconds": 0, "selectPolicy": "Disabled"}
    read = read_hpa(body(behavior={"scaleUp": up, "scaleDown": down}), KNOWN)
    assert read.behavior == Behavior(
        Rules(0, "Max", (Policy("Pods", 8, 30),), 0.05),
        Rules(0, "Disabled", (Policy("Percent", 100, 15),), None),
    )
    assert read_hpa(body(behavior={}), KNOWN).behavior == DEFAULT


@pytest.mark.parametrize(
    ("said", "want"),
    [
        pytest.param(
            body(metrics=[CPU_60, external(50)]),
            "spec.metrics: the simulation knows one metric, and the controller takes the largest of"
            " these 2: leave the one that decides",
            id="several metrics",
        ),
        pytest.param(
            body(metrics=[resource("memory", type="Utilization", averageUtilization=60)]),
            "spec.metrics[0]: the simulation knows CPU (type Resource, name cpu, target"
            " averageUtilization) and requests/s (type External, target averageValue), not this",
            id="memory",
        ),
        pytest.param(
            body(metrics=[resource("cpu", type="AverageValue", averageValue="500m")]),
            "spec.metrics[0]: the simulation knows CPU",
            id="an amount of CPU",
        ),
        pytest.param(
            body(metrics=[{"type": "ContainerResource", "containerResource": {"name": "cpu"}}]),
            "spec.metrics[0]: the simulation knows CPU",
            id="a container",
        ),
        pytest.param(
            body(metrics=[{"type": "External"}]),
            "spec.metrics[0]: the simulation knows CPU",
            id="a type without its part",
        ),
        pytest.param(
            body(metrics=[external("many")]),
            "spec.metrics[0].external.target.averageValue: must be a number such as 50, 2.5 or"
            " 500m",
            id="no number",
        ),
        pytest.param(
            body(metrics=[resource("cpu", type="Utilization", averageUtilization=101)]),
            "spec.metrics[0].resource.target.averageUtilization: must be at most 100, as a full",
            id="more than a full replica uses",
        ),
        pytest.param(
            body() | {"metadata": {"annotations": {HELD: "by hand"}}},
            "metadata.annotations: onair.dev/held does not end in such as 'was min=2 max=20'",
            id="held, and nobody knows since when",
        ),
        pytest.param(
            body(minReplicas=0), "spec.minReplicas: must be at least 1", id="scale to zero"
        ),
        pytest.param(
            body(minReplicas=30),
            "spec.minReplicas: minReplicas must be at most maxReplicas",
            id="a minimum above the maximum",
        ),
        pytest.param(body(maxReplicas=None), "spec.maxReplicas: is required", id="no maximum"),
        pytest.param(
            body() | {"apiVersion": "autoscaling/v1"},
            "apiVersion: must be autoscaling/v2, not autoscaling/v1",
            id="another version",
        ),
        pytest.param(
            body(behavior={"scaleUp": {"policies": []}}),
            "spec.behavior.scaleUp.policies: must have at least 1 item",
            id="no policy",
        ),
    ],
)
def test_refusals(said: dict[str, Any], want: str) -> None:
    """What the simulation cannot know is refused in plain words that begin with the field."""
    with pytest.raises(InvalidManifest) as caught:
        read_hpa(said, KNOWN)
    assert caught.value.message.startswith(want)
