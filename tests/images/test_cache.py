"""An archive is made once for its content."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING

import pytest

from images.cache import KEPT, cached
from images.commands import ImageError
from tests.cluster.progress import silent

if TYPE_CHECKING:
    from pathlib import Path


class Maker:
    """Write an archive that says how many were made before it."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, output: Path) -> None:
        """Write it, slowly enough for a second caller to come in between."""
        time.sleep(0.1)
        output.write_text(str(self.made))
        self.made += 1


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return the cache's folder of images, one of the test's own."""
    monkeypatch.setenv("ONAIR_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "images"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a folder of sources."""
    (tmp_path / "source" / "package").mkdir(parents=True)
    (tmp_path / "source" / "package" / "module.py").write_text("a = 1")
    return tmp_path / "source"


def test_the_same_content_is_made_once(source: Path) -> None:
    """A second call finds the first one's archive."""
    make = Maker()
    first = cached("onair", [b"3.11", source], make, silent)
    assert cached("onair", [b"3.11", source], make, silent) == first
    assert first.read_text() == "0"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("package/module.py", "a = 2", id="a changed file"),
        pytest.param("package/new.py", "", id="a new file"),
    ],
)
def test_changed_sources_are_made_anew(source: Path, name: str, text: str) -> None:
    """An edit of any file below a folder leads to another archive."""
    make = Maker()
    first = cached("onair", [source], make, silent)
    (source / name).write_text(text)
    second = cached("onair", [source], make, silent)
    assert (first.read_text(), second.read_text()) == ("0", "1")


def test_bytecode_beside_the_sources_changes_nothing(source: Path) -> None:
    """Running the sources where they are does not make an image anew."""
    make = Maker()
    first = cached("onair", [source], make, silent)
    (source / "package" / "__pycache__").mkdir()
    (source / "package" / "__pycache__" / "module.pyc").write_text("")
    assert cached("onair", [source], make, silent) == first


def test_a_failure_leaves_no_archive(source: Path) -> None:
    """What could not be made whole is not taken for an archive by the next call."""

    def fail(output: Path) -> None:
        output.write_text("half")
        raise ImageError("no")

    with pytest.raises(ImageError):
        cached("onair", [source], fail, silent)
    assert cached("onair", [source], Maker(), silent).read_text() == "0"


def test_two_callers_share_one_archive(source: Path) -> None:
    """Who comes while it is being made waits, says so, and gets the same."""
    make = Maker()
    said: list[str] = []
    got: list[Path] = []

    def ask() -> None:
        got.append(cached("onair", [source], make, said.append))

    callers = [threading.Thread(target=ask) for _ in range(2)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert make.made == 1
    assert got[0] == got[1]
    assert said == ["another build is running: waiting for it"]


def test_an_archive_that_goes_meanwhile_is_made_again(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What somebody else removes just as it is found is never left behind as an empty file."""
    make = Maker()
    first = cached("onair", [source], make, silent)
    utime = os.utime

    def utime_too_late(path: Path, times: None = None) -> None:
        monkeypatch.setattr(os, "utime", utime)
        path.unlink()
        utime(path, times)

    monkeypatch.setattr(os, "utime", utime_too_late)
    assert cached("onair", [source], make, silent) == first
    assert first.read_text() == "1"


def test_old_archives_go(source: Path, folder: Path) -> None:
    """Only the newest archives of an image are kept; other images' are left alone."""
    other = cached("pause", [source], Maker(), silent)
    texts = [str(number).encode() for number in range(KEPT + 1)]
    made = [cached("onair", [text], Maker(), silent) for text in texts]
    assert set(folder.glob("*-*")) == {other, *made[1:]}
