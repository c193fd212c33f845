"""Manifests of workloads for the real node: pods that wait for their end, and want little."""

from __future__ import annotations

from typing import Any

Body = dict[str, Any]


def deployment(name: str, replicas: int) -> Body:
    """Return a Deployment of pods that wait for their end."""
    return _workload("Deployment", name, replicas)


def stateful_set(name: str, replicas: int) -> Body:
    """Return a StatefulSet of the same pods."""
    body = _workload("StatefulSet", name, replicas)
    body["spec"] |= {"serviceName": name, "podManagementPolicy": "Parallel"}
    return body


def hpa(name: str, minimum: int, maximum: int) -> Body:
    """Return an HPA on CPU for the Deployment of the same name."""
    cpu = {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}}
    return {
        "apiVersion": "autoscaling/v2",
        "kind": "HorizontalPodAutoscaler",
        "metadata": {"name": name},
        "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": name},
            "minReplicas": minimum,
            "maxReplicas": maximum,
            "metrics": [{"type": "Resource", "resource": cpu}],
        },
    }


def _workload(kind: str, name: str, replicas: int) -> Body:
    container = {
        "name": "main",
        "image": "onair.dev/pause:test",
        "imagePullPolicy": "Never",
        "resources": {"requests": {"cpu": "5m", "memory": "4Mi"}},
    }
    return {
        "apiVersion": "apps/v1",
        "kind": kind,
        "metadata": {"name": name},
        "spec": {
            "replicas": replicas,
            "selector": {"matchLabels": {"app": name}},
            "template": {
                "metadata": {"labels": {"app": name}},
                "spec": {"containers": [container], "terminationGracePeriodSeconds": 1},
            },
        },
    }
