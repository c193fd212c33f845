"""The images of the Go programs, and what the first process of a pod must do."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from images import programs
from images.commands import ImageError
from images.reading import image_name, layers
from tests.cluster.progress import say, silent
from tests.cluster.waiting import until
from tests.images.roots import root_or_skip, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def pause() -> Iterator[Path]:
    """Return the program of the pause image."""
    with unpacked(programs.archive("pause", say)) as root:
        yield root / "pause"


@pytest.mark.parametrize("name", [pytest.param(name, id=name) for name in programs.SOURCES])
def test_an_image_holds_one_static_program(name: str) -> None:
    """There is one file in the image, the program that it starts, and it needs no other."""
    archive = programs.archive(name, say)
    assert [entry.name for layer in layers(archive) for entry in layer] == [name]
    with unpacked(archive) as root:
        needed = subprocess.run(["ldd", root / name], capture_output=True, text=True, check=False)
    assert "not a dynamic executable" in needed.stderr
    assert image_name(archive) == f"onair.dev/{name}:test"


def test_a_program_that_does_not_compile_says_where(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The compiler's own words reach whoever asked for the image."""
    (tmp_path / "go.mod").write_text("module onair.dev/pause\n\ngo 1.26.0\n")
    (tmp_path / "main.go").write_text("package main\n\nfunc main() { missing() }\n")
    monkeypatch.setitem(programs.SOURCES, "pause", tmp_path)
    with pytest.raises(ImageError, match=r"main\.go:3:15: undefined: missing"):
        programs.archive("pause", silent)


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(signal.SIGTERM, id="as a kubelet ends it"),
        pytest.param(signal.SIGINT, id="as a person ends it"),
    ],
)
def test_pause_waits_until_it_is_told_to_end(pause: Path, number: signal.Signals) -> None:
    """It runs on, and ends in good order at the signal."""
    with subprocess.Popen([pause]) as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.3)
        process.send_signal(number)
        assert process.wait(5) == 0


def test_pause_reaps_orphans(pause: Path) -> None:
    """As the first process of a PID namespace it leaves no zombie of what it never started."""
    root_or_skip()
    alone = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child", str(pause)]
    with subprocess.Popen(alone) as process:
        try:
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
            until(lambda: children.read_text() != "", seconds=10)
            first = children.read_text().strip()
            until(lambda: Path(f"/proc/{first}/comm").read_text() == "pause\n", seconds=10)
            inside = ["nsenter", "--target", first, "--pid", "--mount"]
            subprocess.run([*inside, "sh", "-c", "sleep 1 & exit"], check=True)
            until(lambda: "sleep" in _processes(inside), seconds=10)
            until(lambda: "sleep" not in _processes(inside), seconds=10)
        finally:
            process.kill()


def _processes(inside: list[str]) -> str:
    """Return the programs of a PID namespace's processes, zombies included."""
    look = [*inside, "sh", "-c", "cat /proc/[0-9]*/comm"]  # fails where one ends meanwhile
    return subprocess.run(look, capture_output=True, text=True, check=False).stdout
