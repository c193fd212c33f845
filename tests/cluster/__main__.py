"""`python -m tests.cluster`: a control plane for a person, until Ctrl-C."""

import argparse
import contextlib
import shlex
import signal
import sys
import threading
from pathlib import Path

from images.commands import ImageError
from tests.cluster.binaries import BINARIES, NODE_BINARIES, program
from tests.cluster.build import BuildError, build
from tests.cluster.cluster import KubectlError, LoadError
from tests.cluster.control_plane import ControlPlane
from tests.cluster.processes import StartError
from tests.cluster.progress import say
from tests.cluster.toolchain import NoToolchainError

INTERRUPTED = 130  # what shells return for a command that SIGINT ended
FAULTS = (
    *(BuildError, ImageError, NoToolchainError),
    *(KubectlError, LoadError, OSError, StartError),
)


def main() -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.cluster",
        description="Run a real Kubernetes control plane with simulated nodes until Ctrl-C.",
    )
    parser.add_argument(
        "--node",
        choices=["simulated", "real"],
        default="simulated",
        help="real: also one node that runs real pods; takes root",
    )
    parser.add_argument(
        "--build-only", action="store_true", help="build the programs that it needs, and end"
    )
    parser.add_argument(
        "--folder", type=Path, help="where it writes and leaves its logs; a temporary one if absent"
    )
    arguments = parser.parse_args()
    real = arguments.node == "real"
    # Said for SIGINT too: a shell starts background jobs with it ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        if arguments.build_only:
            build(say, (*BINARIES, *NODE_BINARIES) if real else BINARIES)
        else:
            _serve(arguments.folder, real=real)
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except FAULTS as error:
        say(str(error))
        return 1
    return 0


def _serve(folder: Path | None, *, real: bool) -> None:
    # From the first word on, Ctrl-C is the ordinary end: who reads the last line may be quick.
    with (
        ControlPlane.start(folder, node=real, say=say) as plane,
        contextlib.suppress(KeyboardInterrupt),
    ):
        say(f"audit log: {plane.audit_log}\nlogs: {plane.folder / 'logs'}")
        say("running until Ctrl-C; in another terminal:")
        sys.stdout.write(f"export KUBECONFIG={plane.kubeconfig}\n")
        if real:
            # The cluster has a network namespace of its own, which only root may enter.
            for name in ("kubectl", "helm"):
                command = shlex.join(plane.command(str(program(name))))
                sys.stdout.write(f"alias {name}={shlex.quote(command)}\n")
        sys.stdout.flush()
        threading.Event().wait()
    say("stopped")


if __name__ == "__main__":
    sys.exit(main())
