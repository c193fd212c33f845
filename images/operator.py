"""The operator's image: the Python that runs this program, the run-time dependencies, the wheel.

The Dockerfile makes the same thing for those who have Docker.
"""

from __future__ import annotations

import platform
import shutil
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from images.archive import NONROOT, Image, write
from images.cache import cached
from images.commands import run
from images.runtime import LIBRARIES, PREFIX, PYTHON, copy_libraries, copy_python

if TYPE_CHECKING:
    from tests.cluster.progress import Say

PROJECT = Path(__file__).parents[1]
LOCK = PROJECT / "requirements-run.lock"
SOURCES = (PROJECT / "pyproject.toml", PROJECT / "README.md", LOCK, PROJECT / "operator" / "onair")
"""What the wheel and its dependencies are made from."""

VERSION = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["version"]

HOME = Path("opt/onair")
"""The virtual environment in the image: the Python of any distribution looks there first."""

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
    """Return the OCI archive of the operator, after making it if anything in it is new.

    Raises:
        ImageError: pip, the compiler of modules or `ldd` failed.
    """

    def make(output: Path) -> None:
        say(f"making the image {IMAGE.name}: about half a minute")
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            fill(root)
            write(root, IMAGE, output)

    runtime = f"{platform.machine()} {sys.version} {sys.base_prefix}"
    return cached("onair", [runtime.encode(), *SOURCES], make, say)


def fill(root: Path) -> None:
    """Fill an empty folder with what the operator needs to run, and with nothing else.

    Raises:
        ImageError: pip, the compiler of modules or `ldd` failed.
    """
    copy_python(root)
    _install(root / HOME)
    copy_libraries(root)
    _compile(root)
    _write_system_files(root)


def _install(home: Path) -> None:
    """Make a virtual environment of the wheel and of what it needs at run time; no pip in it."""
    packages = home / "lib" / PYTHON / "site-packages"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    install += ["--no-compile", "--no-deps", "--target", str(packages)]
    run([*install, "--require-hashes", "--requirement", LOCK], PROJECT)
    run([*install, "--no-build-isolation", PROJECT], PROJECT)
    # The commands of the dependencies, and where on this machine the wheel came from.
    shutil.rmtree(packages / "bin")
    next(packages.glob("onair-*.dist-info/direct_url.json")).unlink()

    _write(home / "pyvenv.cfg", f"home = /{PREFIX}/bin\n")
    _write(home / "bin" / "onair", COMMAND).chmod(0o755)
    (home / "bin" / "python").symlink_to(f"/{PREFIX}/bin/{PYTHON}")


def _compile(root: Path) -> None:
    """Compile every module, to be trusted without a look at the source's time: it is not kept."""
    options = ["-q", "-j", "0", "--invalidation-mode", "unchecked-hash"]
    run([sys.executable, "-m", "compileall", *options, "-s", root, "-p", "/", root], root)


def _write_system_files(root: Path) -> None:
    number = NONROOT.partition(":")[0]
    _write(root / "etc" / "passwd", f"nonroot:x:{number}:{number}::/:/nologin\n")
    _write(root / "etc" / "group", f"nonroot:x:{number}:\n")
    _write(root / "etc" / "nsswitch.conf", "hosts: files dns\n")
    temporary = root / "tmp"
    temporary.mkdir()
    temporary.chmod(0o1777)


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path
