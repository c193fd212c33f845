"""Prometheus metrics of one operator process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from onair.plan.verdicts import VERDICTS

if TYPE_CHECKING:
    from datetime import datetime

    from onair.clock import Clock
    from onair.plan.observed import TargetKey
    from onair.reports import Report

LATENESS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
TARGET = ("namespace", "kind", "name")


class Metrics:
    """Gauges by target and counters of what was written, in a registry of their own."""

    def __init__(self, *, observes: bool) -> None:
        self._registry = registry = CollectorRegistry()
        mode = Gauge("onair_mode", "1 for the mode of this process", ("mode",), registry=registry)
        mode.labels("observe" if observes else "enforce").set(1)
        self._works = Gauge(
            "onair_ready", "1 while nothing keeps this process from its work", registry=registry
        )
        self._floor = Gauge(
            "onair_floor_replicas",
            "Floor in force; in mode observe the one that is due",
            TARGET,
            registry=registry,
        )
        self._ready = Gauge("onair_ready_replicas", "Ready replicas", TARGET, registry=registry)
        self._verdicts = Counter(
            "onair_verdicts", "Verdicts at moments", ("verdict",), registry=registry
        )
        for verdict in VERDICTS:
            self._verdicts.labels(verdict)  # a series that begins with 1 shows no increase
        self._writes = Counter("onair_target_writes", "Writes to targets", registry=registry)
        self._late = Histogram(
            "onair_write_lateness_seconds",
            "Real seconds from the planned instant to the API server's answer",
            buckets=LATENESS,
            registry=registry,
        )

    def wrote(self, clock: Clock, planned: datetime) -> None:
        """Count a write to a target that was planned for a calendar instant."""
        self._writes.inc()
        self._late.observe(max(0.0, -clock.seconds_until(planned)))

    def saw(self, key: TargetKey, before: Report | None, report: Report) -> None:
        """Take in a target's latest report."""
        self._floor.labels(*key).set(report.decision.floor)
        self._ready.labels(*key).set(report.ready)
        for moment, verdict in report.verdicts.items():
            if before is None or moment not in before.verdicts:
                self._verdicts.labels(verdict).inc()

    def works(self, *, ready: bool) -> None:
        """Take in whether this process is ready for its work, as `/readyz` says."""
        self._works.set(ready)

    def page(self) -> bytes:
        """Return all metrics in Prometheus' text format."""
        return generate_latest(self._registry)
