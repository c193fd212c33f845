"""Reading a trace from a file or from standard input."""

from __future__ import annotations

import stat
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onair.traces.errors import TraceError
from onair.traces.lines import LONGEST, MAX_BYTES, too_large
from onair.traces.reading import read

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from onair.traces.reading import Read

Command = Any


def trace_option(command: Command) -> Command:
    """Add `--trace FILE`, which must be said; `-` is standard input."""
    return click.option(
        "--trace",
        required=True,
        type=click.Path(allow_dash=True),
        metavar="FILE",
        help="Real traffic: CSV with a header, or what Prometheus answers to query_range.",
    )(command)


def read_trace(path: str, where: ZoneInfo | None) -> Read:
    """Return the trace in a file; `where` is the zone of times that do not say theirs.

    Raises:
        click.UsageError: the file cannot be read, or is no trace; the message begins with its name.
    """
    name = "stdin" if path == "-" else path
    try:
        if path != "-":
            _check_size(Path(path))
        with click.open_file(path, "rb") as file:
            return read(iter(partial(file.readline, LONGEST + 1), b""), where)
    except TraceError as error:
        raise click.UsageError(f"{name}: {error}") from error
    except IsADirectoryError as error:
        raise click.UsageError(f"{name}: it is a directory; name the file of a trace") from error
    except FileNotFoundError as error:
        raise click.UsageError(f"{name}: there is no such file") from error
    except OSError as error:
        raise click.UsageError(f"{name}: {error.strerror}") from error
    except RuntimeError as error:  # click's, for a standard input that is closed
        raise click.UsageError(f"{name}: it is closed; name a file") from error


def _check_size(path: Path) -> None:
    """Refuse a file that is too large before it is read; of a pipe the size is not known."""
    about = path.stat()
    if stat.S_ISREG(about.st_mode) and about.st_size > MAX_BYTES:
        raise too_large()
