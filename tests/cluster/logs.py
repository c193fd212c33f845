"""The ends of log files, for error messages."""

from pathlib import Path


def tail(path: Path, lines: int = 30) -> str:
    """Return the last lines of a text file."""
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
