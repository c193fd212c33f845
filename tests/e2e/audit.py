"""The API server's audit log: the independent witness of what was written, when and by whom."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WRITES = frozenset({"create", "update", "patch", "delete"})


@dataclass(frozen=True, slots=True)
class Request:
    """One completed request: `at` is when the API server had answered it, real time UTC."""

    at: datetime
    user: str
    verb: str
    resource: str
    subresource: str
    namespace: str
    name: str
    code: int
    sent: Any
    answer: Any
    dry_run: bool = False

    @property
    def is_write(self) -> bool:
        """Tell whether it asked for a change; a dry run (`?dryRun=All`) does not."""
        return self.verb in WRITES and not self.dry_run


def read(log: Path, namespace: str | None = None, begin: int = 0) -> Iterator[Request]:
    """Yield the completed requests in the order of the log, for one namespace or all.

    `begin` is how long the log was (bytes) before anything was asked that matters.
    """
    with log.open(encoding="utf-8") as lines:
        lines.seek(begin)
        for line in lines:
            if not line.endswith("\n") or (namespace and f'"{namespace}"' not in line):
                continue
            event = json.loads(line)
            about = event.get("objectRef") or {}
            ours = namespace is None or about.get("namespace") == namespace
            if ours and event["stage"] == "ResponseComplete":
                yield _request(event, about)


def _request(event: dict[str, Any], about: dict[str, Any]) -> Request:
    return Request(
        at=datetime.fromisoformat(event["stageTimestamp"]),
        user=event["user"]["username"],
        verb=event["verb"],
        resource=about.get("resource", ""),
        subresource=about.get("subresource", ""),
        namespace=about.get("namespace", ""),
        name=about.get("name", ""),
        code=event.get("responseStatus", {}).get("code", 0),
        sent=event.get("requestObject"),
        answer=event.get("responseObject"),
        dry_run="dryRun" in parse_qs(urlsplit(event.get("requestURI", "")).query),
    )
