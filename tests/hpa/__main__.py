"""`python -m tests.hpa`: record what the real HPA controller does, and compare the simulation's."""

from __future__ import annotations

import argparse
import signal
import sys
from itertools import groupby

from tests.cluster.build import BuildError
from tests.cluster.cluster import KubectlError
from tests.cluster.processes import StartError
from tests.cluster.progress import say
from tests.cluster.toolchain import NoToolchainError
from tests.hpa.cases import CASES, Case
from tests.hpa.comparison import compare
from tests.hpa.recorder import record
from tests.hpa.recording import write

INTERRUPTED = 130  # what shells return for a command that SIGINT ended
FAULTS = (BuildError, KubectlError, NoToolchainError, OSError, StartError)


def main() -> int:
    """Run the command; return 1 when the simulation is too far from what was recorded."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.hpa",
        description="Record the real HPA controller under a crowd, in tests/hpa/recordings.",
    )
    parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        return _record()
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except FAULTS as error:
        say(str(error))
        return 1


def _record() -> int:
    close = True
    for _, cases in groupby(CASES, _flags):
        for recording in record(list(cases), say):
            difference = compare(recording)
            close = close and difference.is_close
            say(f"{write(recording)}\n  {difference.line()}")
    return 0 if close else 1


def _flags(case: Case) -> tuple[int, int]:
    return case.sync, case.stabilization


if __name__ == "__main__":
    sys.exit(main())
