"""Let crowds come to the embedded control plane and write down what the controller does."""

from __future__ import annotations

import time
from math import ceil, lcm
from typing import TYPE_CHECKING, Final

from tests.cluster.control_plane import ControlPlane
from tests.cluster.waiting import until
from tests.crowd.steps import Steps
from tests.hpa.cases import STEP
from tests.hpa.pods import Pods
from tests.hpa.recording import Recording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.cluster.progress import Say
    from tests.hpa.cases import Case

RESOLUTION: Final = 10
"""Seconds between two readings of metrics-server on the embedded control plane."""

DELAY: Final = 1.0
"""Seconds from a reading to the controller's next look."""

_TICK: Final = 1.0
"""Seconds between two settings of what the pods use."""

_PATIENCE: Final = 120.0


class _Running:
    """A case that goes on."""

    def __init__(self, case: Case, pods: Pods) -> None:
        self._case, self._pods = case, pods
        self._replicas: list[tuple[float, float]] = []
        self._ready: list[tuple[float, float]] = []

    def tick(self, second: float) -> None:
        """Set what the pods use at a second of the case, and note what there is."""
        if second < self._case.seconds:
            replicas, ready = self._pods.serve(self._case.rates[int(second / STEP)])
            _note(self._replicas, second, replicas)
            _note(self._ready, second, ready)

    def recording(self) -> Recording:
        """Return what has been noted."""
        steps = Steps.of(self._replicas), Steps.of(self._ready)
        return Recording(self._case, RESOLUTION, DELAY, *steps)


def record(cases: Sequence[Case], say: Say) -> list[Recording]:
    """Return the recordings of cases that share sync and stabilisation, recorded side by side.

    Raises:
        StartError, BuildError, KubectlError: see ControlPlane.start.
        AssertionError: metrics-server does not know the first pods within two minutes.
    """
    sync, stabilization = f"{cases[0].sync}s", f"{cases[0].stabilization}s"
    with ControlPlane.start(hpa_sync=sync, hpa_stabilization=stabilization, say=say) as plane:
        pods = [Pods(plane, case, f"node-{n}") for n, case in enumerate(cases)]
        plane.wait_for_metrics()
        begin = _in_step(pods) + lcm(cases[0].sync, RESOLUTION)
        running = [_Running(case, each) for case, each in zip(cases, pods, strict=True)]
        longest = max(case.seconds for case in cases)
        say(f"recording {', '.join(case.name for case in cases)}: {longest} s")
        second = 0.0
        while second < longest:
            time.sleep(max(0.0, begin + second - time.monotonic()))
            for each in running:
                each.tick(second)
            second += max(_TICK, ceil(time.monotonic() - begin - second))
        return [each.recording() for each in running]


def _in_step(pods: Sequence[Pods]) -> float:
    """Create the HPAs when metrics-server has just read the nodes; return the instant.

    From there on the controller looks at multiples of its sync, and each reading is as old then as
    it is said to be: the phases are those of the simulation.
    """
    until(lambda: all(each.known() for each in pods), seconds=_PATIENCE)
    known = pods[0].figures()[0].at
    until(lambda: pods[0].figures()[0].at != known, seconds=_PATIENCE)
    time.sleep(DELAY)
    begin = time.monotonic()
    for each in pods:
        each.scale()
    return begin


def _note(changes: list[tuple[float, float]], second: float, count: int) -> None:
    if not changes or changes[-1][1] != count:
        changes.append((second, count))
