"""`python -m images NAME --output FILE`: write an image as an OCI archive."""

from __future__ import annotations

import argparse
import functools
import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from images import operator, programs
from images.commands import ImageError
from images.reading import image_name, unpacked_size
from tests.cluster.progress import say
from tests.cluster.toolchain import NoToolchainError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cluster.progress import Say

INTERRUPTED = 130  # what shells return for a command that SIGINT ended
MEGABYTE = 1_000_000

IMAGES: dict[str, Callable[[Say], Path]] = {
    "operator": operator.archive,
    "crowd": functools.partial(programs.archive, "crowd"),
    "pause": functools.partial(programs.archive, "pause"),
}


def main() -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m images",
        description="Write an image as an OCI archive, without a container daemon.",
    )
    parser.add_argument("image", choices=IMAGES, help="which image")
    parser.add_argument("--output", type=Path, required=True, help="the archive to write")
    arguments = parser.parse_args()
    # Said for SIGINT too: a shell starts background jobs with it ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        _write(arguments.image, arguments.output)
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except (ImageError, NoToolchainError, OSError) as error:
        say(str(error))
        return 1
    return 0


def _write(image: str, output: Path) -> None:
    archive = IMAGES[image](say)
    output.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(archive, output)
    packed, unpacked = output.stat().st_size / MEGABYTE, unpacked_size(output) / MEGABYTE
    line = f"{image_name(output)}: {packed:.1f} MB, {unpacked:.1f} MB unpacked, in {output}\n"
    sys.stdout.write(line)


if __name__ == "__main__":
    sys.exit(main())
