"""`python -m tests.crowd`: the same evenings with the HPA alone, a cron job and OnAir."""

from __future__ import annotations

import argparse
import signal
import subprocess
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
from tests.crowd.arms import ARMS, HPA
from tests.crowd.episode import Episode
from tests.crowd.measure import CrowdError
from tests.crowd.pairs import PAIRS, SHORT_SPEED, runs
from tests.crowd.stage import NotReadyError
from tests.crowd.summary import Summaries, complete, summarize

INTERRUPTED = 130  # what shells return for a command that SIGINT ended
OUTPUT = Path("dist") / "crowd"
SHORT_OUTPUT = OUTPUT / "short"
WIDE = 160  # columns: a table that is pasted must not be broken
FAULTS = (
    *(BuildError, ImageError, NoToolchainError),
    *(HelmError, KubectlError, LoadError, StartError),
    *(CrowdError, NotReadyError, OSError, subprocess.SubprocessError),
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
        return _meet(1, SHORT_SPEED, SHORT_OUTPUT) if short else _meet(PAIRS, 1, OUTPUT)
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except FAULTS as error:
        say(str(error))
        return 1


def _meet(pairs: int, speed: int, output: Path) -> int:
    console = Console(soft_wrap=True, width=WIDE)
    console.print(report.conditions(Episode(speed), pairs), markup=False)
    output.mkdir(parents=True, exist_ok=True)
    summaries: Summaries = {arm: [] for arm in ARMS}
    try:
        for done in runs(pairs, speed, say):
            summaries[done.arm].append(summarize(done))
            timelines.write(done, output)
            say(report.line(done.arm, done.pair, summaries[done.arm][-1]))
    finally:
        _print(console, complete(summaries), output)
    if speed == 1:
        console.print("\n".join(report.compared(complete(summaries))), highlight=False)
    figures = list(report.figures(summaries, bounded=speed == 1))
    for figure in figures:
        console.print(figure.line(), highlight=False)
    return 1 if any(figure.failed for figure in figures) else 0


def _print(console: Console, summaries: Summaries, output: Path) -> None:
    """Print the table of the pairs that are complete, which may be all or none."""
    if pairs := len(summaries[HPA]):
        console.print(f"Median of {pairs} (least to most):")
        console.print(report.table(summaries))
        console.print(f"Each run second by second: {output}")


if __name__ == "__main__":
    sys.exit(main())
