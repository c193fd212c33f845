"""What to tell a person whose cluster refuses something or cannot be reached."""

from __future__ import annotations

from onair.cluster.errors import ApiError, UnreachableError


def plainly(error: ApiError) -> str:
    """Return what is wrong, and what to do next where no answer came."""
    step = "; try `kubectl version`, which asks the same server"
    return f"{error}{step if isinstance(error, UnreachableError) else ''}"
