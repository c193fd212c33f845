"""The example as files have it, and how tests change and lint it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from onair.documents import read
from onair.documents.writing import write
from onair.lint import Finding, Linted, lint
from onair.model.campaigns import CampaignSpec
from onair.model.errors import InvalidManifest
from onair.model.targets import TargetSetSpec
from onair.plan.aims import Named
from onair.plan.observed import TargetKey
from tests.unit.model.manifests import CAMPAIGN, INLINE, TARGET_SET, changed

NOW: Final = datetime(2026, 12, 1, tzinfo=UTC)

__all__ = ["CAMPAIGN", "INLINE", "NOW", "TARGET_SET", "Seen", "changed", "linted", "reasons"]


@dataclass
class Seen:
    """What a cluster has: target sets and campaigns by name, obstacles and usual replicas."""

    target_sets: dict[str, TargetSetSpec | InvalidManifest] = field(default_factory=dict)
    of_names: dict[str, CampaignSpec] = field(default_factory=dict)
    obstacles: dict[str, tuple[str, str]] = field(default_factory=dict)
    replicas: int | None = None

    def target_set(self, namespace: str, name: str) -> TargetSetSpec | InvalidManifest | None:
        """Return the target set of a name in the default namespace."""
        return self.target_sets.get(name) if namespace == "default" else None

    def campaigns(self, namespace: str) -> dict[Named, CampaignSpec | InvalidManifest]:
        """Return the campaigns, with UIDs."""
        return {Named(namespace, name, "uid"): spec for name, spec in self.of_names.items()}

    def obstacle(self, key: TargetKey) -> tuple[str, str] | None:
        """Return what keeps a workload from being steered."""
        return self.obstacles.get(key.name)

    def usual(self, key: TargetKey) -> int | None:
        """Return the same replicas for every workload."""
        return self.replicas if key.name else None


def linted(*bodies: dict[str, Any] | str, elsewhere: Seen | None = None) -> Linted:
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
