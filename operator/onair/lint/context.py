"""All that is looked at together: what is right in itself may be wrong beside something else."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from onair.lint.subjects import Subject
from onair.model.campaigns import CampaignSpec
from onair.model.errors import InvalidManifest
from onair.model.targets import TargetSetSpec
from onair.plan.aims import Aim, Named, resolve
from onair.plan.observed import TargetKey

Found = TargetSetSpec | InvalidManifest | None
"""A target set, what is wrong with it, or that there is none."""

Elsewhere = Callable[[str, str], Found]
"""What a cluster has under a namespace and the name of a target set."""


class Warned(NamedTuple):
    """What is hardly meant in an object: the field and plain words."""

    subject: Subject
    path: str
    message: str


@dataclass(frozen=True)
class Context:
    """The objects in all files, and what they are looked at with.

    Attributes:
        subjects: the objects, in order.
        now: the instant (UTC) from which on airings count.
        most: replicas of the operator's own limit on every target.
        elsewhere: the target sets of a cluster; None where nobody has looked at one.
    """

    subjects: Sequence[Subject]
    now: datetime
    most: int
    elsewhere: Elsewhere | None

    def campaigns(self) -> Iterator[tuple[Subject, CampaignSpec]]:
        """Yield the campaigns that can be planned."""
        for subject in self.subjects:
            if isinstance(subject.spec, CampaignSpec):
                yield subject, subject.spec

    @cached_property
    def _target_sets(self) -> dict[tuple[str, str, str], TargetSetSpec | InvalidManifest]:
        return {
            subject.key: subject.spec
            for subject in self.subjects
            if not isinstance(subject.spec, CampaignSpec)
        }

    def target_set(self, namespace: str, name: str) -> Found:
        """Return a target set from the files, the last of equal names, else from the cluster."""
        found = self._target_sets.get(("TargetSet", namespace, name))
        return found or (self.elsewhere(namespace, name) if self.elsewhere else None)

    def aims(self, subject: Subject) -> list[Aim]:
        """Return what a campaign aims at; nothing of a suspended one.

        Raises:
            InvalidManifest: TargetSetMissing, what is wrong with a target set, PerReplicaMissing.
        """
        spec = subject.spec
        if not isinstance(spec, CampaignSpec) or spec.suspend:
            return []
        named = Named(subject.namespace, subject.name)
        return resolve(named, spec, lambda name: self.target_set(subject.namespace, name))

    @cached_property
    def by_target(self) -> dict[TargetKey, list[Aim]]:
        """What all campaigns aim at each target, the last of equal names only."""
        last = {subject.key: subject for subject, _ in self.campaigns()}
        found: dict[TargetKey, list[Aim]] = defaultdict(list)
        for subject in last.values():
            with suppress(InvalidManifest):
                for aim in self.aims(subject):
                    found[aim.key].append(aim)
        return found
