"""A layer of an image: the tar of a root folder, the same bytes for the same content."""

from __future__ import annotations

import gzip
import stat
import tarfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

COMPRESSION = 6
"""gzip's own default."""


def write_layer(root: Path, output: Path) -> None:
    """Write what is in `root` as a tar packed by gzip.

    Everything in it belongs to root, is as old as the epoch, can be read by all and written by
    root alone; only a folder with the sticky bit, such as /tmp, stays open to all.
    """
    with (
        output.open("wb") as file,
        gzip.GzipFile("", "wb", COMPRESSION, file, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        for path in sorted(root.rglob("*")):
            _add(tar, path, path.relative_to(root).as_posix())


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
