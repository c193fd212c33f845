"""What is started beside a control plane."""

import signal
from pathlib import Path

from tests.cluster.processes import Processes


def test_program_of_the_callers_ends_with_the_group(tmp_path: Path) -> None:
    """It may end by itself without harm; when the group is killed, so is it."""
    processes = Processes(tmp_path, [])
    brief, long = processes.popen(["true"]), processes.popen(["sleep", "600"])
    assert brief.wait(timeout=10) == 0
    processes.check()
    processes.stop()
    assert long.wait(timeout=10) == -signal.SIGKILL
