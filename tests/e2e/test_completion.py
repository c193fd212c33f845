"""kubectl itself completes `kubectl onair`."""

from __future__ import annotations

import os
import subprocess

from tests.cluster.binaries import program
from tests.e2e.operators import ONAIR


def test_kubectl_completes() -> None:
    """It finds `kubectl_complete-onair` on PATH and passes on what that answers."""
    path = f"{ONAIR.parent}:{os.environ['PATH']}"
    done = subprocess.run(
        [program("kubectl"), "__complete", "onair", "sta"],
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert [line.partition("\t")[0] for line in done.stdout.splitlines()] == ["start", ":4"]
