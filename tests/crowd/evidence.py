"""What the cluster and the machine did during one arm."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onair.clock import Clock
from tests.crowd.manifests import APP, NAMESPACE
from tests.crowd.steps import Steps
from tests.e2e import audit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tests.e2e.audit import Request

EVERY = 1.0
IDLE_FIELDS = slice(3, 5)
"""Of the kernel's line `cpu`: idle, and waiting for a disk (proc_stat(5))."""


def recorded(log: Path, begin: datetime) -> dict[str, Steps]:
    """Return what the API server's audit log says of the application, in seconds after `begin`.

    `ready` and `pods` (replicas that exist, Ready or not) are those that the Deployment's
    controller reported; `minimum`, `maximum` and `cpu` (percent of the request) are the HPA's.
    """
    changes: dict[str, list[tuple[float, float]]] = {
        name: [] for name in ("ready", "pods", "minimum", "maximum", "cpu")
    }
    for request in audit.read(log, NAMESPACE):
        if request.name == APP and request.is_write and request.code < 300:
            second = (request.at - begin).total_seconds()
            for name, value in _told(request).items():
                changes[name].append((second, value))
    return {name: Steps.of(found) for name, found in changes.items()}


def _told(request: Request) -> dict[str, float]:
    if request.resource == "deployments" and request.subresource == "status":
        status = request.answer["status"]
        return {"ready": status.get("readyReplicas", 0), "pods": status.get("replicas", 0)}
    if request.resource == "horizontalpodautoscalers":
        return _told_by_hpa(request.answer)
    return {}


def _told_by_hpa(hpa: dict[str, Any]) -> dict[str, float]:
    if "spec" not in hpa:  # the answer to a deletion
        return {}
    spec, read = hpa["spec"], hpa.get("status", {}).get("currentMetrics") or [{}]
    told = {"minimum": spec["minReplicas"], "maximum": spec["maxReplicas"]}
    current = read[0].get("resource", {}).get("current", {})
    if "averageUtilization" in current:
        told["cpu"] = current["averageUtilization"]
    return told


@contextmanager
def machine_use() -> Iterator[list[tuple[datetime, float]]]:
    """Yield how busy all processors are while the block lasts: (instant, percent of a second)."""
    samples: list[tuple[datetime, float]] = []
    ended = threading.Event()
    thread = threading.Thread(target=_sample, args=(samples, ended), daemon=True)
    thread.start()
    try:
        yield samples
    finally:
        ended.set()
        thread.join()


def _sample(samples: list[tuple[datetime, float]], ended: threading.Event) -> None:
    before = _ticks()
    due = time.monotonic() + EVERY
    while not ended.wait(max(0.0, due - time.monotonic())):
        now = _ticks()
        spent, idle = (after - earlier for after, earlier in zip(now, before, strict=True))
        samples.append((Clock.real_now(), 100 * (1 - idle / spent)))
        before, due = now, due + EVERY


def _ticks() -> tuple[int, int]:
    """Return the ticks of all processors since the start of the machine, and those idle."""
    line = Path("/proc/stat").read_text().splitlines()[0]
    ticks = [int(field) for field in line.split()[1:9]]
    return sum(ticks), sum(ticks[IDLE_FIELDS])
