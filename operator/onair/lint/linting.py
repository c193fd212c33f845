"""Everything that is found in files, in order: first what is wrong, then what is hardly meant."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from onair.documents import Document, Documents
from onair.lint.checks import ERRORS, WARNINGS, Find
from onair.lint.context import Context, Elsewhere
from onair.lint.findings import Fault, Finding, Severity
from onair.lint.subjects import Subject, estranged, subject


@dataclass(frozen=True, slots=True)
class Linted:
    """What was found, by file and place; `skipped` objects are of kinds that are not OnAir's."""

    findings: tuple[Finding, ...]
    skipped: int

    @property
    def errors(self) -> int:
        """How many of the findings are errors."""
        return Counter(finding.severity for finding in self.findings)["error"]


def lint(
    files: Sequence[Documents],
    now: datetime,
    *,
    namespace: str = "default",
    elsewhere: Elsewhere | None = None,
) -> Linted:
    """Return what is wrong with the objects in files, and what is hardly meant.

    Args:
        files: what was read.
        now: the instant (UTC) from which on airings count.
        namespace: that of objects that name none.
        elsewhere: the target sets of a cluster; None where nobody has looked at one.
    """
    findings, subjects, skipped = list[Finding](), list[Subject](), 0
    for file in files:
        findings += _of_text(file)
        for document in file.documents:
            found, faults = subject(document, namespace)
            findings += [_finding("error", document, fault) for fault in faults]
            findings += [_finding("warning", document, fault) for fault in estranged(document)]
            subjects += [found] if found else []
            skipped += not found and not faults
    context = Context(subjects, now, elsewhere)
    findings += _of_all(ERRORS, "error", context)
    findings += _of_all(WARNINGS, "warning", context)
    order = {file.file: n for n, file in enumerate(files)}
    findings.sort(key=lambda each: (order[each.file], each.line, each.column))
    return Linted(tuple(dict.fromkeys(findings)), skipped)


def _of_text(file: Documents) -> Iterator[Finding]:
    """Yield what is wrong with a file before anybody knows what it is about."""
    for error in file.errors:
        place = (file.file, error.line, error.column)
        yield Finding("error", *place, "", "Unreadable", error.message)
    for warning in file.warnings:
        place = (file.file, warning.line, warning.column)
        yield Finding("warning", *place, "", "DuplicateKey", warning.message)


def _of_all(finds: Mapping[str, Find], severity: Severity, context: Context) -> Iterator[Finding]:
    for reason, find in finds.items():
        for warned in find(context):
            fault = Fault(reason, warned.path, warned.message)
            yield _finding(severity, warned.subject.document, fault)


def _finding(severity: Severity, document: Document, fault: Fault) -> Finding:
    place = document.at(fault.path)
    return Finding(severity, document.file, *place, fault.path, fault.reason, fault.message)
