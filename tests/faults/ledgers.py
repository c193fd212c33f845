"""The lives of ledger entries: what each captured, when it came and who took it away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.faults.trails import Numbers, changes, version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.e2e.audit import Request

LEDGER = "controllerrevisions"
MANAGED_BY = ("app.kubernetes.io/managed-by", "onair")


@dataclass(frozen=True, slots=True)
class Life:
    """One ledger entry: `steered` is the UID that it speaks of, `baseline` what it captured.

    `rewritten` says that its data did not stay as they were; `erased` is the deletion, if any.
    """

    name: str
    uid: str
    steered: str
    sequence: int
    baseline: Numbers
    created: Request
    rewritten: bool
    erased: Request | None

    @property
    def version(self) -> int:
        """The resource version with which it came."""
        return version(self.created)

    def stood(self, request: Request) -> bool:
        """Tell whether it was there, acknowledged, when a write was carried out."""
        gone = self.erased is not None and self.erased.at < request.at
        return self.version < version(request) and not gone


def lives(requests: Iterable[Request]) -> list[Life]:
    """Return every entry that ever was, the oldest first."""
    about = [r for r in requests if r.resource == LEDGER and changes(r)]
    created = sorted((r for r in about if _captures(r)), key=version)
    return [_life(request, about) for request in created]


def _captures(request: Request) -> bool:
    if request.verb != "create":
        return False
    key, value = MANAGED_BY
    return (request.answer["metadata"].get("labels") or {}).get(key) == value


def _life(created: Request, about: Iterable[Request]) -> Life:
    body: dict[str, Any] = created.answer
    uid = body["metadata"]["uid"]
    later = [r for r in about if _uid(r) == uid]
    data = [r.answer.get("data") for r in later if r.verb != "delete"]
    return Life(
        name=body["metadata"]["name"],
        uid=uid,
        steered=body["data"]["steered"]["uid"],
        sequence=int(body["revision"]),
        baseline=(body["data"]["baseline"]["minimum"], body["data"]["baseline"]["maximum"]),
        created=created,
        rewritten=any(said != body["data"] for said in data),
        erased=next((r for r in later if r.verb == "delete"), None),
    )


def _uid(request: Request) -> str:
    """Return the UID of what a write was about; a deletion may be answered with a Status."""
    answer = request.answer or {}
    details = answer.get("details") or {}
    return str(details.get("uid") or answer.get("metadata", {}).get("uid", ""))
