"""All that is looked at together: what is right in itself may be wrong beside something else."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from typing import NamedTuple, Protocol

from onair.lint.subjects import Subject
from onair.model.campaigns import CampaignSpec
from onair.model.errors import InvalidManifest
from onair.model.targets import TargetSetSpec
from onair.plan.aims import Aim, Named, resolve
from onair.plan.observed import TargetKey

Found = TargetSetSpec | InvalidManifest | None
"""A TargetSet, what is wrong with it, or that there is none."""


class Elsewhere(Protocol):
    """What a cluster has, beside the files."""

    def target_set(self, namespace: str, name: str) -> Found:
        """Return the TargetSet of a name."""

    def campaigns(self, namespace: str) -> Mapping[Named, CampaignSpec | InvalidManifest]:
        """Return the campaigns of a namespace, or what is wrong with them."""

    def obstacle(self, key: TargetKey) -> tuple[str, str] | None:
        """Return what keeps a workload from being steered: a reason and plain words."""

    def usual(self, key: TargetKey) -> int | None:
        """Return the usual replicas of a workload; None if there is no such workload."""


class Warned(NamedTuple):
    """What is hardly meant in an object: the field and plain words."""

    subject: Subject
    path: str
    message: str


@dataclass(frozen=True, eq=False)
class Context:
    """The objects in all files, and what they are looked at with.

    Attributes:
        subjects: the objects, in order.
        now: the instant (UTC) from which on airings count.
        most: replicas of the operator's own limit on every target.
        elsewhere: what a cluster has; None where nobody has looked at one.
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
    def _target_sets(self) -> dict[tuple[str, str], TargetSetSpec | InvalidManifest]:
        return {
            (subject.namespace, subject.name): subject.spec
            for subject in self.subjects
            if subject.key[0] == "TargetSet" and not isinstance(subject.spec, CampaignSpec)
        }

    def target_set(self, namespace: str, name: str) -> Found:
        """Return a TargetSet from the files, the last of equal names, else from the cluster."""
        found = self._target_sets.get((namespace, name))
        return found or (self.elsewhere.target_set(namespace, name) if self.elsewhere else None)

    @property
    def in_files(self) -> Collection[tuple[str, str]]:
        """The namespaces and names of the TargetSets in the files, right or wrong."""
        return self._target_sets.keys()

    def usual(self, key: TargetKey) -> dict[TargetKey, int]:
        """Return the usual replicas that a cluster shows of a target, if any."""
        shown = self.elsewhere.usual(key) if self.elsewhere else None
        return {} if shown is None else {key: shown}

    def aims(self, subject: Subject) -> list[Aim]:
        """Return what a campaign aims at; nothing of a suspended one.

        Raises:
            InvalidManifest: TargetSetMissing, what is wrong with a TargetSet, PerReplicaMissing.
        """
        spec = subject.spec
        return self._aims(subject.named, spec) if isinstance(spec, CampaignSpec) else []

    @cached_property
    def by_target(self) -> dict[TargetKey, list[Aim]]:
        """What all campaigns aim at each target at which one of the files aims.

        Of equal names the last counts, and those of a cluster are there, too.
        """
        known: dict[Named, CampaignSpec | InvalidManifest] = {}
        if self.elsewhere:
            for namespace in {subject.namespace for subject, _ in self.campaigns()}:
                for named, spec in self.elsewhere.campaigns(namespace).items():
                    known[Named(named.namespace, named.name)] = spec
        ours = {subject.named: subject.campaign for subject in self.subjects if subject.campaign}
        found: dict[TargetKey, list[Aim]] = defaultdict(list)
        for named, spec in (known | ours).items():
            if isinstance(spec, CampaignSpec):
                with suppress(InvalidManifest):
                    for aim in self._aims(named, spec):
                        found[aim.key].append(aim)
        names = {named.campaign for named in ours}
        return {k: aims for k, aims in found.items() if names & {aim.campaign for aim in aims}}

    def _aims(self, named: Named, spec: CampaignSpec) -> list[Aim]:
        if spec.suspend:
            return []
        return resolve(named, spec, partial(self.target_set, named.namespace))


def field_of(subject: Subject, key: TargetKey, field: str) -> str:
    """Return the field of a campaign's own target, or else the one that names TargetSets."""
    spec = subject.spec
    if isinstance(spec, CampaignSpec):
        for n, target in enumerate(spec.targets or ()):
            workload = target.scale_target_ref
            if (workload.kind, workload.name) == (key.kind, key.name):
                return f"spec.targets[{n}].{field}"
    return "spec.targetSets"
