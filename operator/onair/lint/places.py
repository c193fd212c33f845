"""What carries a crowd: TargetSets that nobody has looked at, capacity that is unknown."""

from collections.abc import Callable, Collection, Iterator, Sequence

from onair.documents import Document
from onair.lint.context import Context, Found, Warned
from onair.lint.findings import Fault
from onair.lint.subjects import Subject
from onair.model import reasons
from onair.model.campaigns import CampaignSpec
from onair.model.errors import InvalidManifest


def missing(
    document: Document,
    namespace: str,
    spec: CampaignSpec,
    find: Callable[[str, str], Found],
    in_files: Collection[tuple[str, str]],
    *,
    looked: bool | None,
) -> Iterator[Fault]:
    """Yield a fault for every TargetSet that a campaign names and that is nowhere.

    Args:
        document: the campaign as its file has it.
        namespace: where it belongs.
        spec: what it says.
        find: returns the TargetSet of a namespace and a name.
        in_files: namespaces and names of the TargetSets in the files.
        looked: whether a cluster was looked at; None of a command that looks at none.
    """
    step = "apply it first" if looked else "give its file, too"
    if looked is False:
        step += ", or look for it with --cluster"
    where = "in these files" + " or in the cluster" * bool(looked)
    for n, name in enumerate(reference.name for reference in spec.target_sets or ()):
        if find(namespace, name) is None:
            others = sorted(other for other, known in in_files if known == name)
            right = _of_others(name, others, document) if others else step
            words = f"there is no TargetSet {namespace}/{name} {where}; {right}"
            yield Fault(reasons.TARGET_SET_MISSING, f"spec.targetSets[{n}].name", words)


def _of_others(name: str, namespaces: Sequence[str], document: Document) -> str:
    """Return what is right for a campaign if files have a TargetSet of the name elsewhere."""
    there = " and ".join(f"{namespace}/{name}" for namespace in namespaces)
    if document.body["metadata"].get("namespace"):
        return f"the files have {there}: say the same namespace in both"
    return f"the files have {there}: say --namespace {' or '.join(namespaces)}"


def missing_of(context: Context, subject: Subject, spec: CampaignSpec) -> Iterator[Fault]:
    """Yield a fault for every TargetSet of a campaign that is nowhere in a context."""
    return missing(
        subject.document,
        subject.namespace,
        spec,
        context.target_set,
        context.in_files,
        looked=context.elsewhere is not None,
    )


def missing_in_files(context: Context) -> Iterator[Warned]:
    """Warn of TargetSets that a campaign names and that nobody has looked at."""
    if not context.elsewhere:
        for subject, spec in context.campaigns():
            for fault in missing_of(context, subject, spec):
                yield Warned(subject, fault.path, fault.message)


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
