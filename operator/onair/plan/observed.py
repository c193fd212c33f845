"""What a target looks like at one instant: plain values, read from objects, compared by the plan.

Nothing here keeps a reference to a raw object, so a snapshot of a large cluster stays small.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class TargetKey(NamedTuple):
    """One workload that can be a target, whichever campaigns name it."""

    namespace: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class ObjectId:
    """One object as the ledger records it: the UID tells it from a successor of the same name."""

    api_version: str
    kind: str
    name: str
    uid: str


@dataclass(frozen=True, slots=True)
class Number:
    """A replica count in an object's spec and who owns it according to `managedFields`.

    `wish` is what somebody else wanted it to be when the clamp kept it, None where nobody did.
    """

    value: int
    managers: frozenset[str]
    wish: int | None = None


@dataclass(frozen=True, slots=True)
class Workload:
    """A Deployment or StatefulSet: `ready` counts replicas, `adopts_ledger` is about selectors.

    A selector that matches the labels of ledger entries would make a StatefulSet adopt or delete
    them (kubernetes-notes section 10), so such a workload is refused. `version` is the resource
    version, which moves with every status and is no news by itself.
    """

    id: ObjectId
    replicas: Number
    ready: int
    adopts_ledger: bool
    version: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Autoscaler:
    """A HorizontalPodAutoscaler: its limits, who controls it, and whether it can scale down.

    `annotated` says that our marks are on it, `bare` that it has no annotation at all; `marks` are
    the limits that are marked on it for the clamp, None where they cannot be read.
    """

    id: ObjectId
    minimum: Number
    maximum: Number
    controller: str | None
    scaling_active: bool
    scale_down_disabled: bool
    annotated: bool
    bare: bool
    marks: Limits | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What OnAir writes to a steered object: a minimum and, for an HPA, a maximum in replicas.

    For a workload without HPA `minimum` is `spec.replicas` and `maximum` is None.
    """

    minimum: int
    maximum: int | None = None
