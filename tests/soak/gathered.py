"""The requests of a whole soak, as the audit log has them, stripped to what is judged."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from tests.e2e import audit
from tests.faults.ledgers import LEDGER
from tests.faults.trails import PLURALS
from tests.soak.stage import NAMESPACES, USER

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.audit import Request

Body = dict[str, Any]

STEERED = frozenset(PLURALS.values())
LEASES = "leases"


@dataclass(slots=True)
class Gathered:
    """`ours` are the operator's requests, `campaigns` what others have changed of campaigns.

    `lists` are the operator's uncached lists of campaigns by namespace, `steered` all that was
    asked of an object by resource and name, `ledger` what was asked of entries by name.
    """

    ours: list[Request] = field(default_factory=list)
    campaigns: list[Request] = field(default_factory=list)
    lists: dict[str, list[Request]] = field(default_factory=lambda: defaultdict(list))
    steered: dict[tuple[str, str], list[Request]] = field(default_factory=lambda: defaultdict(list))
    ledger: dict[str, list[Request]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def read(cls, log: Path, begin: int) -> Gathered:
        """Read an audit log from a byte on."""
        gathered = cls()
        for request in audit.read(log, begin=begin):
            if request.namespace in NAMESPACES and request.verb != "watch":
                gathered.take(request)
        return gathered

    def take(self, request: Request) -> None:
        """Take in one more request."""
        request = replace(request, answer=_stripped(request), sent=None)
        is_ours = request.user == USER
        if is_ours:
            self.ours.append(request)
        if request.resource in STEERED and request.subresource != "status":
            self.steered[request.resource, request.name].append(request)
        elif request.resource == LEDGER:
            self.ledger[request.name].append(request)
        elif request.resource == "campaigns" and request.is_write and not is_ours:
            self.campaigns.append(request)
        elif is_ours and (request.verb, request.resource) == ("list", "campaigns"):
            self.lists[request.namespace].append(request)

    def by_uid(self) -> dict[str, list[Request]]:
        """Return what was asked of the ledger entries of each object, by its UID."""
        found: dict[str, list[Request]] = defaultdict(list)
        for asked in self.ledger.values():
            uid = next(filter(None, map(_steers, asked)), "")
            found[uid].extend(asked)
        return found


def _steers(request: Request) -> str:
    data = (request.answer or {}).get("data") or {}
    return str((data.get("steered") or {}).get("uid", ""))


def _stripped(request: Request) -> Body | None:
    """Return an answer without what is long and not judged."""
    answer: Body | None = request.answer
    if not answer or request.resource not in {*STEERED, LEDGER, "campaigns"}:
        return None
    kept = {key: part for key, part in answer.items() if key != "status"}
    if request.resource == "campaigns":
        kept.pop("spec", None)
    metadata = {k: v for k, v in (kept.get("metadata") or {}).items() if k != "managedFields"}
    return kept | {"metadata": metadata}
