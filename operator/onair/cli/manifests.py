"""Campaigns and TargetSets as files have them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onair.lint.findings import in_document, in_text
from onair.lint.subjects import estranged, subject
from onair.model.campaigns import CampaignSpec
from onair.model.targets import TargetSetSpec
from onair.plan.aims import Named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onair.documents import Document, Documents
    from onair.lint import Finding


@dataclass(slots=True)
class Manifests:
    """What files say.

    Attributes:
        campaigns: by name.
        places: where each campaign stands.
        target_sets: by namespace and name.
        errors: what lint finds wrong in each document by itself.
        warnings: what is read in another way than it looks.
        passed_over: how many objects are not OnAir's.
    """

    campaigns: dict[Named, CampaignSpec] = field(default_factory=dict)
    places: dict[Named, Document] = field(default_factory=dict)
    target_sets: dict[tuple[str, str], TargetSetSpec] = field(default_factory=dict)
    errors: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    passed_over: int = 0

    @property
    def namespaces(self) -> set[str]:
        """The namespaces of all of them."""
        named = {named.namespace for named in self.campaigns}
        return named | {namespace for namespace, _ in self.target_sets}


def manifests(files: Sequence[Documents], namespace: str) -> Manifests:
    """Return what files say; of equal names the last counts.

    `namespace` is that of a manifest that names none.
    """
    found = Manifests()
    for file in files:
        for finding in in_text(file):
            (found.errors if finding.severity == "error" else found.warnings).append(finding)
        for document in file.documents:
            _take(found, document, namespace)
    return found


def _take(found: Manifests, document: Document, namespace: str) -> None:
    said, faults = subject(document, namespace)
    found.errors += in_document("error", document, faults)
    found.warnings += in_document("warning", document, estranged(document))
    found.passed_over += said is None and not faults
    if said is None or faults:
        return
    name = said.name or _generated(found, document.body["metadata"]["generateName"])
    if isinstance(said.spec, TargetSetSpec):
        found.target_sets[said.namespace, name] = said.spec
    elif isinstance(said.spec, CampaignSpec):
        named = Named(said.namespace, name)
        found.campaigns[named] = said.spec
        found.places[named] = document


def _generated(found: Manifests, beginning: str) -> str:
    """Return a name of its own for a manifest whose name the API server will make.

    No name has a bracket, so it is nobody else's.
    """
    return f"{beginning}({len(found.campaigns) + len(found.target_sets) + 1})"
