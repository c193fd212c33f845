"""Images of one static Go program each, for the tests on the real node."""

from __future__ import annotations

import platform
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from images.archive import Image, write
from images.cache import cached
from images.commands import run
from images.layer import write_layer
from tests.cluster.toolchain import go

if TYPE_CHECKING:
    from tests.cluster.progress import Say

TESTS = Path(__file__).parents[1] / "tests"
SOURCES = {"crowd": TESTS / "crowd" / "server", "pause": TESTS / "cluster" / "node" / "pause"}
"""The folder of each program: a Go module of its own, without dependencies."""


def image_name(name: str) -> str:
    """Return what a manifest calls the image of a program."""
    return f"onair.dev/{name}:test"


def archive(name: str, say: Say) -> Path:
    """Return the OCI archive of a program, `crowd` or `pause`, after building it if it is new.

    Raises:
        NoToolchainError: there is no Go, and none could be installed.
        ImageError: the compiler refused.
    """
    source = SOURCES[name]

    def make(output: Path) -> None:
        say(f"building the image {image_name(name)}")
        with tempfile.TemporaryDirectory() as folder:
            root, layer = Path(folder, "root"), Path(folder, "layer")
            root.mkdir()
            build(source, root / name, say)
            write_layer(root, layer)
            write([layer], Image(image_name(name), (f"/{name}",)), output)

    return cached(name, [platform.machine().encode(), source], make, say)


def build(source: Path, output: Path, say: Say) -> None:
    """Build the static program of a folder.

    Raises:
        NoToolchainError: there is no Go, and none could be installed.
        ImageError: the compiler refused.
    """
    command = [str(go(say)), "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w"]
    static = {"CGO_ENABLED": "0", "GOOS": "linux", "GOTOOLCHAIN": "local", "GOWORK": "off"}
    run([*command, "-o", str(output), "."], source, static)
