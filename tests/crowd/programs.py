"""The two Go programs of this folder, for this machine: the load generator, and the server.

Go's own cache makes every build but the first one quick. On the real node the server comes as an
image.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from images import programs

if TYPE_CHECKING:
    from tests.cluster.progress import Say


def build(name: str, folder: Path, say: Say) -> Path:
    """Build `generator` or `server` into a folder; return the program's path.

    Raises:
        NoToolchainError, ImageError: see images.programs.build.
    """
    programs.build(Path(__file__).with_name(name), folder / name, say)
    return folder / name
