"""The pods of a case on the control plane: what they use is set, what becomes of them is read."""

from __future__ import annotations

import ssl
from http.client import HTTPSConnection
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tests.cluster.ports import LOOPBACK
from tests.e2e.api import MERGE, Api
from tests.hpa import manifests
from tests.hpa.cases import CAPACITY, MINIMUM, UTILIZATION

if TYPE_CHECKING:
    from tests.cluster.cluster import Cluster
    from tests.hpa.cases import Case

_NAMESPACE: Final = "default"
_CPU: Final = "onair.dev/cpu"
_NANOCORES: Final = 1e9 / CAPACITY
"""Of one request/s: a replica that is full uses the whole core that it requests."""


class Figure(NamedTuple):
    """What metrics-server says of a pod: the instant, the seconds before it, the mean of cores."""

    at: str
    window: float
    cores: float


class Pods:
    """The Deployment of a case, its HPA, and the node on which all of its pods are."""

    def __init__(self, cluster: Cluster, case: Case, node: str) -> None:
        """Begin with the Deployment alone, its pods at their target."""
        self._api, self._case, self._node = Api(cluster.kubeconfig), case, node
        status = self._api.request("GET", f"/api/v1/nodes/{node}")["status"]
        port = status["daemonEndpoints"]["kubeletEndpoint"]["Port"]
        trust = ssl.create_default_context(cafile=cluster.ca)
        self._kubelet = HTTPSConnection(LOOPBACK, port, context=trust, timeout=30)
        self._use(case.rates[0] / MINIMUM)
        self._api.create(manifests.deployment(case, node), _NAMESPACE)

    def known(self) -> bool:
        """Tell whether metrics-server says of all first pods that they are at their target."""
        used = [figure.cores for figure in self.figures()]
        return len(used) == MINIMUM and all(abs(each * 100 - UTILIZATION) < 1 for each in used)

    def scale(self) -> None:
        """Create the HPA: the controller looks at once, and then at each of its syncs."""
        self._api.create(manifests.hpa(self._case), _NAMESPACE)

    def serve(self, rate: float) -> tuple[int, int]:
        """Let so many requests/s arrive at the Ready pods, none of which does more than it can.

        Returns:
            The counts by which that is done.
        """
        replicas, ready = self.counts()
        self._use(min(rate / ready, CAPACITY))
        return replicas, ready

    def counts(self) -> tuple[int, int]:
        """Return the Deployment's replicas and how many of its pods are Ready."""
        told = self._api.get("Deployment", _NAMESPACE, self._case.name)
        return told["spec"]["replicas"], told.get("status", {}).get("readyReplicas", 0)

    def figures(self) -> list[Figure]:
        """Return what metrics-server knows of each pod that it knows."""
        path = f"/apis/metrics.k8s.io/v1beta1/namespaces/{_NAMESPACE}/pods"
        query = {"labelSelector": f"app={self._case.name}"}
        return [_figure(each) for each in self._api.request("GET", path, query=query)["items"]]

    def _use(self, rate: float) -> None:
        """Let every pod use what so many requests/s take, from now on.

        kwok adds up what its pods use only when it is asked, and takes the newest figure for all
        the time since: so it is asked first.
        """
        self._kubelet.request("GET", f"/metrics/nodes/{self._node}/metrics/resource")
        self._kubelet.getresponse().read()
        body = {"metadata": {"annotations": {_CPU: f"{rate * _NANOCORES:.0f}n"}}}
        self._api.request("PATCH", f"/api/v1/nodes/{self._node}", body, content=MERGE)


def _figure(said: dict[str, Any]) -> Figure:
    (container,) = said["containers"]
    cores = float(container["usage"]["cpu"].removesuffix("n")) / 1e9
    return Figure(said["timestamp"], float(said["window"].removesuffix("s")), cores)
