"""`python -m images` as a person runs it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from images import programs
from tests.cluster.progress import say

PROJECT = Path(__file__).parents[2]


def _run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "images", *map(str, arguments)]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)


def test_it_writes_an_archive_and_says_how_large_it_is(tmp_path: Path) -> None:
    """The file is the archive that tests use, in a folder that is made if need be."""
    want = programs.archive("pause", say)
    output = tmp_path / "dist" / "pause.tar"
    done = _run("pause", "--output", output)
    assert (done.returncode, done.stderr) == (0, "")
    size = r"\d+\.\d MB"
    line = rf"onair.dev/pause:test: {size}, {size} unpacked, in {re.escape(str(output))}\n"
    assert re.fullmatch(line, done.stdout)
    assert output.read_bytes() == want.read_bytes()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """What went wrong is one line that names the file, and the exit code says that it did."""
    done = _run("pause", "--output", tmp_path)
    assert done.returncode == 1
    assert done.stderr == f"[Errno 21] Is a directory: '{tmp_path}'\n"


def test_an_unknown_image_is_refused() -> None:
    """The message says which images there are."""
    done = _run("demo", "--output", "x")
    assert done.returncode == 2
    assert "invalid choice: 'demo' (choose from 'operator', 'crowd', 'pause')" in done.stderr
