"""The HPA of a target among the objects of files, and why the others are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from onair.cli import given
from onair.lint.findings import in_document
from onair.lint.subjects import faults_of
from onair.model import names
from onair.model.errors import InvalidManifest
from onair.plan.observed import TargetKey
from onair.simulation.hpa.manifest import held, read_hpa

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onair.documents import Document
    from onair.simulation.settings import Hpa

_GROUP: Final = "apps"
"""The API group of what can be scaled: Deployments and StatefulSets."""


class Found(NamedTuple):
    """The HPA of a target, None if the files have none; and notes on what else they have."""

    document: Document | None
    notes: tuple[str, ...]


def hpa_of(documents: Sequence[Document], key: TargetKey, namespace: str) -> Found:
    """Return the HPA of a target; of equal names the last counts.

    `namespace` is that of an HPA that names none.

    Raises:
        click.UsageError: there are several.
    """
    own: dict[str, Document] = {}
    passed = []
    for document in documents:
        why = _why_not(document, key, namespace)
        if why is None:
            if before := own.get(_name(document)):
                passed.append((before, "it is there again further down, which counts"))
            own[_name(document)] = document
        elif why:
            passed.append((document, why))
    if len(own) > 1:
        raise click.UsageError(f"{called(key)} has {len(own)} HPAs: {', '.join(sorted(own))}")
    notes = tuple(f"{_called(document)} is not used: {why}" for document, why in passed)
    return Found(next(iter(own.values()), None), notes)


def read(document: Document, usual: Hpa) -> Hpa:
    """Return what an HPA says, else as it is usual; a note says so where OnAir held it.

    Raises:
        click.exceptions.Exit: with 1 where it cannot be simulated, which is said.
    """
    try:
        owner = held(document.body)
        found = read_hpa(document.body, usual)
    except InvalidManifest as error:
        given.fail(list(in_document("error", document, faults_of(error))))
        raise
    if owner:
        click.echo(
            f"note: OnAir held {_called(document)} when it was read: what counts is what its owner"
            f" set, {found.minimum:,} to {found.maximum:,} replicas (annotation {names.HELD})",
            err=True,
        )
    return found


def called(key: TargetKey) -> str:
    """Return what a target is called: `Deployment tv/mol-api`."""
    return f"{key.kind} {key.namespace}/{key.name}"


def _why_not(document: Document, key: TargetKey, namespace: str) -> str | None:
    """Return why an object is not the HPA of a target, "" where it scales nothing; None if it is.

    The API server takes a reference without a version as well.
    """
    if document.body.get("kind") == "ScaledObject":
        return "give the HPA that KEDA makes of it (kubectl get hpa)"
    if document.body.get("kind") != "HorizontalPodAutoscaler":
        return ""
    reference = _part(_part(document.body, "spec"), "scaleTargetRef")
    kind, name = reference.get("kind"), reference.get("name")
    if not isinstance(kind, str) or not isinstance(name, str):
        return "its spec.scaleTargetRef does not say kind and name of what it scales"
    version = str(reference.get("apiVersion") or _GROUP)
    if version.partition("/")[0] != _GROUP:
        return f"it scales a {kind} of {version}, and {called(key)} is one of {_GROUP}/v1"
    said = _part(document.body, "metadata").get("namespace")
    scaled = TargetKey(str(said or namespace), kind, name)
    if scaled == key:
        return None
    why = f"it scales {called(scaled)}, not {called(key)}"
    if not said and scaled._replace(namespace=key.namespace) == key:
        why += f"; it names no namespace, so say -n {key.namespace}"
    return why


def _called(document: Document) -> str:
    kind = "ScaledObject" if document.body["kind"] == "ScaledObject" else "HPA"
    return f"the {kind} {_name(document)} ({document.file}:{document.place.line})"


def _name(document: Document) -> str:
    return str(_part(document.body, "metadata").get("name"))


def _part(body: dict[str, Any], field: str) -> dict[str, Any]:
    """Return a field of an object where it is an object, too, else nothing."""
    part = body.get(field)
    return part if isinstance(part, dict) else {}
