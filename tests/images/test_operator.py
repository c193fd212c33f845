"""The operator's image has what the operator needs, nothing else, and runs without rights."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from images import operator
from images.reading import layer
from images.runtime import PYTHON
from tests.cluster.progress import say
from tests.images.roots import root_or_skip, start, unpacked

if TYPE_CHECKING:
    import tarfile
    from collections.abc import Iterator

MEGABYTE = 1_000_000
PROJECT = Path(__file__).parents[2]
PACKAGES = f"{operator.HOME}/lib/{PYTHON}/site-packages"


@cache
def _entries() -> dict[str, tarfile.TarInfo]:
    with layer(operator.archive(say)) as files:
        return {entry.name: entry for entry in files}


@pytest.fixture(scope="module")
def root() -> Iterator[Path]:
    """Return the unpacked root folder, which only root may enter."""
    root_or_skip()
    with unpacked(operator.archive(say)) as folder:
        yield folder


def test_it_is_not_larger_than_it_may_be() -> None:
    """All its files together have at most 300 MB."""
    assert sum(entry.size for entry in _entries().values()) <= 300 * MEGABYTE


def test_every_module_is_compiled() -> None:
    """Beside each module in the image lies its bytecode."""
    modules = [name for name in _entries() if name.endswith(".py")]
    assert len(modules) > 1000
    assert [name for name in modules if cache_from_source(name) not in _entries()] == []


def test_it_has_the_locked_packages_alone() -> None:
    """Installed are the run-time dependencies in their locked versions, and the operator."""
    found = {
        tuple(name.removesuffix(".dist-info").rsplit("/", 1)[1].split("-"))
        for name in _entries()
        if name.startswith(PACKAGES) and name.endswith(".dist-info")
    }
    want = {(name.replace("-", "_"), version) for name, version in _locked("requirements-run.lock")}
    assert found == want | {("onair", operator.VERSION)}


def test_it_has_no_shell_and_no_installer() -> None:
    """Its only programs are the interpreter and the operator's command."""
    programs = {name for name in _entries() if Path(name).parent.name in {"bin", "sbin"}}
    assert programs == {
        f"usr/local/bin/{PYTHON}",
        f"{operator.HOME}/bin/python",
        f"{operator.HOME}/bin/onair",
    }


def test_what_runs_in_pods_is_what_is_tested() -> None:
    """Both lock files agree on the version of each package."""
    assert _locked("requirements-run.lock") <= _locked("requirements.lock")


def test_it_runs_without_rights_on_a_read_only_root(root: Path) -> None:
    """The entrypoint, found in the image's PATH, starts as user 65532."""
    process = start(root, *operator.IMAGE.entrypoint, "--version")
    said, _ = process.communicate(timeout=30)
    assert said == f"onair, version {operator.VERSION}\n"


def test_its_user_can_write_only_to_tmp(root: Path) -> None:
    """No file or folder but /tmp may be changed by the image's user."""
    look = (
        "import os; "
        "print(os.getuid(), os.getgid(), [p for d, _, f in os.walk('/', followlinks=False) "
        "if not d.startswith('/proc') for p in (d, *(os.path.join(d, n) for n in f)) "
        "if os.access(p, os.W_OK)])"
    )
    said, _ = start(root, "python", "-c", look).communicate(timeout=30)
    assert said == "65532 65532 ['/tmp']\n"


def test_nothing_is_compiled_at_start(root: Path) -> None:
    """Python takes all code from bytecode files: no module is compiled on the way up."""
    said, _ = start(root, "python", "-v", "/opt/onair/bin/onair", "run", "--help").communicate(
        timeout=30
    )
    sources = re.findall(r"^# code object from '?([^'\n]*)", said, re.MULTILINE)
    assert "/opt/onair/lib/python3.11/site-packages/onair/__pycache__/runtime" in said
    assert [source for source in sources if not source.endswith(".pyc")] == []


def _locked(name: str) -> set[tuple[str, str]]:
    """Return the name and version of each package in a lock file."""
    return set(re.findall(r"^([a-z0-9-]+)==(\S+)", (PROJECT / name).read_text(), re.MULTILINE))
