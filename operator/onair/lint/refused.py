"""What the operator would refuse of campaigns that the API server takes, by its own reasons."""

from collections.abc import Iterator
from functools import partial

from onair.lint.context import Context
from onair.lint.findings import Fault
from onair.lint.subjects import Subject, faults_of
from onair.model import reasons
from onair.model.campaigns import CampaignSpec, TargetSetReference
from onair.model.errors import InvalidManifest
from onair.model.targets import TargetSetSpec
from onair.plan.aims import resolve

Refused = Iterator[tuple[Subject, Fault]]


def refused(context: Context) -> Refused:
    """Yield the faults of campaigns, suspended ones included; all of a campaign's target sets."""
    for subject, spec in context.campaigns():
        for fault in (*_of_target_sets(context, subject, spec), *_of_workloads(context, subject)):
            yield subject, fault


def _of_target_sets(context: Context, subject: Subject, spec: CampaignSpec) -> Iterator[Fault]:
    """Yield why a campaign cannot aim at its target sets: one by one, or else at all together."""
    alone = [
        fault
        for n, reference in enumerate(spec.target_sets or ())
        for fault in _of_target_set(context, subject, spec, (n, reference))
    ]
    yield from alone
    if not alone:
        yield from _resolving(subject, spec, partial(context.target_set, subject.namespace))


def _of_target_set(
    context: Context,
    subject: Subject,
    spec: CampaignSpec,
    numbered: tuple[int, TargetSetReference],
) -> Iterator[Fault]:
    """Yield what is wrong with one target set, or each of its targets, for a campaign."""
    number, reference = numbered
    path, one = f"spec.targetSets[{number}]", spec.model_copy(update={"target_sets": (reference,)})
    found = context.target_set(subject.namespace, reference.name)
    where = f"the TargetSet {subject.namespace}/{reference.name}"
    if found is None and context.elsewhere:
        words = f"{where} is neither in these files nor in the cluster: apply it first"
        yield Fault(reasons.TARGET_SET_MISSING, f"{path}.name", words)
    elif isinstance(found, InvalidManifest):
        if not context.is_in_files(subject.namespace, reference.name):
            yield Fault(found.reason, f"{path}.name", f"{where} in the cluster: {found.message}")
    elif found:
        for target in found.targets:
            only = found.model_copy(update={"targets": (target,)})
            for fault in _resolving(subject, one, partial(_the, only)):
                yield fault._replace(path=path)


def _the(target_set: TargetSetSpec, _: str) -> TargetSetSpec:
    return target_set


def _resolving(subject: Subject, spec: CampaignSpec, target_sets) -> Iterator[Fault]:
    try:
        resolve(subject.named, spec, target_sets)
    except InvalidManifest as error:
        yield from faults_of(error)


def _of_workloads(context: Context, subject: Subject) -> Iterator[Fault]:
    """Yield what keeps a campaign's targets in a cluster from being steered."""
