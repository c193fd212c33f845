"""The evening that is explored: three campaigns on two targets, and the instants of it.

Web has an HPA, chat has none. The first two campaigns overlap and together ask for more than web
may have; the third comes within the hour in which what was restored is still remembered.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from onair.plan.observed import Autoscaler, Limits, Number, ObjectId, TargetKey, Workload

OWNER: Final = "kubectl"
CAMPAIGNS: Final = ("film", "match", "quiz")
WEB: Final = TargetKey("tv", "Deployment", "web")
CHAT: Final = TargetKey("tv", "Deployment", "chat")
TARGETS: Final = (WEB, CHAT)
CAPS: Final = {WEB: 12, CHAT: 20}
"""maxReplicas of each target: no write may be above it, nor above what the owner has."""

_AIRS: Final = {
    "film": ("20:00", "10m", 4),
    "match": ("20:06", "10m", 8),
    "quiz": ("20:40", "7m", 4),
}

TARGET_SET: Final[dict[str, Any]] = {
    "targets": [
        {
            "name": key.name,
            "scaleTargetRef": {"name": key.name},
            "perReplica": 1,
            "maxReplicas": CAPS[key],
            "usualReplicas": 2,
        }
        for key in TARGETS
    ],
    "warmUp": {"lead": "1m"},
    "coolDown": {"hold": "1m", "step": "50%", "every": "1m"},
}


def campaign(name: str) -> dict[str, Any]:
    """Return the spec of a campaign."""
    start, duration, rate = _AIRS[name]
    airtime = {"name": name, "start": f"2027-01-09T{start}:00", "duration": duration}
    load = {"shape": "Flat", "requestsPerSecond": rate, "headroom": "0%"}
    return {"airtimes": [airtime], "load": load, "targetSets": [{"name": "evening"}]}


def at(text: str) -> datetime:
    """Return an instant of the evening, UTC."""
    return datetime.fromisoformat(f"2027-01-09T{text}:00").replace(tzinfo=UTC)


INSTANTS: Final = tuple(
    at(text)
    for text in (
        "19:59",  # film: 6
        "20:05",  # match beside it: 14, of which web may have 12
        "20:12",  # match alone: 10
        "20:18",  # over
        "20:38",  # capture, a minute ahead
        "20:39",  # quiz: 6
        "20:49",  # over
        "23:59",  # however late anything came
    )
)

BASELINE: Final = {WEB: Limits(2, 4), CHAT: Limits(2)}

EDITS: Final = {
    WEB: (Limits(2, 4), Limits(3, 4), Limits(15, 25)),
    CHAT: (Limits(2), Limits(3), Limits(15), Limits(0)),
}
"""What the owner may write: what they always had, a little more, more than any floor, zero."""

FEW: Final = 2
MANY: Final = 12
"""Replicas that an HPA has running: within what its owner ever allowed, or more."""


def workload(key: TargetKey) -> Workload:
    """Return a workload as its owner has made it."""
    number = Number(BASELINE[key].minimum, frozenset({OWNER}))
    identity = ObjectId("apps/v1", key.kind, key.name, f"uid-{key.name}")
    return Workload(identity, number, ready=0, adopts_ledger=False)


def autoscaler(key: TargetKey) -> Autoscaler | None:
    """Return a target's HPA as its owner has made it, None where there is none."""
    limits = BASELINE[key]
    if limits.maximum is None:
        return None
    return Autoscaler(
        id=ObjectId("autoscaling/v2", "HorizontalPodAutoscaler", key.name, f"uid-hpa-{key.name}"),
        minimum=Number(limits.minimum, frozenset({OWNER})),
        maximum=Number(limits.maximum, frozenset({OWNER})),
        controller=None,
        scaling_active=True,
        scale_down_disabled=False,
        annotated=False,
        bare=True,
    )
