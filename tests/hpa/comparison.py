"""The simulation's HPA under a recorded crowd, and how far it is from what the real one did."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from onair.simulation.hpa.manifest import read_hpa
from onair.simulation.settings import Hpa, Metric, Settings
from onair.simulation.simulating import Scene, simulate
from onair.traces.trace import Trace
from tests.crowd.steps import Steps
from tests.hpa import manifests
from tests.hpa.cases import CAPACITY, MINIMUM, PER_REPLICA, STEP

if TYPE_CHECKING:
    from tests.hpa.recording import Recording

MEAN: Final = 0.10
PEAK: Final = 0.15
"""How far mean and peak of the replicas may be from those that were recorded."""

_BEGIN: Final = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Difference:
    """Replicas over a case: recorded, and simulated."""

    name: str
    recorded: Steps
    simulated: Steps
    seconds: int

    @property
    def mean(self) -> float:
        """Return how far the means are apart, as a share of the recorded one."""
        return abs(self._mean(self.simulated) / self._mean(self.recorded) - 1)

    @property
    def peak(self) -> float:
        """Return how far the peaks are apart, as a share of the recorded one."""
        return abs(self._peak(self.simulated) / self._peak(self.recorded) - 1)

    @property
    def is_close(self) -> bool:
        """Tell whether both are within their bounds."""
        return self.mean <= MEAN and self.peak <= PEAK

    def cells(self) -> list[str]:
        """Return both as cells of a table: means, how far they are apart, peaks."""
        both = self.recorded, self.simulated
        means, peaks = [self._mean(each) for each in both], [self._peak(each) for each in both]
        apart = f"{100 * self.mean:.1f} %"
        return [*(f"{mean:.2f}" for mean in means), apart, *(f"{peak:.0f}" for peak in peaks)]

    def line(self) -> str:
        """Return both in one line, as a person reads them."""
        recorded, simulated, apart, highest, reached = self.cells()
        return (
            f"{self.name}: mean {recorded} recorded, {simulated} simulated, {apart} apart;"
            f" peak {highest} recorded, {reached} simulated"
        )

    def _mean(self, replicas: Steps) -> float:
        return replicas.mean(0, self.seconds)

    def _peak(self, replicas: Steps) -> float:
        return replicas.peak(0, self.seconds)


def settings_of(recording: Recording) -> Settings:
    """Return the settings with which a recording was made, as far as the simulation has them."""
    case = recording.case
    read = recording.resolution
    metric = Metric("cpu", window=read, delay=recording.delay, every=read)
    known = Hpa(
        MINIMUM,
        case.maximum,
        PER_REPLICA,
        metric,
        sync=case.sync,
        stabilization=case.stabilization,
    )
    hpa = read_hpa(manifests.hpa(case), known)
    return Settings(PER_REPLICA, CAPACITY, hpa, start_up=case.start_up, node_wait=0)


def compare(recording: Recording) -> Difference:
    """Return what the simulation makes of a recorded crowd, beside what was recorded."""
    settings, case = settings_of(recording), recording.case
    trace = Trace(_BEGIN, STEP, array("d", case.rates))
    scene = Scene(trace, trace.begin, trace.end, (), case.maximum, settings)
    (alone,) = simulate(scene, ("hpa-cpu",)).arms
    pods = alone.course.pods
    simulated = Steps.of(zip(pods.times, pods.values, strict=True))
    return Difference(case.name, recording.replicas, simulated, case.seconds)
