"""What carries a crowd: target sets that are missing, capacity that is unknown or too small."""

from collections.abc import Iterator, Sequence

from onair.lint.context import Context, Warned
from onair.lint.subjects import Subject
from onair.model.campaigns import CampaignSpec
from onair.model.errors import InvalidManifest
from onair.plan.aims import Aim, limits_of, needs_between
from onair.plan.observed import TargetKey
from onair.plan.summary import airs_at
from onair.plan.timeline import timeline
from onair.preview.overlaps import presence, present_at
from onair.preview.usuals import usual
from onair.schedule.airings import HORIZON
from onair.schedule.zones import zone


def missing_in_cluster(context: Context) -> Iterator[Warned]:
    """Yield the target sets that a campaign names and neither files nor cluster have."""
    if context.elsewhere:
        yield from _missing(context, "neither in these files nor in the cluster: apply it first")


def missing_in_files(context: Context) -> Iterator[Warned]:
    """Warn of target sets that a campaign names and that nobody has looked at."""
    if not context.elsewhere:
        yield from _missing(context, "not among these files: it must be in the cluster")


def unfit(context: Context, reason: str) -> Iterator[Warned]:
    """Yield the campaigns that do not fit their target sets, with one of the operator's reasons."""
    for subject, _ in context.campaigns():
        try:
            context.aims(subject)
        except InvalidManifest as error:
            if error.reason == reason:
                path, _, message = error.message.partition(": ")
                yield Warned(subject, path, message)


def usual_unknown(context: Context) -> Iterator[Warned]:
    """Warn of targets whose usual load a plan has to leave out."""
    for subject in context.subjects:
        spec = subject.spec
        targets = () if isinstance(spec, InvalidManifest) else spec.targets or ()
        for n, target in enumerate(targets):
            if target.usual_replicas is None and target.replicas is None:
                yield Warned(
                    subject,
                    f"spec.targets[{n}]",
                    "usualReplicas is absent: the operator looks at the hour before the first"
                    " raise, but until then a plan has nothing for the ordinary load",
                )


def limited(context: Context) -> Iterator[Warned]:
    """Warn of campaigns that will not get what they need, alone or because they overlap."""
    subjects = {f"{each.namespace}/{each.name}": each for each, _ in context.campaigns()}
    for key, aims in context.by_target.items():
        for name, message in _short(key, aims, context).items():
            yield Warned(subjects[name], _field(subjects[name], key), message)


def _missing(context: Context, where: str) -> Iterator[Warned]:
    for subject, spec in context.campaigns():
        for n, reference in enumerate(spec.target_sets or ()):
            if context.target_set(subject.namespace, reference.name) is None:
                message = f"the TargetSet {subject.namespace}/{reference.name} is {where}"
                yield Warned(subject, f"spec.targetSets[{n}].name", message)


def _short(key: TargetKey, aims: Sequence[Aim], context: Context) -> dict[str, str]:
    """Return for each campaign that gets less than it needs of a target where it lacks most."""
    needs = needs_between(aims, context.now, context.now + HORIZON)
    known = usual(key, aims, {}).replicas
    limits = limits_of(aims, context.most)
    bitten = [step for step in timeline(needs, known, limits).steps if step.limited_by]
    spans = presence(needs, known) if bitten else {}
    worst: dict[str, str] = {}
    for step in sorted(bitten, key=lambda step: step.floor - step.required):
        together = present_at(spans, step.at)
        for aim in aims:
            if aim.campaign in together and step.limited_by and step.at >= context.now:
                others = ", ".join(each for each in together if each != aim.campaign)
                worst.setdefault(
                    aim.campaign,
                    f"{key.kind} {key.name} needs {step.required:,} replicas on"
                    f" {airs_at(step.at, zone(aim.spec.time_zone))}, limited to {step.floor:,} by"
                    f" {step.limited_by.name}" + (f"; together with {others}" if others else ""),
                )
    return worst


def _field(subject: Subject, key: TargetKey) -> str:
    """Return the field of a campaign that names a target."""
    spec = subject.spec
    if isinstance(spec, CampaignSpec):
        for n, target in enumerate(spec.targets or ()):
            workload = target.scale_target_ref
            if (workload.kind, workload.name) == (key.kind, key.name):
                return f"spec.targets[{n}].maxReplicas"
    return "spec.targetSets"
