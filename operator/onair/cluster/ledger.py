"""Ledger entries as ControllerRevisions (design section 6): create, annotate, delete."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from onair.cluster.errors import NotFoundError
from onair.cluster.resources import REVISIONS
from onair.model import names
from onair.plan.ledger import Entry, to_annotations, to_data

if TYPE_CHECKING:
    from onair.cluster.client import KubeApi
    from onair.plan.ledger import Notes


async def record(api: KubeApi, namespace: str, entry: Entry) -> dict[str, Any]:
    """Create an entry and return its body; it belongs to the steered object and goes with it.

    Raises:
        ExistsError: when this baseline is captured already.
    """
    steered = entry.steered
    owner = {
        "apiVersion": steered.api_version,
        "kind": steered.kind,
        "name": steered.name,
        "uid": steered.uid,
        "controller": True,
    }
    annotations = {k: v for k, v in to_annotations(entry.notes).items() if v is not None}
    body = {
        "apiVersion": REVISIONS.api_version,
        "kind": REVISIONS.kind,
        "metadata": {
            "name": entry.name,
            "namespace": namespace,
            "labels": names.MANAGED_BY_LABEL,
            "annotations": annotations,
            "ownerReferences": [owner],
        },
        "data": to_data(entry),
        "revision": entry.sequence,
    }
    return await api.create(REVISIONS.path(namespace), body)


async def annotate(api: KubeApi, namespace: str, entry: Entry, notes: Notes) -> dict[str, Any]:
    """Replace the changeable half of an entry that is still as it was read; return its body.

    Raises:
        ChangedError: when it changed in between.
    """
    operations: list[dict[str, Any]] = [
        {"op": "test", "path": "/metadata/resourceVersion", "value": entry.resource_version}
    ]
    before = to_annotations(entry.notes)
    for key, value in to_annotations(notes).items():
        path = "/metadata/annotations/" + key.replace("~", "~0").replace("/", "~1")
        if value is not None:
            operations.append({"op": "add", "path": path, "value": value})
        elif before[key] is not None:
            operations.append({"op": "remove", "path": path})
    return await api.patch(REVISIONS.path(namespace, entry.name), operations)


async def erase(api: KubeApi, namespace: str, entry: Entry) -> list[str]:
    """Delete every revision of this hold and return their names, those already gone included.

    The newest goes last, so that a crash in between leaves the one that counts.
    """
    bodies, _ = await api.list(REVISIONS, namespace)
    mine = [body for body in bodies if _is_of(body, entry)]
    for body in sorted(mine, key=lambda body: int(body["revision"])):
        metadata = body["metadata"]
        path = REVISIONS.path(namespace, metadata["name"])
        with suppress(NotFoundError):
            await api.delete(path, metadata["uid"], metadata["resourceVersion"])
    listed = {body["metadata"]["name"] for body in bodies}
    return [*(body["metadata"]["name"] for body in mine), *({entry.name} - listed)]


def is_entry(body: dict[str, Any]) -> bool:
    """Tell whether a ControllerRevision is one of ours."""
    labels = body["metadata"].get("labels") or {}
    return names.MANAGED_BY_LABEL.items() <= labels.items()


def _is_of(body: dict[str, Any], entry: Entry) -> bool:
    owners = body["metadata"].get("ownerReferences") or ()
    return is_entry(body) and any(owner["uid"] == entry.steered.uid for owner in owners)
