"""The application on the real node, in the state from which every arm begins."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from images.operator import archive as operator_archive
from images.programs import archive as program_archive
from tests.chart.rendering import CHART
from tests.crowd import manifests
from tests.crowd.episode import USUAL_REPLICAS
from tests.crowd.manifests import APP, CAMPAIGN, HPA_MAXIMUM, HPA_MINIMUM, NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cluster.cluster import Cluster
    from tests.cluster.progress import Say
    from tests.crowd.episode import Episode

OPERATOR = "onair"
"""Its release and its namespace."""

POD_METRICS = f"/apis/metrics.k8s.io/v1beta1/namespaces/{NAMESPACE}/pods"
IDLE = 5.0
"""Millicores: what a replica without a crowd stays below; its start takes more."""

PATIENCE = 120.0
POLL = 0.5


class NotReadyError(RuntimeError):
    """The cluster did not come into a state that an arm needs; the message says which."""


class Stage:
    """Kubernetes as an arm sees it: the application, its Service and the operator's pod."""

    def __init__(self, cluster: Cluster, say: Say) -> None:
        """Load the images and install what stays for all arms: the Service and the operator."""
        self.cluster = cluster
        say("loading the images, installing the operator")
        cluster.load_image(program_archive("crowd", say))
        cluster.load_image(operator_archive(say))
        cluster.kubectl("create", "namespace", NAMESPACE)
        self.create(manifests.service())
        cluster.helm(
            *("install", OPERATOR, str(CHART), "--namespace", OPERATOR, "--create-namespace"),
            *("--set", f"namespaces={{{NAMESPACE}}},image.pullPolicy=Never", "--wait"),
        )
        cluster.wait_for_metrics()

    @property
    def url(self) -> str:
        """The Service's address in the cluster."""
        told = self._kubectl("get", "service", APP, "--output=jsonpath={.spec.clusterIP}")
        return f"http://{told}/"

    def reset(self, episode: Episode) -> None:
        """Return to the start state: the usual replicas Ready, an HPA that has read their CPU.

        Raises:
            NotReadyError: it does not come within two minutes.
        """
        self._kubectl("delete", "campaign", CAMPAIGN, "--ignore-not-found")
        self._kubectl("delete", "hpa,deployment", APP, "--ignore-not-found")
        self._wait("no pod is left", lambda: not self._get("pods")["items"])
        self.create(manifests.deployment(episode))
        self._wait("the usual replicas are Ready", lambda: self._ready() == USUAL_REPLICAS)
        self._wait("their start is no longer in their CPU figures", self._pods_idle)
        self.create(manifests.hpa())
        self._wait("the HPA has read their CPU", self._hpa_reads)

    def create(self, *bodies: dict[str, Any]) -> None:
        """Create objects."""
        text = "---\n".join(json.dumps(body) for body in bodies)
        self._kubectl("create", "--filename=-", stdin=text)

    def set_minimum(self, replicas: int) -> None:
        """Set the HPA's minimum, as a cron job does."""
        patch = json.dumps({"spec": {"minReplicas": replicas}})
        self._kubectl("patch", "hpa", APP, "--patch", patch)

    def wait_for_the_owners_limits(self) -> None:
        """Return when the HPA's limits are their owner's again, with nothing left of a hold.

        Raises:
            NotReadyError: they are not within two minutes.
        """
        self._wait("the HPA has its owner's limits", self._limits_are_the_owners)

    def _limits_are_the_owners(self) -> bool:
        hpa = self._get("hpa", APP)
        limits = hpa["spec"]["minReplicas"], hpa["spec"]["maxReplicas"]
        held = "onair.dev/held" in hpa["metadata"].get("annotations", {})
        return limits == (HPA_MINIMUM, HPA_MAXIMUM) and not held

    def _pods_idle(self) -> bool:
        told = json.loads(self._kubectl("get", "--raw", POD_METRICS))["items"]
        used = [pod["containers"][0]["usage"]["cpu"] for pod in told]
        return len(used) == USUAL_REPLICAS and max(map(_millicores, used)) < IDLE

    def _hpa_reads(self) -> bool:
        read = self._get("hpa", APP).get("status", {}).get("currentMetrics") or [{}]
        return "averageUtilization" in read[0].get("resource", {}).get("current", {})

    def _ready(self) -> int:
        return int(self._get("deployment", APP)["status"].get("readyReplicas", 0))

    def _get(self, *what: str) -> dict[str, Any]:
        return dict(json.loads(self._kubectl("get", *what, "--output=json")))

    def _kubectl(self, *arguments: str, stdin: str | None = None) -> str:
        return self.cluster.kubectl("--namespace", NAMESPACE, *arguments, stdin=stdin)

    def _wait(self, what: str, look: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not look():
            if time.monotonic() > deadline:
                state = self._kubectl("get", "deployment,hpa,pods")
                raise NotReadyError(f"not within {PATIENCE:.0f} s: {what}\n{state}")
            time.sleep(POLL)


def _millicores(quantity: str) -> float:
    """Read a CPU figure of metrics-server, such as `1234567n`, `1234u`, `1m` or `0`."""
    number = quantity.rstrip("num")
    return float(number) * {"n": 1e-6, "u": 1e-3, "m": 1.0, "": 1000.0}[quantity[len(number) :]]
