"""Manifests of test workloads, campaigns and target sets, with what a test wants to vary."""

from __future__ import annotations

from typing import Any

Body = dict[str, Any]

COOL_DOWN = {"hold": "1m", "step": "50%", "every": "1m"}
STOP_NOW: Body = {"metadata": {"annotations": {"onair.dev/stop": "now"}}, "spec": {"suspend": True}}
"""The patch of `onair stop --now`."""

ON_SIMULATED_NODES: Body = {
    "nodeSelector": {"type": "kwok"},
    "tolerations": [{"key": "kwok.x-k8s.io/node", "value": "fake", "effect": "NoSchedule"}],
}


def deployment(name: str, replicas: int | None = 1, *, start_up: str = "1s", **pod: str) -> Body:
    """Return a Deployment whose pods are Ready after `start_up`; `pod` are annotations of ours."""
    return _workload("Deployment", name, replicas, start_up, pod)


def stateful_set(name: str, replicas: int = 1, *, start_up: str = "1s", **pod: str) -> Body:
    """Return a StatefulSet with parallel pod management."""
    body = _workload("StatefulSet", name, replicas, start_up, pod)
    body["spec"] |= {"serviceName": name, "podManagementPolicy": "Parallel"}
    return body


def hpa(name: str, minimum: int, maximum: int, *, kind: str = "Deployment", **spec: object) -> Body:
    """Return an HPA on CPU for the workload of the same name."""
    cpu = {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}}
    return {
        "apiVersion": "autoscaling/v2",
        "kind": "HorizontalPodAutoscaler",
        "metadata": {"name": name},
        "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": kind, "name": name},
            "minReplicas": minimum,
            "maxReplicas": maximum,
            "metrics": [{"type": "Resource", "resource": cpu}],
            **spec,
        },
    }


def target(name: str, *, kind: str = "Deployment", **fields: object) -> Body:
    """Return a target: 50 requests/s a replica, at most 300, unless `fields` say otherwise."""
    base: Body = {"name": name, "scaleTargetRef": {"kind": kind, "name": name}, "maxReplicas": 300}
    if "replicas" not in fields:
        base["perReplica"] = "50"
    return base | fields


def target_set(name: str, *targets: Body, lead: str = "5m", **fields: object) -> Body:
    """Return a TargetSet with a short cool-down."""
    spec = {"targets": list(targets), "warmUp": {"lead": lead}, "coolDown": COOL_DOWN} | fields
    return _ours("TargetSet", name, spec)


def campaign(name: str, *airtimes: Body, load: Body | None = None, **spec: object) -> Body:
    """Return a Campaign; without other words a flat load of 1,000 requests/s without headroom."""
    flat = {"shape": "Flat", "requestsPerSecond": "1000", "headroom": "0%"}
    spec = {"airtimes": list(airtimes), "load": load or flat} | spec
    if "targets" in spec:
        spec = {"warmUp": {"lead": "5m"}, "coolDown": COOL_DOWN} | spec
    return _ours("Campaign", name, spec)


def airtime(start: str, duration: str = "10m", **fields: object) -> Body:
    """Return an airtime."""
    return {"name": "show", "start": start, "duration": duration} | fields


def _ours(kind: str, name: str, spec: Body) -> Body:
    return {
        "apiVersion": "onair.dev/v1alpha1",
        "kind": kind,
        "metadata": {"name": name},
        "spec": spec,
    }


def _workload(
    kind: str, name: str, replicas: int | None, start_up: str, pod: dict[str, str]
) -> Body:
    annotations = {"onair.dev/start-up": start_up} | {f"onair.dev/{k}": v for k, v in pod.items()}
    container = {
        "name": "main",
        "image": "app",
        "resources": {"requests": {"cpu": "100m", "memory": "16Mi"}},
    }
    spec: Body = {
        "selector": {"matchLabels": {"app": name}},
        "template": {
            "metadata": {"labels": {"app": name}, "annotations": annotations},
            "spec": {
                "containers": [container],
                "terminationGracePeriodSeconds": 0,
                "automountServiceAccountToken": False,
                **ON_SIMULATED_NODES,
            },
        },
    }
    if replicas is not None:
        spec["replicas"] = replicas
    return {"apiVersion": "apps/v1", "kind": kind, "metadata": {"name": name}, "spec": spec}
