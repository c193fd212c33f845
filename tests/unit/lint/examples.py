"""The example as files have it, and how tests change and lint it."""

from datetime import UTC, datetime
from typing import Any, Final

from onair.documents import read
from onair.documents.writing import write
from onair.lint import Finding, Linted, lint
from onair.lint.context import Elsewhere
from tests.unit.model.manifests import CAMPAIGN, INLINE, TARGET_SET, changed

NOW: Final = datetime(2026, 12, 1, tzinfo=UTC)

__all__ = ["CAMPAIGN", "INLINE", "NOW", "TARGET_SET", "changed", "linted", "reasons"]


def linted(*bodies: dict[str, Any] | str, elsewhere: Elsewhere | None = None) -> Linted:
    """Lint objects, or texts, each in a file of its own: `0.yaml`, `1.yaml`."""
    texts = [body if isinstance(body, str) else write([body]) for body in bodies]
    files = [read(text, f"{n}.yaml") for n, text in enumerate(texts)]
    return lint(files, NOW, elsewhere=elsewhere)


def reasons(found: Linted) -> list[str]:
    """Return the reasons of what was found, sorted."""
    return sorted(finding.reason for finding in found.findings)


def the_one(found: Linted) -> Finding:
    """Return the only finding."""
    (finding,) = found.findings
    return finding
