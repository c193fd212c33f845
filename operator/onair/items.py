"""Raw objects as items of the world: small, parsed once, without a trace of the raw body."""

from __future__ import annotations

import json
import logging
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onair.cluster import resources
from onair.cluster.ledger import is_entry
from onair.model import names, reasons
from onair.model.errors import InvalidManifest
from onair.model.parse import parse_campaign, parse_target_set
from onair.plan.ledger import DamagedEntryError, Entry
from onair.plan.observed import Autoscaler, TargetKey, Workload
from onair.plan.spelling import from_body
from onair.schedule.airings import check
from onair.targets import hpa, scale

if TYPE_CHECKING:
    from onair.cluster.resources import Resource
    from onair.model.campaigns import CampaignSpec
    from onair.model.targets import TargetSetSpec

Body = dict[str, Any]

log = logging.getLogger(__name__)

_DEFECT = (
    "a defect of OnAir keeps it from being read, although it may be right; the operator's log has"
    " the details: please report them with this manifest, and say it in another way meanwhile"
)


@dataclass(frozen=True, slots=True)
class Declared:
    """A campaign or target set as applied: its parsed spec, or why it cannot be parsed.

    `suspended`, and `at_once` if that shall need no cool-down, are known of one that cannot be
    parsed, too; `packed` is its status, small, since there are many and few are looked at.
    """

    namespace: str
    name: str
    uid: str
    generation: int
    spec: CampaignSpec | TargetSetSpec | InvalidManifest
    packed: bytes
    suspended: bool = False
    at_once: bool = False

    @property
    def status(self) -> Body:
        """The status that it has, {} where it has none."""
        status: Body = json.loads(zlib.decompress(self.packed))
        return status


@dataclass(frozen=True, slots=True)
class Steered:
    """An HPA and the workload that it scales."""

    autoscaler: Autoscaler
    target: TargetKey


@dataclass(frozen=True, slots=True)
class Recorded:
    """A ledger entry and the workload that it is about; damaged ones say why.

    So does a workload or HPA that cannot be read, with which no entry can be used.
    """

    entry: Entry | DamagedEntryError
    target: TargetKey | None


Item = Declared | Workload | Steered | Recorded


def read(resource: Resource, body: Body, known: Item | None) -> Item | None:
    """Return an object as an item, None if it is none of ours.

    `known` is what it was: a manifest of an unchanged generation is not parsed again. A workload or
    HPA that cannot be read costs its own target alone, of which nothing is written until it can.
    """
    if resource is resources.REVISIONS:
        return _read_entry(body) if is_entry(body) else None
    if resource is not resources.HPAS and resource.kind not in resources.WORKLOADS:
        return _read_declared(resource, body, known)
    try:
        if resource is resources.HPAS:
            return Steered(hpa.read(body), hpa.target_of(body))
        return scale.read(body, resource.kind)
    except Exception as error:  # noqa: BLE001 - whatever it is, the others are looked after
        return _unread(resource, body, error, known)


def _unread(resource: Resource, body: Body, error: Exception, known: Item | None) -> Recorded:
    metadata = body["metadata"]
    what = f"{resource.kind} {metadata['namespace']}/{metadata['name']}"
    why = (
        f"{what} cannot be read ({error!r:.200}), so its target is left as it is; set right what is"
        " odd about it, or delete it if nobody needs it"
    )
    if not isinstance(known, Recorded) or str(known.entry) != why:  # said once, not with each list
        log.warning("%s cannot be read; its target is left as it is (%.200r)", what, error)
    return Recorded(DamagedEntryError(why), _steers(resource, body))


def _steers(resource: Resource, body: Body) -> TargetKey | None:
    """Return the target of a workload or HPA, None where not even that can be read."""
    if resource.kind in resources.WORKLOADS:
        return TargetKey(body["metadata"]["namespace"], resource.kind, body["metadata"]["name"])
    try:
        return hpa.target_of(body)
    except (AttributeError, KeyError, TypeError):
        return None


def _read_declared(resource: Resource, body: Body, known: Item | None) -> Declared:
    metadata = body["metadata"]
    uid, generation = metadata["uid"], int(metadata.get("generation", 0))
    same = isinstance(known, Declared) and (known.uid, known.generation) == (uid, generation)
    spec = body.get("spec")
    suspended = isinstance(spec, dict) and spec.get("suspend") is True
    how = (metadata.get("annotations") or {}).get(names.STOP)
    return Declared(
        namespace=metadata["namespace"],
        name=metadata["name"],
        uid=uid,
        generation=generation,
        spec=known.spec if same and isinstance(known, Declared) else _parse(resource, body),
        packed=pack(body.get("status") or {}),
        suspended=suspended,
        at_once=how == names.AT_ONCE,
    )


def pack(status: Body) -> bytes:
    """Return a status as an item keeps it, a third of its length; of equal ones the same."""
    return zlib.compress(json.dumps(status, sort_keys=True, separators=(",", ":")).encode(), 1)


def _parse(resource: Resource, body: Body) -> CampaignSpec | TargetSetSpec | InvalidManifest:
    try:
        if resource is resources.TARGET_SETS:
            return parse_target_set(body)
        spec = parse_campaign(body)
        check(spec)
    except InvalidManifest as error:
        return error
    except Exception:
        name = f"{body['metadata']['namespace']}/{body['metadata']['name']}"
        log.exception("%s %s cannot be read; the others are looked after", resource.kind, name)
        return InvalidManifest(reasons.DEFECT, "spec: " + _DEFECT)
    return spec


def _read_entry(body: Body) -> Recorded:
    namespace = body["metadata"]["namespace"]
    try:
        entry = from_body(body)
    except DamagedEntryError as error:
        return Recorded(error, _named(namespace, body.get("data")))
    return Recorded(entry, TargetKey(namespace, entry.workload.kind, entry.workload.name))


def _named(namespace: str, data: object) -> TargetKey | None:
    """Return the target that damaged data still name."""
    match data:
        case {"workload": {"kind": str(kind), "name": str(name)}}:
            return TargetKey(namespace, kind, name)
        case _:
            return None
