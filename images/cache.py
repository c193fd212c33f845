"""Make the files of images once for their content, in the cache folder, one at a time."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from tests.cluster.lock import only_one
from tests.cluster.toolchain import cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.cluster.progress import Say

KEPT = 3
"""Files of a name: whoever has just asked for one has time to read it."""

OURSELVES = Path(__file__).parent


def cached(
    name: str, inputs: Iterable[bytes | Path], make: Callable[[Path], None], say: Say
) -> Path:
    """Return the path of a file, made by `make(path)` if these inputs are new.

    `inputs` are texts, files and folders; this package's own files are always among them. Only one
    file is made at a time on a machine: a second caller waits and finds its work done.
    """
    folder = cache_folder() / "images"
    made = folder / f"{name}-{_key(inputs)}"
    if not _found(made):
        folder.mkdir(parents=True, exist_ok=True)
        with only_one(folder / "build.lock", say):
            if not _found(made):
                partial = folder / f"{name}.partial"
                make(partial)
                partial.rename(made)
                _remove_oldest(folder, name)
    return made


def _found(made: Path) -> bool:
    """Tell whether a file is there, and make it the newest: what is used is not old."""
    try:
        os.utime(made)
    except FileNotFoundError:
        return False
    return True


def _key(inputs: Iterable[bytes | Path]) -> str:
    key = hashlib.sha256()
    for given in (*inputs, *sorted(OURSELVES.glob("*.py"))):
        for part in _parts(given):
            key.update(hashlib.sha256(part).digest())
    return key.hexdigest()[:12]


def _parts(given: bytes | Path) -> Iterator[bytes]:
    if isinstance(given, bytes):
        yield given
    elif given.is_file():
        yield from (given.name.encode(), given.read_bytes())
    else:
        for path in sorted(given.rglob("*")):
            if path.is_file() and path.parent.name != "__pycache__":
                yield from (str(path.relative_to(given)).encode(), path.read_bytes())


def _remove_oldest(folder: Path, name: str) -> None:
    files = sorted(folder.glob(f"{name}-*"), key=lambda path: path.stat().st_mtime)
    for old in files[:-KEPT]:
        old.unlink()
