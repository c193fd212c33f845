"""Everything that is found in files, in order: first what is wrong, then what is hardly meant."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from onair.documents import Documents
from onair.lint.checks import WARNINGS, Find
from onair.lint.context import Context, Elsewhere
from onair.lint.findings import Fault, Finding, Severity, in_document, in_text
from onair.lint.limits import shortages
from onair.lint.refused import refused
from onair.lint.subjects import Subject, estranged, subject


@dataclass(frozen=True, slots=True)
class Linted:
    """What was found, by file and place.

    Attributes:
        findings: errors and warnings.
        looked_at: how many objects are OnAir's.
        skipped: how many are not.
        notes: what was not looked at for its size.
    """

    findings: tuple[Finding, ...]
    looked_at: int
    skipped: int
    notes: tuple[str, ...]

    @property
    def errors(self) -> int:
        """How many of the findings are errors."""
        return Counter(finding.severity for finding in self.findings)["error"]


def lint(
    files: Sequence[Documents],
    now: datetime,
    *,
    namespace: str = "default",
    most: int = 500,
    elsewhere: Elsewhere | None = None,
) -> Linted:
    """Return what is wrong with the objects in files, and what is hardly meant.

    Args:
        files: what was read.
        now: the instant (UTC) from which on airings count.
        namespace: that of objects that name none.
        most: replicas of the operator's own limit on every target (design section 3.8).
        elsewhere: what a cluster has; None where nobody has looked at one.
    """
    findings, subjects, looked_at, skipped = list[Finding](), list[Subject](), 0, 0
    for file in files:
        findings += in_text(file)
        for document in file.documents:
            found, faults = subject(document, namespace)
            findings += in_document("error", document, faults)
            findings += in_document("warning", document, estranged(document))
            subjects += [found] if found else []
            looked_at += bool(found or faults)
            skipped += not found and not faults
    context = Context(subjects, now, most, elsewhere)
    for refused_subject, fault in refused(context):
        findings += in_document("error", refused_subject.document, [fault])
    findings += _of_all(WARNINGS, "warning", context)
    order = {file.file: n for n, file in enumerate(files)}
    findings.sort(key=lambda each: (order[each.file], each.line, each.column))
    notes = shortages(context).notes
    return Linted(tuple(dict.fromkeys(findings)), looked_at, skipped, notes)


def _of_all(finds: Mapping[str, Find], severity: Severity, context: Context) -> Iterator[Finding]:
    for reason, find in finds.items():
        for warned in find(context):
            fault = Fault(reason, warned.path, warned.message)
            yield from in_document(severity, warned.subject.document, [fault])
