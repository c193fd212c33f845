"""One arm, from the start state to its figures."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from onair.clock import Clock
from tests.crowd.answers import Answer, read
from tests.crowd.arms import ARMS
from tests.crowd.evidence import machine_use, recorded
from tests.crowd.steps import Steps

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from tests.cluster.control_plane import ControlPlane
    from tests.crowd.episode import Episode
    from tests.crowd.stage import Stage

AHEAD = timedelta(seconds=5)
"""From the start state to the beginning: the generator starts, the campaign is applied."""


class CrowdError(RuntimeError):
    """The crowd did not come: the load generator failed, and has said why."""


@dataclass(frozen=True, slots=True)
class Run:
    """One arm of one pair: `steps` as evidence.recorded names them, and `busy` (percent)."""

    arm: str
    pair: int
    episode: Episode
    answers: list[Answer]
    steps: dict[str, Steps]


@dataclass(frozen=True, slots=True)
class Crowd:
    """The load generator; it and its files end with the control plane, whatever ends that."""

    program: Path
    plane: ControlPlane

    def start(
        self, url: str, episode: Episode, begin: datetime, seed: int
    ) -> tuple[subprocess.Popen[bytes], Path]:
        """Start it inside the cluster's network; return it and the file that it will write."""
        folder = self.plane.folder
        rates, answers = folder / "rates.csv", folder / "answers.csv"
        rates.write_text(_lines(curve(episode)))
        command = self.plane.command(
            *(str(self.program), "-rates", str(rates), "-seed", str(seed)),
            *("-speed", str(episode.speed), "-begin", begin.isoformat()),
            *("-answers", str(answers), url),
        )
        return self.plane.popen(command), answers


def run(stage: Stage, crowd: Crowd, episode: Episode, arm: str, pair: int) -> Run:
    """Bring the start state about, let the crowd come, and return what happened.

    Raises:
        NotReadyError: the start state did not come about.
        CrowdError: the load generator failed.
    """
    stage.reset(episode)
    time.sleep(episode.hpa_ahead)
    begin = _begin(episode)
    process, answers = crowd.start(stage.url, episode, begin, seed=pair)
    with process, machine_use() as use:
        try:
            ARMS[arm](stage, episode, begin)
            code = process.wait()
        finally:
            process.terminate()
    if code != 0:
        raise CrowdError(f"the load generator ended with exit code {code}")
    steps = recorded(stage.cluster.audit_log, begin)
    busy = Steps.of(((at - begin).total_seconds(), percent) for at, percent in use)
    return Run(arm, pair, episode, read(answers), steps | {"busy": busy})


def _begin(episode: Episode) -> datetime:
    """Return the first instant from which the broadcast starts at a whole second."""
    start = Clock.real_now() + AHEAD + timedelta(seconds=episode.start)
    return start.replace(microsecond=0) + timedelta(seconds=1 - episode.start)


def curve(episode: Episode) -> list[float]:
    """Return the requests/s of each second of the evening at its real speed: at its middle."""
    whole = round(episode.length * episode.speed)
    return [episode.rate((second + 0.5) / episode.speed) for second in range(whole)]


def _lines(rates: list[float]) -> str:
    """Return a curve as the generator reads it."""
    lines = [f"{second},{rate:.3f}" for second, rate in enumerate(rates)]
    return "\n".join([*lines, f"{len(rates)},0\n"])
