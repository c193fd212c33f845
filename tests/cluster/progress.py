"""One way to tell a person what is going on: lines on standard error."""

import sys
from collections.abc import Callable

Say = Callable[[str], None]


def say(line: str) -> None:
    """Print one line to standard error at once."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def silent(_line: str) -> None:
    """Swallow the line: for callers whose output belongs to somebody else."""
