"""What the operator's image takes from the machine that makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from images import runtime
from images.commands import ImageError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return the file whose lines an `ldd` in place of the machine's own prints."""
    ldd = tmp_path / "ldd"
    ldd.write_text(f"#!/bin/sh\nexec /bin/cat {tmp_path}/told\n")
    ldd.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path / "told"


def test_a_missing_library_is_named(told: Path, tmp_path: Path) -> None:
    """A library that this machine lacks makes no image: it would fail only in the pod."""
    told.write_text("\tlibm.so.6 => /lib/libm.so.6 (0x7f00)\n\tlibssl.so.3 => not found\n")
    with pytest.raises(ImageError, match=r"^libssl\.so\.3 is not on this machine"):
        runtime.copy_libraries(tmp_path)


def test_an_updated_library_is_seen(told: Path, tmp_path: Path) -> None:
    """What decides whether the image is made anew changes with a library's content."""
    library = tmp_path / "libssl.so.3"
    told.write_text(f"\tlibssl.so.3 => {library} (0x7f00)\n")
    library.write_text("old")
    before = runtime.system_libraries()
    library.write_text("newer")
    assert runtime.system_libraries() != before
