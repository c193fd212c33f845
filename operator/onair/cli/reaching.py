"""What to tell a person whose cluster refuses something or cannot be reached."""

from __future__ import annotations

import click

from onair.cluster.errors import ApiError, UnreachableError


class NotLookedAtError(click.ClickException):
    """A cluster that cannot be looked at: 2, as with a file that cannot be read."""

    exit_code = 2


def plainly(error: ApiError) -> str:
    """Return what is wrong, and what to do next where no answer came."""
    step = "; try `kubectl version`, which asks the same server"
    return f"{error}{step if isinstance(error, UnreachableError) else ''}"
