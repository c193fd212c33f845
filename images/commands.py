"""Run the programs that fill a root folder."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


class ImageError(RuntimeError):
    """An image could not be made; the message carries what the failing program said."""


def run(
    command: Sequence[str | Path],
    folder: Path,
    environment: Mapping[str, str] | None = None,
) -> str:
    """Run a command in a folder and return what it printed; `environment` is added to ours.

    Raises:
        ImageError: it ended with an error.
    """
    done = subprocess.run(  # noqa: S603 - the project's own tools, on its own files
        command,
        cwd=folder,
        env=os.environ | (environment or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise ImageError(f"{' '.join(map(str, command))}\nfailed:\n{done.stdout}{done.stderr}")
    return done.stdout
