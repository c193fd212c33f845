"""Manifests that are valid, and how to change one thing in them."""

from copy import deepcopy
from typing import Any, Final

ABSENT: Final = object()
"""The value of a field that is taken out."""

_AIRTIMES: Final = [
    {
        "name": "episode",
        "start": "2027-01-09T20:30:00",
        "duration": "1h5m",
        "endSlack": "10m",
        "repeat": "FREQ=WEEKLY;COUNT=10",
        "except": ["2027-02-06"],
    }
]

_TARGETS: Final = [
    {
        "name": "api",
        "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "mol-api"},
        "share": "80%",
        "perReplica": "50",
        "maxReplicas": 300,
        "usualReplicas": 6,
    },
    {
        "name": "chat",
        "scaleTargetRef": {"kind": "StatefulSet", "name": "mol-chat"},
        "replicas": 12,
        "maxReplicas": 20,
    },
]

_STEPS: Final = {
    "warmUp": {"lead": "10m"},
    "coolDown": {"hold": "5m", "step": "25%", "every": "1m"},
}


def _object(kind: str, spec: dict[str, Any]) -> dict[str, Any]:
    return {
        "apiVersion": "onair.dev/v1alpha1",
        "kind": kind,
        "metadata": {"name": "mol"},
        "spec": spec,
    }


CAMPAIGN: Final = _object(
    "Campaign",
    {
        "title": "Wie is de Mol?",
        "timeZone": "Europe/Amsterdam",
        "airtimes": _AIRTIMES,
        "load": {
            "shape": "Episode",
            "audience": {
                "people": "680k",
                "response": "100%",
                "requestsPerPerson": "2.2",
                "within": "5m",
            },
            "headroom": "30%",
        },
        "targetSets": [{"name": "mol"}],
        "suspend": False,
    },
)
"""An audience, and a TargetSet that carries it."""

INLINE: Final = _object(
    "Campaign",
    {
        "airtimes": _AIRTIMES,
        "load": {
            "shape": "Custom",
            "points": [
                {"at": "start-15m", "level": "25%"},
                {"at": "start", "level": "25%"},
                {"at": "end+1m", "level": "100%"},
            ],
            "requestsPerSecond": "5k",
        },
        "targets": _TARGETS,
        **_STEPS,
    },
)
"""A shape of its own, a rate, and targets of its own."""

TARGET_SET: Final = _object("TargetSet", {"targets": _TARGETS, **_STEPS})


def changed(manifest: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of `manifest` with other values at paths such as `spec.airtimes.0.start`."""
    result = deepcopy(manifest)
    for path, value in changes.items():
        *parents, last = (int(key) if key.isdigit() else key for key in path.split("."))
        place: Any = result
        for key in parents:
            place = place[key]
        if value is ABSENT:
            del place[last]
        elif last == len(place) and isinstance(place, list):
            place.append(deepcopy(value))
        else:
            place[last] = deepcopy(value)
    return result
