"""Kill a group of processes and remove folders as soon as the starter closes our standard input.

Runs as a program of its own. The pipe closes on every way out of the starter, SIGKILL included, so
that nothing has to be told. The group is led by a child of ours that only sleeps: it exists before
the first member and until the last one is gone, so that its number cannot belong to others.
"""

import contextlib
import os
import shutil
import signal
import sys
import time
from pathlib import Path


def main(folders: list[str]) -> None:
    """Print the number of the group, wait for the end of standard input, then clean up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    leader = os.fork()
    if leader == 0:
        os.setpgid(0, 0)
        while True:
            signal.pause()
    # Both sides set it, so that it holds before either goes on.
    with contextlib.suppress(PermissionError):
        os.setpgid(leader, leader)
    sys.stdout.write(f"{leader}\n")
    sys.stdout.close()
    os.close(1)
    sys.stdin.read()
    os.killpg(leader, signal.SIGKILL)
    for folder in folders:
        _remove(Path(folder))
    os.waitpid(leader, 0)


def _remove(folder: Path) -> None:
    """Remove a folder; a process that is just dying may still add to it for a moment.

    The folder of a control group goes too: its files refuse, but need not be gone before it.
    """
    for _ in range(500):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.02)


if __name__ == "__main__":
    main(sys.argv[1:])
