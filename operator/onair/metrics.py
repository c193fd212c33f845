"""Prometheus metrics of one operator process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from onair.plan.verdicts import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
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
        self._targets = _Targets()
        self._of_targets = CollectorRegistry()
        self._of_targets.register(self._targets)
        self._leads = True
        mode = Gauge("onair_mode", "1 for the mode of this process", ("mode",), registry=registry)
        mode.labels("observe" if observes else "enforce").set(1)
        self._works = Gauge(
            "onair_ready", "1 while nothing keeps this process from its work", registry=registry
        )
        self._leading = Gauge(
            "onair_leading", "1 while this process holds the Lease and writes", registry=registry
        )
        self._verdicts = Counter(
            "onair_verdicts", "Verdicts at moments", ("verdict",), registry=registry
        )
        for verdict in VERDICTS:
            self._verdicts.labels(verdict)  # a series that begins with 1 shows no increase
        self._writes = Counter("onair_target_writes", "Writes to targets", registry=registry)
        self._reassertions = Counter(
            "onair_reassertions",
            "Floors written again after another writer had undone them",
            TARGET,
            registry=registry,
        )
        self._apart = Gauge(
            "onair_clock_skew_seconds",
            "By how much the API server's clock is ahead of this process's",
            registry=registry,
        )
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

    def follow_clocks(self, apart: Callable[[], float]) -> None:
        """Show by how many seconds the API server's clock is ahead of this process's."""
        self._apart.set_function(apart)

    def reasserted(self, key: TargetKey) -> None:
        """Count a floor that is written again after another writer had undone it."""
        self._reassertions.labels(*key).inc()

    def saw(self, key: TargetKey, report: Report) -> None:
        """Take in a target's latest report."""
        self._targets.seen[key] = (report.decision.floor, report.ready)

    def forget(self, key: TargetKey) -> None:
        """Say no more of a target."""
        self._targets.seen.pop(key, None)
        self._reassertions.remove(*key)

    def judged(self, verdicts: Iterable[str]) -> None:
        """Count verdicts."""
        for verdict in verdicts:
            self._verdicts.labels(verdict).inc()

    def works(self, *, ready: bool, leads: bool) -> None:
        """Take in whether this process is ready for its work, as `/readyz` says, and leads."""
        self._works.set(ready)
        self._leading.set(leads)
        self._leads = leads

    def page(self) -> bytes:
        """Return all metrics in Prometheus' text format.

        Only who leads speaks of targets: with those of standbys every sum would be too high.
        """
        page = generate_latest(self._registry)
        return page + generate_latest(self._of_targets) if self._leads else page


class _Targets(Collector):
    """Floor and ready replicas of each target: a gauge of its own takes ten times as much."""

    def __init__(self) -> None:
        self.seen: dict[TargetKey, tuple[int, int]] = {}

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield both gauges."""
        said = "Floor in force; in mode observe the one that is due"
        floor = GaugeMetricFamily("onair_floor_replicas", said, labels=TARGET)
        ready = GaugeMetricFamily("onair_ready_replicas", "Ready replicas", labels=TARGET)
        for key, values in self.seen.items():
            for gauge, value in zip((floor, ready), values, strict=True):
                gauge.add_metric(key, value)
        yield from (floor, ready)
