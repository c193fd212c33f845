"""What is found in a file, each at its place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from onair.documents import Document, Documents
from onair.documents.texts import one_line

Severity = Literal["error", "warning"]

_LONGEST: Final = 1000
"""Characters of a line."""


class Fault(NamedTuple):
    """What is wrong with an object or hardly meant: a PascalCase reason, the field, plain words."""

    reason: str
    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault in a file.

    Attributes:
        severity: of an error, that the API server or the operator would refuse it.
        file: as it was named.
        line: from 1.
        column: from 1.
        path: the field, such as `spec.airtimes[0].duration`; empty for what is about the text.
        reason: a PascalCase word; of the operator's own refusals, the reason in `Valid`.
        message: what is wrong and what would be right.
    """

    severity: Severity
    file: str
    line: int
    column: int
    path: str
    reason: str
    message: str

    def __str__(self) -> str:
        """Return `file:line:column: error: path: message`, always one line."""
        path = f"{self.path}: " if self.path else ""
        place = f"{self.file}:{self.line}:{self.column}"
        shown = one_line(f"{place}: {self.severity}: {path}{self.message}")
        return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}..."


def in_text(file: Documents) -> Iterator[Finding]:
    """Yield what is wrong with a file before anybody knows what it is about."""
    for error in file.errors:
        place = (file.file, error.line, error.column)
        yield Finding("error", *place, "", "Unreadable", error.message)
    for warning in file.warnings:
        place = (file.file, warning.line, warning.column)
        yield Finding("warning", *place, "", "DuplicateKey", warning.message)


def in_document(
    severity: Severity, document: Document, faults: Iterable[Fault]
) -> Iterator[Finding]:
    """Yield faults of an object at the places of their fields."""
    for fault in faults:
        place = document.at(fault.path)
        yield Finding(severity, document.file, *place, fault.path, fault.reason, fault.message)
