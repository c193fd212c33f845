"""Every way of steering a target, by the kind of the steered object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from onair.targets.hpa import HpaSteering
from onair.targets.scale import ScaleSteering

if TYPE_CHECKING:
    from onair.cluster.client import JsonPatch
    from onair.plan.situation import Put
    from onair.targets.fields import Body


class Steering(Protocol):
    """How limits are written to one kind of object."""

    def path(self, namespace: str, name: str) -> str:
        """Return the URL path that `put` is sent to."""
        ...

    def put(self, step: Put) -> JsonPatch:
        """Return the JSON patch for a step."""
        ...


@runtime_checkable
class Releasing(Protocol):
    """A way of steering that can take its marks off again."""

    def release(self, body: Body) -> Body:
        """Return the merge patch that releases an object."""
        ...


STEERINGS: dict[str, Steering] = {
    "Deployment": ScaleSteering("Deployment"),
    "HorizontalPodAutoscaler": HpaSteering(),
    "StatefulSet": ScaleSteering("StatefulSet"),
}
