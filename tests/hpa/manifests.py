"""What is recorded, as manifests: a Deployment on one simulated node, and its HPA."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.hpa.cases import MINIMUM, UTILIZATION

if TYPE_CHECKING:
    from tests.hpa.cases import Case


def deployment(case: Case, node: str) -> dict[str, Any]:
    """Return the Deployment of a case; the annotation of its node says what its pods use."""
    labels = {"app": case.name}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": case.name},
        "spec": {
            "replicas": MINIMUM,
            "selector": {"matchLabels": labels},
            "template": {
                "metadata": {
                    "labels": labels,
                    "annotations": {"onair.dev/start-up": f"{case.start_up}s"},
                },
                "spec": {
                    "containers": [
                        {"name": "app", "image": "app", "resources": {"requests": {"cpu": "1"}}}
                    ],
                    "nodeSelector": {"kubernetes.io/hostname": node},
                    "tolerations": [{"key": "kwok.x-k8s.io/node", "operator": "Exists"}],
                },
            },
        },
    }


def hpa(case: Case) -> dict[str, Any]:
    """Return the HPA of a case."""
    cpu = {
        "name": "cpu",
        "target": {"type": "Utilization", "averageUtilization": UTILIZATION},
    }
    behavior = {"behavior": case.behavior} if case.behavior else {}
    return {
        "apiVersion": "autoscaling/v2",
        "kind": "HorizontalPodAutoscaler",
        "metadata": {"name": case.name},
        "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": case.name},
            "minReplicas": MINIMUM,
            "maxReplicas": case.maximum,
            "metrics": [{"type": "Resource", "resource": cpu}],
            **behavior,
        },
    }
