"""The operator's image: the Python that runs this program, the run-time dependencies, the wheel.

The Dockerfile has the same packages on a Debian base, for those who have Docker.
"""

from __future__ import annotations

import functools
import platform
import shutil
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from images.archive import NONROOT, Image, write
from images.cache import cached
from images.commands import ImageError, run
from images.layer import write_layer
from images.runtime import (
    LIBRARIES,
    PREFIX,
    PYTHON,
    copy_libraries,
    copy_python,
    system_libraries,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cluster.progress import Say

PROJECT = Path(__file__).parents[1]
LOCK = PROJECT / "requirements-run.lock"
WHEEL = (PROJECT / "pyproject.toml", PROJECT / "README.md", PROJECT / "operator" / "onair")
"""What the wheel is made from."""

VERSION = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["version"]

HOME = Path("opt/onair")
"""The virtual environment in the image: the Python of any distribution looks there first."""

PACKAGES = HOME / "lib" / PYTHON / "site-packages"

IMAGE = Image(
    name=f"onair.dev/onair:{VERSION}",
    entrypoint=("onair",),
    environment=(f"PATH=/{HOME}/bin", f"LD_LIBRARY_PATH=/{LIBRARIES}"),
)

COMMAND = f"""\
#!/{HOME}/bin/python
import sys
from onair.cli.main import main
sys.exit(main())
"""


def archive(say: Say) -> Path:
    """Return the OCI archive of the operator, after making what is new in it.

    It has two layers, so that an edit of the operator makes only the small one anew.

    Raises:
        ImageError: this is not Linux, or pip, the compiler of modules or `ldd` failed.
    """
    if sys.platform != "linux":
        raise ImageError(
            "the operator's image takes the Python of this machine, which has to be a Linux; "
            "elsewhere build the Dockerfile"
        )
    machine = [platform.machine(), sys.version, sys.base_prefix, *system_libraries()]
    runtime = "\n".join(machine).encode()
    base = cached("base", [runtime, LOCK], functools.partial(_make_base, say), say)

    def make(output: Path) -> None:
        say(f"making the image {IMAGE.name}")
        with tempfile.TemporaryDirectory() as folder:
            layer = Path(folder, "layer")
            _make_layer(fill_top, layer)
            write([base, layer], IMAGE, output)

    return cached("onair", [base.name.encode(), *WHEEL], make, say)


def _make_base(say: Say, output: Path) -> None:
    say("collecting Python and the operator's dependencies for its image: about 20 s, once")
    _make_layer(fill_base, output)


def _make_layer(fill: Callable[[Path], None], output: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder))
        write_layer(Path(folder), output)


def fill_base(root: Path) -> None:
    """Fill a folder with Python, what the operator needs at run time, and the system's files.

    Raises:
        ImageError: pip, the compiler of modules or `ldd` failed.
    """
    copy_python(root)
    _install(root, "--require-hashes", "--requirement", str(LOCK))
    copy_libraries(root)
    _compile(root)
    _write(root / HOME / "pyvenv.cfg", f"home = /{PREFIX}/bin\n")
    (root / HOME / "bin").mkdir()
    (root / HOME / "bin" / "python").symlink_to(f"/{PREFIX}/bin/{PYTHON}")
    number = NONROOT.partition(":")[0]
    _write(root / "etc" / "passwd", f"nonroot:x:{number}:{number}::/:/nologin\n")
    _write(root / "etc" / "group", f"nonroot:x:{number}:\n")
    _write(root / "etc" / "nsswitch.conf", "hosts: files dns\n")
    (root / "tmp").mkdir()
    (root / "tmp").chmod(0o1777)


def fill_top(root: Path) -> None:
    """Fill a folder with the operator itself.

    Raises:
        ImageError: pip or the compiler of modules failed.
    """
    _install(root, "--no-build-isolation", str(PROJECT))
    # It says where on this machine the wheel came from.
    next((root / PACKAGES).glob("onair-*.dist-info/direct_url.json")).unlink()
    _compile(root)
    _write(root / HOME / "bin" / "onair", COMMAND).chmod(0o755)


def _install(root: Path, *what: str) -> None:
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    install += ["--no-compile", "--no-deps", "--target", str(root / PACKAGES)]
    run([*install, *what], PROJECT)
    # The packages' own commands name this machine's Python, and the records have their hashes.
    shutil.rmtree(root / PACKAGES / "bin")
    for record in (root / PACKAGES).glob("*.dist-info/RECORD"):
        record.unlink()


def _compile(root: Path) -> None:
    """Compile every module, to be trusted without a look at the source's time: it is not kept."""
    options = ["-q", "-j", "0", "--invalidation-mode", "unchecked-hash"]
    run([sys.executable, "-m", "compileall", *options, "-s", root, "-p", "/", root], root)


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path
