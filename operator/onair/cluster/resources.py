"""The kinds of object that OnAir reads or writes, and where the API server has them."""

from __future__ import annotations

from dataclasses import dataclass

from onair.model import names


@dataclass(frozen=True, slots=True)
class Resource:
    """One kind: its API group ("" for the core), version, kind and plural.

    `selector` are the labels of those of its objects that are ours, where not all of them are.
    """

    group: str
    version: str
    kind: str
    plural: str
    selector: str = ""

    @property
    def api_version(self) -> str:
        """The `apiVersion` of a manifest of this kind."""
        return f"{self.group}/{self.version}" if self.group else self.version

    def path(self, namespace: str | None, name: str = "", subresource: str = "") -> str:
        """Return the URL path of a collection, an object or a subresource."""
        root = f"/apis/{self.group}/{self.version}" if self.group else f"/api/{self.version}"
        space = f"/namespaces/{namespace}" if namespace else ""
        return "/".join(filter(None, (root + space, self.plural, name, subresource)))


_OURS = ",".join(f"{key}={value}" for key, value in names.MANAGED_BY_LABEL.items())

CAMPAIGNS = Resource(names.GROUP, names.VERSION, "Campaign", "campaigns")
TARGET_SETS = Resource(names.GROUP, names.VERSION, "TargetSet", "targetsets")
DEPLOYMENTS = Resource("apps", "v1", "Deployment", "deployments")
STATEFUL_SETS = Resource("apps", "v1", "StatefulSet", "statefulsets")
HPAS = Resource("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers")
REVISIONS = Resource("apps", "v1", "ControllerRevision", "controllerrevisions", _OURS)
LEASES = Resource("coordination.k8s.io", "v1", "Lease", "leases")
EVENTS = Resource("", "v1", "Event", "events")

WATCHED = (CAMPAIGNS, TARGET_SETS, DEPLOYMENTS, STATEFUL_SETS, HPAS, REVISIONS)
WORKLOADS = {resource.kind: resource for resource in (DEPLOYMENTS, STATEFUL_SETS)}
