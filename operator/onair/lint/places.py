"""What carries a crowd: target sets that nobody has looked at, capacity that is unknown."""

from collections.abc import Iterator

from onair.lint.context import Context, Warned
from onair.model.errors import InvalidManifest


def missing_in_files(context: Context) -> Iterator[Warned]:
    """Warn of target sets that a campaign names and that nobody has looked at."""
    if not context.elsewhere:
        for subject, spec in context.campaigns():
            for n, reference in enumerate(spec.target_sets or ()):
                if context.target_set(subject.namespace, reference.name) is None:
                    yield Warned(
                        subject,
                        f"spec.targetSets[{n}].name",
                        f"the TargetSet {subject.namespace}/{reference.name} is not among these"
                        " files: it must be in the cluster",
                    )


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
