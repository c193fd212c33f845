"""`python -m tests.bench`: print `name value unit bound pass|fail` for each figure."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

from images.commands import ImageError
from tests.bench import (
    broken,
    commands,
    costly,
    fitting,
    handover,
    importing,
    large,
    node,
    operator,
    planning,
    schedule,
    simulation,
    status,
    tracing,
)
from tests.bench.figures import MeasureError
from tests.cluster.build import BuildError
from tests.cluster.cluster import HelmError, KubectlError, LoadError
from tests.cluster.control_plane import ControlPlane
from tests.cluster.node.needs import missing
from tests.cluster.processes import StartError
from tests.cluster.progress import say
from tests.cluster.toolchain import NoToolchainError
from tests.e2e.crds import install_crds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.figures import Figure

INTERRUPTED = 130  # what shells return for a command that SIGINT ended
FAULTS = (
    *(BuildError, ImageError, NoToolchainError),
    *(HelmError, KubectlError, LoadError, OSError, StartError),
    MeasureError,
)
HPA_SYNC = "15s"
"""Kubernetes' default."""

NEVER = "1h"
"""Longer than any measurement."""


def main() -> int:
    """Print every figure as soon as it is measured; return 1 when one is beyond its bound.

    What cannot be measured is said, and counts as beyond.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    failed = False
    try:
        for figure in _figures():
            sys.stdout.write(f"{figure.line()}\n")
            sys.stdout.flush()
            failed = failed or figure.failed
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except FAULTS as error:
        say(str(error))
        return 1
    return 1 if failed else 0


def _figures() -> Iterator[Figure]:
    say(f"load average {os.getloadavg()[0]:.1f}: only an idle machine measures the operator alone")
    say("planning")
    yield from planning.measure()
    yield from costly.measure()
    yield from schedule.measure()
    yield from status.measure()
    say("commands")
    yield from commands.measure()
    yield from importing.measure()
    say("simulation")
    yield from tracing.measure()
    yield from simulation.measure()
    yield from fitting.measure()
    with ControlPlane.start(metrics=False, hpa_sync=HPA_SYNC, say=say) as plane:
        install_crds(plane)
        yield from operator.measure(plane, say)
        yield from handover.measure(plane, say)
    if lacking := missing(say):
        needs = ", ".join(lacking)
        raise MeasureError(f"not measured: what the image costs, since a real node needs {needs}")
    yield from node.measure(say)
    with ControlPlane.start(metrics=False, hpa_sync=NEVER, say=say) as plane:
        install_crds(plane)
        yield from large.measure(plane, say)
        yield from broken.measure(plane, say)


if __name__ == "__main__":
    sys.exit(main())
