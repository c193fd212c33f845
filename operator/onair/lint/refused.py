"""What the operator would refuse of campaigns that the API server takes, by its own reasons."""

from collections.abc import Iterator, Mapping
from contextlib import suppress

from onair.lint.context import Context, Found, field_of
from onair.lint.findings import Fault
from onair.lint.places import missing_of
from onair.lint.subjects import Subject, faults_of
from onair.model.campaigns import CampaignSpec
from onair.model.errors import InvalidManifest
from onair.model.targets import TargetSetSpec
from onair.plan.aims import resolve

Refused = Iterator[tuple[Subject, Fault]]


def refused(context: Context) -> Refused:
    """Yield the faults of campaigns, suspended ones included; all of a campaign's TargetSets."""
    for subject, spec in context.campaigns():
        for fault in (*_of_target_sets(context, subject, spec), *_of_workloads(context, subject)):
            yield subject, fault


def _of_target_sets(context: Context, subject: Subject, spec: CampaignSpec) -> Iterator[Fault]:
    """Yield why a campaign cannot aim at its TargetSets: one by one, or else at all together."""
    found = {
        reference.name: context.target_set(subject.namespace, reference.name)
        for reference in spec.target_sets or ()
    }
    if context.elsewhere:
        yield from missing_of(context, subject, spec)
    alone = [
        fault
        for n, name in enumerate(found)
        for fault in _of_target_set(context, subject, name, found[name], f"spec.targetSets[{n}]")
    ]
    yield from alone
    if not alone and all(isinstance(each, TargetSetSpec) for each in found.values()):
        yield from _resolving(subject, spec, found)


def _of_target_set(
    context: Context, subject: Subject, name: str, found: Found, path: str
) -> Iterator[Fault]:
    """Yield what is wrong with one TargetSet, or each of its targets, for a campaign."""
    where = f"the TargetSet {subject.namespace}/{name}"
    if isinstance(found, InvalidManifest) and (subject.namespace, name) not in context.in_files:
        yield Fault(found.reason, f"{path}.name", f"{where} in the cluster: {found.message}")
    elif isinstance(found, TargetSetSpec) and isinstance(subject.spec, CampaignSpec):
        own = (each for each in subject.spec.target_sets or () if each.name == name)
        one = subject.spec.model_copy(update={"target_sets": tuple(own)})
        for target in found.targets:
            only = found.model_copy(update={"targets": (target,)})
            for fault in _resolving(subject, one, {name: only}):
                yield fault._replace(path=path)


def _resolving(
    subject: Subject, spec: CampaignSpec, target_sets: Mapping[str, Found]
) -> Iterator[Fault]:
    """Yield why the operator cannot resolve a campaign."""
    try:
        resolve(subject.named, spec, target_sets.get)
    except InvalidManifest as error:
        yield from faults_of(error)


def _of_workloads(context: Context, subject: Subject) -> Iterator[Fault]:
    """Yield what keeps a campaign's targets in a cluster from being steered."""
    if context.elsewhere:
        with suppress(InvalidManifest):
            for key in dict.fromkeys(aim.key for aim in context.aims(subject)):
                if found := context.elsewhere.obstacle(key):
                    reason, words = found
                    where = f"{key.kind} {key.namespace}/{key.name}"
                    path = field_of(subject, key, "scaleTargetRef")
                    yield Fault(reason, path, f"{where} in the cluster: {words}")
