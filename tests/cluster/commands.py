"""`python -m tests.cluster` as a child process of a test, and what it may leave behind."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]


@contextmanager
def running_command(folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """Run the command in a folder for the time of the block; kill it at the end."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.cluster", "--folder", str(folder), *options],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        text=True,
    ) as command:
        try:
            yield command
        finally:
            command.kill()


def processes_of(folder: Path) -> list[str]:
    """Return the command lines of all processes that name the folder: the witness of leftovers."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if str(folder) in line:
            found.append(line)
    return found
