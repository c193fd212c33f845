"""Build the programs of a cluster into the cache folder, once per version."""

import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from tests.cluster.binaries import BINARIES, GOMODS, Binary
from tests.cluster.lock import only_one
from tests.cluster.logs import tail
from tests.cluster.progress import Say
from tests.cluster.toolchain import cache_folder, go

HEARTBEAT_SECONDS = 20


class BuildError(RuntimeError):
    """A program could not be built; the message carries the end of the compiler's output."""


def build(say: Say, binaries: Sequence[Binary] = BINARIES) -> dict[str, Path]:
    """Return the path of every program by its name, after building those that are missing.

    With an empty cache this takes about 16 minutes on two cores, and 4 more for the real node's.
    Only one build runs at a time on a machine: a second one waits for the first and finds its work
    done.

    Raises:
        BuildError: the compiler refused.
        NoToolchainError: there is no Go, and none could be installed.
    """
    if any(not binary.path.exists() for binary in binaries):
        cache_folder().mkdir(parents=True, exist_ok=True)
        with only_one(cache_folder() / "build.lock", say):
            missing = [binary for binary in binaries if not binary.path.exists()]
            if missing:
                _build_all(missing, say)
    return {binary.name: binary.path for binary in binaries}


def _build_all(missing: list[Binary], say: Say) -> None:
    program = go(say)
    say(
        f"building {len(missing)} programs, once: all take 16 minutes on two cores, a node's 4 more"
    )
    for number, binary in enumerate(missing, start=1):
        seconds = _build_one(program, binary, say)
        say(f"[{number}/{len(missing)}] {binary.name} built in {seconds:.0f} s")


def _build_one(program: Path, binary: Binary, say: Say) -> float:
    """Build one program under a temporary name, then rename it; return the seconds it took."""
    folder = binary.path.parent
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f"{binary.name}.partial"
    log = folder / f"{binary.name}.log"
    command = [str(program), "build", "-trimpath", "-buildvcs=false"]
    command += ["-tags", binary.tags, "-ldflags", binary.linker_flags]
    command += ["-o", str(partial), binary.package]
    began = time.monotonic()
    with log.open("wb") as output:
        code = _run(command, GOMODS / binary.module, output.fileno(), binary.name, say)
    if code != 0:
        raise BuildError(f"{binary.name} could not be built:\n{tail(log)}")
    partial.rename(binary.path)
    log.unlink()
    return time.monotonic() - began


def _run(command: list[str], folder: Path, output: int, name: str, say: Say) -> int:
    environment = os.environ | {"GOTOOLCHAIN": "local", "GOWORK": "off", "CGO_ENABLED": "0"}
    began = time.monotonic()
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=output, stderr=output
    ) as process:
        try:
            while True:
                try:
                    return process.wait(timeout=HEARTBEAT_SECONDS)
                except subprocess.TimeoutExpired:
                    say(f"  building {name}: {time.monotonic() - began:.0f} s")
        finally:
            process.terminate()
