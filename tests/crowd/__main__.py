"""`python -m tests.crowd`: the same evenings with the HPA alone, a cron job and OnAir."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from rich.console import Console

from images.commands import ImageError
from tests.cluster.build import BuildError
from tests.cluster.cluster import HelmError, KubectlError, LoadError
from tests.cluster.node.needs import missing
from tests.cluster.processes import StartError
from tests.cluster.progress import say
from tests.cluster.toolchain import NoToolchainError
from tests.crowd import report, timelines
from tests.crowd.arms import ARMS
from tests.crowd.episode import Episode
from tests.crowd.measure import CrowdError
from tests.crowd.pairs import PAIRS, SHORT_SPEED, runs
from tests.crowd.stage import NotReadyError
from tests.crowd.summary import Summary, summarize

INTERRUPTED = 130  # what shells return for a command that SIGINT ended
OUTPUT = Path("dist") / "crowd"
FAULTS = (
    *(BuildError, ImageError, NoToolchainError),
    *(HelmError, KubectlError, LoadError, StartError, TimeoutError),
    *(CrowdError, NotReadyError),
)


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
    try:
        if lacking := missing(say):
            say(f"real pods need {', '.join(lacking)}")
            return 1
        return _print(*((1, SHORT_SPEED) if short else (PAIRS, 1)), bounded=not short)
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except FAULTS as error:
        say(str(error))
        return 1


def _print(pairs: int, speed: int, *, bounded: bool) -> int:
    console = Console(soft_wrap=True)
    console.print(report.conditions(Episode(speed), pairs), markup=False)
    OUTPUT.mkdir(parents=True, exist_ok=True)
    summaries: dict[str, list[Summary]] = {arm: [] for arm in ARMS}
    for done in runs(pairs, speed, say):
        summary = summarize(done)
        summaries[done.arm].append(summary)
        timelines.write(done, OUTPUT)
        say(report.line(done.arm, done.pair, summary))
    console.print(report.table(summaries))
    console.print(f"Each run second by second: {OUTPUT}")
    figures = list(report.figures(summaries, bounded=bounded))
    for figure in figures:
        console.print(figure.line(), highlight=False)
    return 1 if any(figure.failed for figure in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
