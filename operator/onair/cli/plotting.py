"""The option `--plot`: which file, whether there is a library that draws it."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from onair.simulation.results import Simulation
    from onair.simulation.simulating import Simulated

_SUFFIXES: Final = (".svg", ".png")


def said_plot(_context: click.Context, _option: click.Parameter, text: str | None) -> Path | None:
    """Return the file of a picture, None if none is asked for."""
    if text is None:
        return None
    path = Path(text)
    if path.suffix not in _SUFFIXES:
        raise click.BadParameter(f"{text!r} ends neither in .svg nor in .png; name such a file")
    if not path.parent.is_dir():
        raise click.BadParameter(f"there is no directory {path.parent}; make it first")
    if find_spec("matplotlib") is None:
        raise click.BadParameter("a picture needs matplotlib: pip install 'onair[plot]'")
    return path


def plot(path: Path, simulated: Simulated, made: Simulation, where: ZoneInfo) -> None:
    """Draw a simulation into a file, times in a zone.

    Raises:
        click.UsageError: the file cannot be written.
    """
    # It takes a second to import, and is there only where somebody wants pictures.
    from onair.cli.plots import draw  # noqa: PLC0415

    try:
        with path.open("wb") as file:
            draw(file, path.suffix[1:], simulated, made, where)
    except OSError as error:
        raise click.UsageError(f"{path}: {error.strerror}") from error
