"""The two Go programs of this folder, for this machine: the load generator, and the server.

Go's own cache makes every build but the first one quick. On the real node the server comes as an
image.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from images.commands import run
from tests.cluster.toolchain import go

if TYPE_CHECKING:
    from tests.cluster.progress import Say


def build(name: str, folder: Path, say: Say) -> Path:
    """Build `generator` or `server` into a folder; return the program's path.

    Raises:
        NoToolchainError: there is no Go, and none could be installed.
        ImageError: the compiler refused.
    """
    program = folder / name
    run(
        [go(say), "build", "-trimpath", "-buildvcs=false", "-o", program, "."],
        Path(__file__).with_name(name),
        {"CGO_ENABLED": "0", "GOTOOLCHAIN": "local", "GOWORK": "off"},
    )
    return program
