"""Copy the Python that runs this program, and the shared libraries that it needs, into a root."""

from __future__ import annotations

import re
import shutil
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

from images.commands import ImageError, run

if TYPE_CHECKING:
    from collections.abc import Iterable

PYTHON = f"python{sys.version_info.major}.{sys.version_info.minor}"
INTERPRETER = Path(sys.base_prefix) / "bin" / PYTHON
STANDARD_LIBRARY = Path(sysconfig.get_path("stdlib"))
PREFIX = Path("usr/local")
LIBRARIES = PREFIX / "lib"

NEVER_NEEDED = (
    "site-packages",
    "dist-packages",
    "__pycache__",
    "config-*",
    "ensurepip",
    "idlelib",
    "lib2to3",
    "test",
    "tests",
    "tkinter",
    "turtledemo",
    "_tkinter.*",
)
"""What of a standard library an operator cannot use: other people's packages, what a C
compiler needs, a screen, installers, tests."""

_IGNORED = shutil.ignore_patterns(*NEVER_NEEDED)


def copy_python(root: Path) -> None:
    """Copy the interpreter and its standard library below /usr/local."""
    (root / PREFIX / "bin").mkdir(parents=True)
    shutil.copy(INTERPRETER, root / PREFIX / "bin")
    shutil.copytree(
        STANDARD_LIBRARY,
        root / PREFIX / "lib" / PYTHON,
        ignore=_IGNORED,
        ignore_dangling_symlinks=True,
    )


def system_libraries() -> list[str]:
    """Return a line for each shared library of this Python: its path, its size, its time.

    Raises:
        ImageError: one of them is missing on this machine.
    """
    folder = STANDARD_LIBRARY / "lib-dynload"
    names = [path.name for path in folder.glob("*.so")]
    modules = [folder / name for name in names if name not in _IGNORED(str(folder), names)]
    found = [(path, path.stat()) for path in sorted(_needed([INTERPRETER, *modules]))]
    return [f"{path} {stat.st_size} {stat.st_mtime_ns}" for path, stat in found]


def copy_libraries(root: Path) -> None:
    """Copy every shared library that a program or extension module in the root needs.

    They all go into one folder, which LD_LIBRARY_PATH names in the image: where a loader looks by
    itself differs among distributions. The loader alone stays where programs say that it is.

    Raises:
        ImageError: `ldd` does not know one of the files, or a library is missing on this machine.
    """
    folder = root / LIBRARIES
    for needed in sorted(_needed([root / PREFIX / "bin" / PYTHON, *root.rglob("*.so*")])):
        if needed.is_relative_to(root):
            continue
        loader = needed.name.startswith("ld-")
        target = root / needed.relative_to("/") if loader else folder / needed.name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(needed, target)


def _needed(programs: Iterable[Path]) -> set[Path]:
    """Return what `ldd` finds: lines such as `libm.so.6 => /lib/libm.so.6 (0x7f...)`."""
    told = run(["ldd", *programs], Path("/"))
    if missing := re.search(r"^\t(.*) => not found", told, re.MULTILINE):
        raise ImageError(f"{missing[1]} is not on this machine: Python or a dependency needs it")
    return {Path(path) for path in re.findall(r"^\t(?:.* => )?(/.*) \(0x", told, re.MULTILINE)}
