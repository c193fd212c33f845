"""The layer of an image: the tar of a root folder, the same bytes for the same content."""

from __future__ import annotations

import gzip
import hashlib
import io
import stat
import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

COMPRESSION = 6
"""gzip's own default."""


@dataclass(frozen=True, slots=True)
class Layer:
    """The digests of a layer: of the tar itself, which a config names, and of the packed one."""

    content: str
    packed: str


def write_layer(root: Path, output: Path) -> Layer:
    """Write what is in `root` as a tar packed by gzip.

    Everything in it belongs to root, is as old as the epoch, can be read by all and written by
    root alone; only a folder with the sticky bit, such as /tmp, stays open to all.
    """
    with (
        output.open("wb") as file,
        gzip.GzipFile("", "wb", COMPRESSION, file, mtime=0) as packed,
    ):
        content = _Hashed(packed)
        with tarfile.open(fileobj=content, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            for path in sorted(root.rglob("*")):
                _add(tar, path, path.relative_to(root).as_posix())
    with output.open("rb") as made:
        whole = hashlib.file_digest(made, "sha256")
    return Layer(f"sha256:{content.hash.hexdigest()}", f"sha256:{whole.hexdigest()}")


def _add(tar: tarfile.TarFile, path: Path, name: str) -> None:
    entry = tarfile.TarInfo(name)
    status = path.lstat()
    entry.mode = _mode(status.st_mode)
    if path.is_symlink():
        entry.type, entry.linkname = tarfile.SYMTYPE, str(path.readlink())
        tar.addfile(entry)
    elif path.is_dir():
        entry.type = tarfile.DIRTYPE
        tar.addfile(entry)
    else:
        entry.size = status.st_size
        with path.open("rb") as content:
            tar.addfile(entry, content)


def _mode(mode: int) -> int:
    """Return the mode that a file gets, whatever umask it was made with."""
    if mode & stat.S_ISVTX:
        return 0o1777
    return 0o755 if mode & stat.S_IXUSR else 0o644


class _Hashed(io.RawIOBase):
    """Hash what is written, and pass it on."""

    def __init__(self, behind: gzip.GzipFile) -> None:
        self._behind = behind
        self.hash = hashlib.sha256()

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.hash.update(data)
        return self._behind.write(data)
