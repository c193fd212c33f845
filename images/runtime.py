"""Copy the Python that runs this program, and the shared libraries that it needs, into a root."""

from __future__ import annotations

import re
import shutil
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

from images.commands import run

if TYPE_CHECKING:
    from collections.abc import Iterable

PYTHON = f"python{sys.version_info.major}.{sys.version_info.minor}"
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


def copy_python(root: Path) -> None:
    """Copy the interpreter and its standard library below /usr/local."""
    (root / PREFIX / "bin").mkdir(parents=True)
    shutil.copy(Path(sys.base_prefix) / "bin" / PYTHON, root / PREFIX / "bin")
    shutil.copytree(
        sysconfig.get_path("stdlib"),
        root / PREFIX / "lib" / PYTHON,
        ignore=shutil.ignore_patterns(*NEVER_NEEDED),
        ignore_dangling_symlinks=True,
    )


def copy_libraries(root: Path) -> None:
    """Copy every shared library that a program or extension module in the root needs.

    They all go into one folder, which LD_LIBRARY_PATH names in the image: where a loader looks by
    itself differs among distributions. The loader alone stays where programs say that it is.

    Raises:
        ImageError: `ldd` does not know one of the files.
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
    return {Path(path) for path in re.findall(r"^\t(?:.* => )?(/.*) \(0x", told, re.MULTILINE)}
