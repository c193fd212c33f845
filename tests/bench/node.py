"""What the operator's image costs: its size, its start, and its memory as a real pod."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING

from images import operator
from images.reading import unpacked_size
from onair.clock import Clock
from tests.bench.figures import Figure
from tests.bench.starts import cold_start
from tests.chart.rendering import CHART
from tests.cluster.control_plane import ControlPlane
from tests.e2e.manifests import airtime, campaign, deployment, hpa, target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cluster.cluster import Cluster
    from tests.cluster.progress import Say

OURS = "onair-system"
TARGETS = "tv"
CAMPAIGNS = 10
MEGABYTE = 1_000_000
WITHIN = "--timeout=60s"
SETTLING = 30
"""Seconds on air, with every floor met, in which memory may still grow."""


def measure(say: Say) -> Iterator[Figure]:
    """Install the chart on a real node, and yield what the image and its pod cost.

    Raises:
        ImageError: the image could not be made.
        StartError, LoadError: the real node did not start, or refused the image.
        HelmError, KubectlError: the chart or its operator did not become ready.
        MeasureError: the operator did not answer in its image.
    """
    archive = operator.archive(say)
    yield Figure("image_unpacked", unpacked_size(archive) / MEGABYTE, "MB", 300)
    say("starting the operator in its image's root folder")
    yield Figure("cold_start", cold_start(archive), "s", 2)
    with ControlPlane.start(metrics=False, node=True, say=say) as plane:
        plane.load_image(archive)
        say("installing the chart")
        yield Figure("install_to_ready", _install(plane), "s", 20)
        say(f"waiting until {CAMPAIGNS} campaigns are on air")
        _put_on_air(plane)
        time.sleep(SETTLING)
        yield Figure("peak_memory_10_campaigns", _peak_memory(plane), "MB", 100)


def _install(cluster: Cluster) -> float:
    """Install the chart; return the seconds from the command to the operator's Ready pod."""
    cluster.kubectl("create", "namespace", TARGETS)
    values = [f"namespaces={{{TARGETS}}}", "image.pullPolicy=Never"]
    sets = [argument for value in values for argument in ("--set", value)]
    began = time.monotonic()
    cluster.helm("install", "onair", str(CHART), "--create-namespace", "-n", OURS, *sets)
    cluster.kubectl("rollout", "status", "deployment/onair", "-n", OURS, WITHIN)
    return time.monotonic() - began


def _put_on_air(cluster: Cluster) -> None:
    """Create workloads with an HPA and a campaign each; return once every floor is met."""
    load = {"shape": "Flat", "requestsPerSecond": 200, "headroom": "0%"}
    show = airtime(Clock.real_now().isoformat(timespec="seconds"), "1h")
    bodies: list[dict[str, object]] = []
    for name in (f"app-{number}" for number in range(CAMPAIGNS)):
        bodies += [deployment(name), hpa(name, 1, 2)]
        bodies += [campaign(name, show, load=load, targets=[target(name)])]
    everything = json.dumps({"apiVersion": "v1", "kind": "List", "items": bodies})
    cluster.kubectl("create", "-n", TARGETS, "--filename=-", stdin=everything)
    for state in ("jsonpath={.status.phase}=OnAir", "condition=Ready"):
        cluster.kubectl("wait", f"--for={state}", "campaigns", "--all", "-n", TARGETS, WITHIN)


def _peak_memory(cluster: Cluster) -> float:
    """Return the most memory that the operator's process has had resident, in MB."""
    look = "print(open('/proc/1/status').read())"
    status = cluster.kubectl("exec", "-n", OURS, "deployment/onair", "--", "python", "-c", look)
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) * 1024 / MEGABYTE
