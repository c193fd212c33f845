"""`python -m tests.demo`: an evening of television, live, within five minutes."""

from __future__ import annotations

import signal
import sys
import time
from datetime import datetime
from typing import TYPE_CHECKING

from rich.console import Console

from tests.cluster.build import BuildError, build
from tests.cluster.control_plane import ControlPlane
from tests.cluster.processes import StartError
from tests.cluster.progress import say
from tests.cluster.toolchain import NoToolchainError
from tests.demo.announced import read
from tests.demo.judge import Witness
from tests.demo.lines import Lines
from tests.demo.report import Report, faults
from tests.demo.screen import Screen
from tests.demo.stage import BEGIN, EXAMPLE, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.demo.announced import Announced
    from tests.demo.stage import Sample
    from tests.e2e.operators import OperatorProcess

INTERRUPTED = 130  # what shells return for a command that SIGINT ended
LONGEST = 285.0
"""Real seconds from the control plane's start until the evening ends, whatever has happened."""

LOOK_EVERY = 0.5
LOG_WIDTH = 120


def main() -> int:
    """Show the evening; return 0 only if all was well."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        build(say)
        return _evening(time.monotonic() + LONGEST)
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except (BuildError, NoToolchainError, StartError) as error:
        say(str(error))
        return 1


def _evening(deadline: float) -> int:
    # Without a terminal there is no width to ask for.
    console = Console(width=None if sys.stdout.isatty() else LOG_WIDTH)
    announced = read(EXAMPLE, datetime.fromisoformat(BEGIN))
    with ControlPlane.start(say=say) as plane:
        stage = Stage(plane)
        operator = stage.start_operator()
        try:
            stage.announce()
            samples = _shown(announced, _samples(stage, operator, announced, deadline), console)
            return _reported(announced, stage, samples, console)
        finally:
            operator.stop()


def _samples(
    stage: Stage, operator: OperatorProcess, announced: Announced, deadline: float
) -> Iterator[Sample]:
    """Yield what is to be seen until everything is given back, or something goes wrong."""
    while True:
        sample = stage.look()
        yield sample
        over = sample.at > announced.over and sample.given_back
        if over or not operator.running or time.monotonic() > deadline:
            return
        time.sleep(LOOK_EVERY)


def _shown(announced: Announced, samples: Iterator[Sample], console: Console) -> list[Sample]:
    seen = []
    if console.is_terminal:
        with Screen(announced, datetime.fromisoformat(BEGIN), console) as screen:
            for sample in samples:
                screen.show(sample)
                seen.append(sample)
    else:
        lines = Lines(announced)
        for sample in samples:
            lines.show(sample)
            seen.append(sample)
    return seen


def _reported(announced: Announced, stage: Stage, samples: list[Sample], console: Console) -> int:
    verdicts = {at: said for sample in samples for at, said in sample.verdicts.items()}
    witness = Witness(announced, stage.tenant)
    readiness = witness.readiness()
    wrong = faults(readiness, verdicts, samples[-1])
    report = Report(announced, stage.tenant.clock.speed, console)
    report.print(readiness, witness.returns(), verdicts)
    report.summarize(readiness, wrong)
    if wrong:
        say(stage.tenant.last_words())
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
