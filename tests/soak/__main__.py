"""A thousand campaigns that come and go, and one fault a minute.

    python -m tests.soak --minutes 10 --seed 7

Prints a line for each minute and each fault, what was broken, and figures; the exit code is 0 if
nothing was. The same seed and minutes give the same course.
"""

from __future__ import annotations

import argparse
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from random import randrange
from shutil import rmtree
from tempfile import mkdtemp

from tests.cluster.build import BuildError
from tests.cluster.cluster import KubectlError
from tests.cluster.control_plane import ControlPlane
from tests.cluster.processes import StartError
from tests.cluster.progress import say
from tests.cluster.toolchain import NoToolchainError
from tests.e2e.api import RefusedError
from tests.e2e.crds import install_crds
from tests.soak.course import CAMPAIGNS, SETS, Course
from tests.soak.gathered import Gathered
from tests.soak.judging import judge
from tests.soak.playing import Soak
from tests.soak.posts import man
from tests.soak.report import Minutes, asked, broken, in_time, memory
from tests.soak.stage import NAMESPACES, Stage

INTERRUPTED = 130  # what shells return for a command that SIGINT ended
FAULTS = (BuildError, KubectlError, NoToolchainError, OSError, RefusedError, StartError)
HPA_SYNC = "15s"
"""Kubernetes' default."""

AHEAD = 60.0
"""Seconds between the announcement of a thousand campaigns and the start."""

MINUTES = range(1, 361)
"""Six hours at most: the audit log, judged as one, is half a GB an hour on a busy machine."""

SEEDS = 10_000


def main() -> int:
    """Run the command; return 1 when something was broken."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.soak",
        description="Let 1,000 campaigns come and go, with one fault a minute.",
    )
    parser.add_argument("--minutes", type=int, default=10, help="how long; 10 if absent")
    parser.add_argument("--seed", type=int, help="of a run that is to be repeated")
    arguments = parser.parse_args()
    if arguments.minutes not in MINUTES:
        parser.error(f"--minutes {arguments.minutes}: from 1 to {MINUTES[-1]}")
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    seed = randrange(SEEDS) if arguments.seed is None else arguments.seed  # noqa: S311 - no secret
    try:
        return _run(Course.of(seed, arguments.minutes))
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except FAULTS as error:
        say(str(error))
        return 1


def _run(course: Course) -> int:
    folder = Path(mkdtemp(prefix="onair-soak-"))
    say(f"seed {course.seed}, {course.seconds // 60} minutes; logs: {folder}")
    say(f"{CAMPAIGNS} campaigns on {2 * SETS} targets in {len(NAMESPACES)} namespaces")
    with ExitStack() as stack:
        plane = ControlPlane.start(folder / "cluster", metrics=False, hpa_sync=HPA_SYNC)
        stack.enter_context(plane)
        install_crds(plane)
        begin = plane.audit_log.stat().st_size
        stage = Stage(plane, AHEAD)
        posts = man(stage, folder, stack)
        soak = Soak(course, stage, posts, say)
        minutes = Minutes(course, stage, posts)
        soak.announce()
        played = soak.run(lambda minute: say(minutes.line(minute)))
        gathered = Gathered.read(plane.audit_log, begin)
    verdict = judge(played, gathered)
    measured = (*in_time(played, verdict), *asked(played, gathered), *memory(minutes.samples))
    told = [*broken(verdict), *(figure.line() for figure in measured)]
    sys.stdout.write("".join(f"{line}\n" for line in told))
    if verdict.violations:
        return 1
    rmtree(folder)  # an audit log of hundreds of MB
    return 0


if __name__ == "__main__":
    sys.exit(main())
