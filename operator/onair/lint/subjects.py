"""The objects of ours in files: what they say, or everything that is wrong with them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from onair.documents import Document
from onair.lint.findings import Fault
from onair.lint.unknown import PARTS, unknown
from onair.model import names, reasons
from onair.model.campaigns import CampaignSpec
from onair.model.errors import InvalidManifest
from onair.model.hints import meant
from onair.model.parse import parse_campaign, parse_metadata, parse_target_set
from onair.model.paths import keys_of, path_of, split
from onair.model.targets import TargetSetSpec
from onair.plan.aims import Named
from onair.schedule.airings import check

_VERSION: Final = f"{names.GROUP}/{names.VERSION}"
_FIELDS: Final = {"apiVersion", "kind", "metadata"}
"""Those of every object."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A campaign or a TargetSet in a file: its spec, or what is wrong with it."""

    document: Document
    namespace: str
    name: str
    spec: CampaignSpec | TargetSetSpec | InvalidManifest

    @property
    def key(self) -> tuple[str, str, str]:
        """Its kind, namespace and name."""
        return self.document.body["kind"], self.namespace, self.name

    @property
    def campaign(self) -> CampaignSpec | InvalidManifest | None:
        """What a campaign says or what is wrong with it; None of a TargetSet."""
        if self.key[0] != "Campaign" or isinstance(self.spec, TargetSetSpec):
            return None
        return self.spec

    @property
    def named(self) -> Named:
        """Its name, or its place where the API server will make one up."""
        place = self.document.place
        return Named(
            self.namespace,
            self.name or f"(at {self.document.file}:{place.line}:{place.column})",
        )


def subject(document: Document, namespace: str) -> tuple[Subject | None, list[Fault]]:
    """Return what a document says if it is one of ours, and everything that is wrong with it.

    `namespace` is that of an object that names none.
    """
    found, faults = _judged(document, namespace)
    return found, [_unquoted(document, fault) for fault in faults]


def _judged(document: Document, namespace: str) -> tuple[Subject | None, list[Fault]]:
    faults = list(_unnamed(document))
    if faults or not _is_ours(document):
        return None, faults
    faults += _misnamed(document)
    if document.body["kind"] not in PARTS:
        return None, faults
    faults += unknown(document)
    try:
        parse_metadata(document.body)
    except InvalidManifest as error:
        faults += faults_of(error)
    spec: CampaignSpec | TargetSetSpec | InvalidManifest
    try:
        spec = _spec(document)
    except InvalidManifest as error:
        spec = error
        faults += faults_of(error)
    name = _called(document, "name")
    return Subject(document, _called(document, "namespace") or namespace, name, spec), faults


def estranged(document: Document) -> Iterator[Fault]:
    """Yield that an object looks like one of ours and is of another group."""
    if str(document.body.get("kind")) in PARTS and not _is_ours(document):
        message = f"OnAir does not look at this group; its own is {_VERSION}"
        yield Fault("OtherGroup", "apiVersion", message)


def faults_of(error: InvalidManifest) -> list[Fault]:
    """Return the faults that an error of the model names."""
    pairs = zip(error.reasons, error.faults, strict=True)
    return [Fault(reason, *split(fault)) for reason, fault in pairs]


def _called(document: Document, field: str) -> str:
    """Return a name in the metadata where it is text, whatever is wrong beside it; else ""."""
    metadata = document.body.get("metadata")
    said = metadata.get(field) if isinstance(metadata, dict) else ""
    return said if isinstance(said, str) else ""


def _unquoted(document: Document, fault: Fault) -> Fault:
    """Say of what must be text that it is true or false, where its author may have said `on`."""
    if not fault.message.startswith("must be text"):
        return fault
    said: Any = document.body
    for key in keys_of(fault.path):
        said = said[key]
    if not isinstance(said, bool):
        return fault
    words = f"{fault.message}; without quotes it is {json.dumps(said)}: put text in quotes"
    return fault._replace(message=words)


def _unnamed(document: Document) -> Iterator[Fault]:
    """Yield what keeps anybody from knowing what kind of object a document is."""
    for field in ("apiVersion", "kind"):
        said = document.body.get(field)
        if said is None or said == "":
            yield Fault(reasons.INVALID_MANIFEST, field, "is required")
        elif not isinstance(said, str):
            yield Fault(reasons.INVALID_MANIFEST, field, "must be text")


def _is_ours(document: Document) -> bool:
    """Tell whether an object is of OnAir's group, in whatever version."""
    return str(document.body.get("apiVersion")).partition("/")[0] == names.GROUP


def _misnamed(document: Document) -> Iterator[Fault]:
    """Yield what is wrong with the version, the kind and the fields of an object of ours."""
    kind = document.body["kind"]
    if document.body["apiVersion"] != _VERSION:
        yield Fault(reasons.INVALID_MANIFEST, "apiVersion", f"must be {_VERSION}")
    if kind not in PARTS:
        yield Fault(reasons.INVALID_MANIFEST, "kind", f"must be {' or '.join(PARTS)}")
        return
    for field in document.body:
        if field not in _FIELDS and field not in PARTS[kind]:
            known = meant(field, _FIELDS | PARTS[kind].keys())
            message = f"is not a field that OnAir knows{known}"
            yield Fault(reasons.INVALID_MANIFEST, path_of([field]), message)


def _spec(document: Document) -> CampaignSpec | TargetSetSpec:
    if document.body["kind"] == "TargetSet":
        return parse_target_set(document.body)
    spec = parse_campaign(document.body)
    check(spec)
    return spec
