"""Ledger entries as ControllerRevisions (design section 6): create, annotate, delete."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from onair.cluster.errors import ChangedError, NotFoundError
from onair.cluster.resources import REVISIONS
from onair.model import names
from onair.plan.ledger import entry_name
from onair.plan.spelling import to_annotations, to_data

if TYPE_CHECKING:
    from onair.cluster.client import KubeApi
    from onair.plan.ledger import Entry, Notes, Seen


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
    annotations[names.SEEN] = json.dumps(entry.seen)
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


async def annotate(
    api: KubeApi, namespace: str, entry: Entry, notes: Notes, seen: Seen
) -> dict[str, Any]:
    """Replace the changeable half of an entry that is still as it was read; return its body.

    Raises:
        ChangedError: when it changed in between.
    """
    operations: list[dict[str, Any]] = [
        {"op": "test", "path": "/metadata/resourceVersion", "value": entry.resource_version}
    ]
    after = to_annotations(notes) | {names.SEEN: json.dumps(seen)}
    for key, value in after.items():
        path = "/metadata/annotations/" + key.replace("~", "~0").replace("/", "~1")
        operations.append({"op": "add", "path": path, "value": value or ""})
        if value is None:  # only what is there can be removed, and it may not be
            operations.append({"op": "remove", "path": path})
    return await api.patch(REVISIONS.path(namespace, entry.name), operations)


async def erase(api: KubeApi, namespace: str, entry: Entry) -> list[str]:
    """Delete every revision of this hold and return their names, those already gone included.

    The newest goes last, so that a crash in between leaves the one that counts.

    Raises:
        ChangedError: when the entry is not as it was read, or not the newest any more.
    """
    uid, gone = entry.steered.uid, []
    if await find(api, namespace, entry_name(uid, entry.sequence + 1)) is not None:
        raise ChangedError(f"the ledger entry {entry.name} is not the newest any more")
    for name in [entry_name(uid, number) for number in range(entry.sequence + 1)]:
        body = await find(api, namespace, name)
        if body is not None:
            metadata = body["metadata"]
            if name == entry.name and metadata["resourceVersion"] != entry.resource_version:
                raise ChangedError(f"the ledger entry {name} is not what it was")
            with suppress(NotFoundError):
                path = REVISIONS.path(namespace, name)
                await api.delete(path, metadata["uid"], metadata["resourceVersion"])
        gone.append(name)
    return gone


async def find(api: KubeApi, namespace: str, name: str) -> dict[str, Any] | None:
    """Return what is there under the name of a ledger entry, None if nothing is."""
    try:
        return await api.get(REVISIONS.path(namespace, name))
    except NotFoundError:
        return None


def is_entry(body: dict[str, Any]) -> bool:
    """Tell whether a ControllerRevision is one of ours."""
    labels = body["metadata"].get("labels") or {}
    return names.MANAGED_BY_LABEL.items() <= labels.items()
