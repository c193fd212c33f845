"""`python -m tests.crowd`: the same evenings with the HPA alone, a cron job and OnAir."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from images.commands import ImageError
from tests.cluster.build import BuildError
from tests.cluster.control_plane import ControlPlane
from tests.cluster.node.needs import missing
from tests.cluster.processes import StartError
from tests.cluster.progress import say
from tests.cluster.toolchain import NoToolchainError
from tests.crowd import report, timelines
from tests.crowd.arms import ARMS
from tests.crowd.episode import Episode
from tests.crowd.measure import Crowd, run
from tests.crowd.pairs import evenings
from tests.crowd.programs import build
from tests.crowd.stage import NotReadyError, Stage
from tests.crowd.summary import Summary, summarize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.crowd.measure import Run

INTERRUPTED = 130  # what shells return for a command that SIGINT ended
PAIRS, SHORT_SPEED = 6, 4
HPA_SYNC, HPA_STABILIZATION = "15s", "5m"
"""Kubernetes' defaults."""

OUTPUT = Path("dist") / "crowd"


def main() -> int:
    """Run the command; return 1 when a figure is beyond its bound."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.crowd",
        description="Meet the same crowd with the HPA alone, with a cron job and with OnAir.",
    )
    parser.add_argument(
        "--short", action="store_true", help=f"one pair, {SHORT_SPEED} times as fast, no bounds"
    )
    short = parser.parse_args().short
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    if lacking := missing():
        say(f"a real node needs what this machine lacks: {', '.join(lacking)}")
        return 1
    try:
        return _print(*((1, SHORT_SPEED) if short else (PAIRS, 1)), bounded=not short)
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except (BuildError, ImageError, NoToolchainError, NotReadyError, StartError) as error:
        say(str(error))
        return 1


def _print(pairs: int, speed: int, *, bounded: bool) -> int:
    console = Console(soft_wrap=True)
    console.print(report.conditions(Episode(speed), pairs))
    summaries: dict[str, list[Summary]] = {arm: [] for arm in ARMS}
    for done in _runs(pairs, speed):
        summary = summarize(done)
        summaries[done.arm].append(summary)
        timeline = timelines.write(done, OUTPUT)
        say(f"{report.line(done.arm, done.pair, summary)}; {timeline}")
    console.print(report.table(summaries))
    console.print(f"Each run second by second: {OUTPUT}")
    figures = list(report.figures(summaries, bounded=bounded))
    for figure in figures:
        console.print(figure.line())
    return 1 if any(figure.failed for figure in figures) else 0


def _runs(pairs: int, speed: int) -> Iterator[Run]:
    OUTPUT.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="onair-crowd-") as folder,
        ControlPlane.start(
            node=True, hpa_sync=HPA_SYNC, hpa_stabilization=HPA_STABILIZATION, say=say
        ) as plane,
    ):
        crowd = Crowd(build("generator", Path(folder), say), Path(folder))
        stage = Stage(plane, say)
        for pair, arm, episode in evenings(pairs, speed):
            yield run(stage, crowd, episode, arm, pair)


if __name__ == "__main__":
    sys.exit(main())
