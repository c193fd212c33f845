"""Reading manifests from files and from standard input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from onair.documents import Documents, read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Command = Any

_MOST: Final = 32 << 20
"""Bytes of a file: 10,000 campaigns of 3 KiB, and not whatever a device has to give."""


def files(*, required: bool) -> Callable[[Command], Command]:
    """Add `FILE...`; `-` is standard input."""
    path = click.Path(allow_dash=True)
    metavar = "FILE..." if required else "[FILE]..."
    return click.argument("files", nargs=-1, required=required, type=path, metavar=metavar)


def read_files(paths: Sequence[str]) -> list[Documents]:
    """Return what stands in files.

    Raises:
        click.UsageError: when one cannot be read as text.
    """
    found = []
    for path in paths:
        name = "stdin" if path == "-" else path
        try:
            with click.open_file(path, "rb") as file:
                said = file.read(_MOST + 1)
            text = said.decode()
        except OSError as error:
            raise click.UsageError(f"{name}: {_why(error, name)}") from error
        except RuntimeError as error:  # click's, for a standard input that is closed
            raise click.UsageError(f"{name}: it is closed; name files") from error
        except UnicodeDecodeError as error:
            raise click.UsageError(f"{name}: it is not UTF-8; save it as UTF-8") from error
        if len(said) > _MOST:
            raise click.UsageError(f"{name}: it is larger than {_MOST >> 20} MiB; split it")
        found.append(read(text, name))
    return found


def _why(error: OSError, name: str) -> str:
    """Return why a file cannot be read, and what would be right."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, IsADirectoryError):
        return f"it is a directory; name its files, such as {name.rstrip('/')}/*.yaml"
    return str(error.strerror)
