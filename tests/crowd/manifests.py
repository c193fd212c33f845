"""The application in front of the crowd, its HPA, and the campaign that announces the evening.

One replica has 4 slots of 200 ms: 20 requests/s. With full slots it uses about 115 % of its CPU
request; the HPA aims at 60 %, so that it wants a replica for each 10 requests/s and sees a full one
as twice too few. OnAir is told 14, which is 70 % of the slots.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from onair.model.quantities import format_duration
from tests.crowd.episode import (
    BROADCAST,
    EVERY,
    HOLD,
    PEAK,
    POINTS,
    STEP,
    USUAL_REPLICAS,
    Episode,
)

if TYPE_CHECKING:
    from datetime import datetime

Body = dict[str, Any]

NAMESPACE, APP, CAMPAIGN = "tv", "app", "final"
PORT = 8080
SLOTS, SERVICE_TIME, QUEUE = 4, timedelta(milliseconds=200), 8
CPU_PER_REQUEST, CPU_REQUEST = "700us", "24m"
"""Of a slot's time, and of a replica. HTTP and kubelet's probes come on top of the former: measured
on two quiet cores a request takes 1.3 ms in all."""

FULL_SLOTS, HPA_TARGET = 115, 60
"""Percent of the CPU request."""

HPA_MINIMUM, HPA_MAXIMUM = USUAL_REPLICAS, 40
"""The maximum is never what keeps the HPA from serving the peak."""

PER_REPLICA, HEADROOM, MAX_REPLICAS = 14, 10, 40
DRAIN = "2s"


def service() -> Body:
    """Return the Service that the crowd asks."""
    ports = [{"port": 80, "targetPort": PORT}]
    return _body("v1", "Service", APP, {"selector": {"app": APP}, "ports": ports})


def campaign(episode: Episode, start: datetime) -> Body:
    """Return the campaign whose broadcast begins at `start`."""

    def seconds(count: float) -> str:
        return format_duration(timedelta(seconds=count / episode.speed))

    def at(anchor: str, after: int) -> str:
        return f"{anchor}{'-' if after < 0 else '+'}{seconds(abs(after))}" if after else anchor

    points = [{"at": at(anchor, after), "level": f"{level:.1%}"} for anchor, after, level in POINTS]
    target = {
        "name": APP,
        "scaleTargetRef": {"name": APP},
        "perReplica": PER_REPLICA,
        "maxReplicas": MAX_REPLICAS,
        "usualReplicas": USUAL_REPLICAS,
    }
    spec = {
        "title": "The final",
        "airtimes": [
            {
                "name": "final",
                "start": f"{start:%Y-%m-%dT%H:%M:%SZ}",
                "duration": seconds(BROADCAST),
            }
        ],
        "load": {
            "shape": "Custom",
            "points": points,
            "requestsPerSecond": PEAK,
            "headroom": f"{HEADROOM}%",
        },
        "targets": [target],
        "warmUp": {"lead": format_duration(episode.lead)},
        "coolDown": {"hold": seconds(HOLD), "step": f"{STEP}%", "every": seconds(EVERY)},
    }
    return _body("onair.dev/v1alpha1", "Campaign", CAMPAIGN, spec)


def deployment(episode: Episode) -> Body:
    """Return the application with its usual replicas."""
    settings = {
        "LISTEN": f":{PORT}",
        "SLOTS": str(SLOTS),
        "QUEUE": str(QUEUE),
        "SERVICE_TIME": format_duration(SERVICE_TIME),
        "CPU_PER_REQUEST": CPU_PER_REQUEST,
        "START_UP": format_duration(episode.start_up),
        "DRAIN": DRAIN,
    }
    container = {
        "name": APP,
        "image": "onair.dev/crowd:test",
        "imagePullPolicy": "Never",
        "env": [{"name": name, "value": value} for name, value in settings.items()],
        "ports": [{"containerPort": PORT}],
        "readinessProbe": {"httpGet": {"path": "/readyz", "port": PORT}, "periodSeconds": 1},
        "resources": {"requests": {"cpu": CPU_REQUEST, "memory": "16Mi"}},
    }
    pod = {"containers": [container], "automountServiceAccountToken": False}
    spec = {
        "replicas": USUAL_REPLICAS,
        "selector": {"matchLabels": {"app": APP}},
        "template": {"metadata": {"labels": {"app": APP}}, "spec": pod},
    }
    return _body("apps/v1", "Deployment", APP, spec)


def hpa() -> Body:
    """Return the HPA that owns its replicas."""
    cpu = {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": HPA_TARGET}}
    spec = {
        "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": APP},
        "minReplicas": HPA_MINIMUM,
        "maxReplicas": HPA_MAXIMUM,
        "metrics": [{"type": "Resource", "resource": cpu}],
    }
    return _body("autoscaling/v2", "HorizontalPodAutoscaler", APP, spec)


def _body(version: str, kind: str, name: str, spec: Body) -> Body:
    return {
        "apiVersion": version,
        "kind": kind,
        "metadata": {"name": name, "namespace": NAMESPACE},
        "spec": spec,
    }
