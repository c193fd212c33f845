"""Every plan of every story: `python -m tests.faults`, or those whose name has some words.

    python -m tests.faults "owner-edits: killed after patch 1 of"

Prints a line for each run, then a table; the exit code is 0 if no fault broke anything, 99 % of all
rises were on time (L2), and hardly any run without a fault was flagged.
"""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path
from tempfile import mkdtemp

from rich.console import Console

from tests.cluster.cluster import Cluster
from tests.cluster.control_plane import ControlPlane
from tests.e2e.crds import install_crds
from tests.faults.catalogue import STORIES
from tests.faults.oracles import judge
from tests.faults.plans import Plan
from tests.faults.report import Report
from tests.faults.suite import Reference, Run, Suite

REPEATS = 3
"""Runs of each story without faults, whose violations are false alarms."""


def main() -> int:
    """Run the plans that are asked for and return the exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # leave no operator behind
    words = sys.argv[1:]
    console = Console(width=160, highlight=False)
    folder = Path(mkdtemp(prefix="onair-faults-"))
    console.print(f"logs: {folder}")
    with ControlPlane.start(folder / "cluster") as plane:
        install_crds(plane)
        plane.wait_for_metrics()
        suite = Suite(Cluster(plane.folder), folder)
        named = {word.partition(":")[0] for word in words}
        asked = [s.name for s in STORIES if s.name in named] or [s.name for s in STORIES]
        references = suite.references(asked)
        unsound = [
            name for name, found in references.items() if not _is_sound(console, name, found)
        ]
        plans = [plan for r in references.values() for plan in r.plans if _is_asked(plan, words)]
        if not words:
            plans += [Plan(story, f"no fault {n}") for story in asked for n in range(REPEATS)]
        report = Report(len(plans), time.monotonic())
        for outcome in suite.run_all(map(Run, plans), references):
            console.print(report.take(outcome), markup=False, soft_wrap=True)
        console.print(report.table())
        console.print(report.summary())
    if not plans:
        console.print("no plan has these words in its name")
    return 0 if plans and not unsound and report.is_clean else 1


def _is_sound(console: Console, story: str, reference: Reference) -> bool:
    """Tell whether nothing was broken in a run without faults, and print what was."""
    violations = judge(reference.evidence)
    for violation in violations:
        console.print(f"{story} without a fault: {violation}", markup=False, soft_wrap=True)
    return not violations


def _is_asked(plan: Plan, words: list[str]) -> bool:
    return not words or any(word in str(plan) for word in words)


if __name__ == "__main__":
    sys.exit(main())
