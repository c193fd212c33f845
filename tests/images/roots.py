"""Run programs in the unpacked root folder of an image, as a container runtime would."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from images.archive import NONROOT
from images.operator import IMAGE
from images.reading import layers

if TYPE_CHECKING:
    from collections.abc import Iterator

READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
"""Run a program that sees the root folder read-only, as a restricted pod has it."""


def root_or_skip() -> None:
    """Skip the calling test unless it may enter an image's root folder; fail it in CI."""
    if os.geteuid() != 0:
        reason = "only root may enter an image's root folder"
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


@contextmanager
def unpacked(archive: Path) -> Iterator[Path]:
    """Yield a temporary folder with the files of an image."""
    with tempfile.TemporaryDirectory() as folder:
        for layer in layers(archive):
            layer.extractall(folder, filter="fully_trusted")
        root = Path(folder)
        root.chmod(0o755)
        yield root


def start(root: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """Start a program of the operator's image, found in the image's PATH, as the image's user.

    The root folder is read-only; it has the machine's network, and nothing of our environment;
    `environment` is added to the image's.
    """
    user, _, group = NONROOT.partition(":")
    read_only = ["unshare", "--mount", "sh", "-c", READ_ONLY, str(root)]
    environ = ["env", "--ignore-environment", *IMAGE.environment]
    environ += map("=".join, environment.items())
    enter = [str(shutil.which("unshare")), f"--root={root}", "--wd=/"]
    enter += [f"--setgid={group}", f"--setuid={user}", "--"]
    return subprocess.Popen(
        [*read_only, *environ, *enter, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
