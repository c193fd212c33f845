"""A request as Kubernetes sees it: a verb on a resource, read from an HTTP method and a URL.

As k8s.io/apiserver, pkg/endpoints/request/requestinfo.go does it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

WRITES: Final = ("create", "update", "patch", "delete", "deletecollection")
"""The verbs that change something."""

_VERBS: Final = {"POST": "create", "PUT": "update", "PATCH": "patch", "DELETE": "delete"}
_OF_NAMESPACES: Final = ("status", "finalize")
"""What may follow a namespace's name and is no resource."""
_TRUE: Final = ("1", "true")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for; `resource` is a plural, empty where the path names none (/version).

    `namespace` and `name` are empty for more than one; `version` is the resource version that is
    asked for, 0 for none.
    """

    verb: str
    resource: str
    subresource: str = ""
    namespace: str = ""
    name: str = ""
    dry_run: bool = False
    version: int = 0

    @property
    def is_write(self) -> bool:
        """Tell whether it asks for a change; a dry run does not."""
        return self.verb in WRITES and not self.dry_run


def read(method: str, path: str, query: Mapping[str, str], body: bytes = b"") -> Asked:
    """Return what a request asks for; `body` (JSON) names the object of a create."""
    parts = [part for part in path.split("/") if part]
    roots = {"api": 2, "apis": 3}
    start = roots.get(parts[0], len(parts)) if parts else 0
    resource, namespace, name, subresource = _place(parts[start:])
    verb = _VERBS.get(method, "get")
    if verb == "get" and resource and not name:
        verb = "watch" if query.get("watch") in _TRUE else "list"
    elif verb == "delete" and not name:
        verb = "deletecollection"
    elif verb == "create" and not name:
        name = _named(body)
    version = query.get("resourceVersion", "")
    return Asked(
        verb,
        resource,
        subresource,
        namespace,
        name,
        dry_run=query.get("dryRun") == "All",
        version=int(version) if version.isdecimal() else 0,
    )


def _place(parts: list[str]) -> tuple[str, str, str, str]:
    """Return resource, namespace, name and subresource of a path behind its API version."""
    namespace = ""
    if parts[:1] == ["namespaces"] and len(parts) > 2 and parts[2] not in _OF_NAMESPACES:
        namespace, parts = parts[1], parts[2:]
    resource, name, subresource = (*parts, "", "", "")[:3]
    return resource, namespace, name, subresource


def _named(body: bytes) -> str:
    try:
        meta: dict[str, Any] = json.loads(body)["metadata"]
    except (ValueError, KeyError, TypeError):
        return ""
    return str(meta.get("name") or meta.get("generateName") or "")
