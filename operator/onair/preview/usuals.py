"""The usual load of a target: what a manifest says, else what a cluster shows, else nothing."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from onair.plan.aims import Aim
from onair.plan.observed import TargetKey


class Usual(NamedTuple):
    """Replicas that the ordinary load needs, and who knows it; 0 where nobody does."""

    replicas: int
    known_from: Literal["manifest", "cluster", "nobody"]


def usual(key: TargetKey, aims: Sequence[Aim], shown: Mapping[TargetKey, int]) -> Usual:
    """Return the usual load of a target; `shown` is what a cluster shows (design section 3.3)."""
    said = [aim.target.usual_replicas for aim in aims if aim.target.usual_replicas is not None]
    if said:
        return Usual(max(said), "manifest")
    if key in shown:
        return Usual(shown[key], "cluster")
    return Usual(0, "nobody")


def unknown(key: TargetKey, aims: Sequence[Aim], *, looked: bool) -> str:
    """Return what to tell a person whose plan lacks the usual load of a target.

    `looked` tells whether a cluster was looked at.
    """
    loads = {load for aim in aims for load in aim.spec.loads()}
    multiples = any(load is not None and load.multiplier is not None for load in loads)
    nothing = ", and a multiple of it is nothing" if multiples else ""
    return (
        f"the usual load of {key.kind} {key.namespace}/{key.name} is not known, so none is planned"
        f" beside the campaigns{nothing}; say usualReplicas"
        + (", or look at it with --cluster" * (not looked))
    )
