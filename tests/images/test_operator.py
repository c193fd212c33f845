"""The operator's image has what the operator needs, nothing else, and runs without rights."""

from __future__ import annotations

import re
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from images import operator
from images.reading import layers
from images.runtime import PYTHON
from tests.cluster.progress import say
from tests.images.roots import root_or_skip, start, unpacked

if TYPE_CHECKING:
    import tarfile
    from collections.abc import Iterator

    Entries = dict[str, tarfile.TarInfo]

MEGABYTE = 1_000_000
PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def archive() -> Path:
    """Return the operator's image."""
    return operator.archive(say)


@pytest.fixture(scope="module")
def entries(archive: Path) -> Entries:
    """Return what is in the image by its path."""
    return {entry.name: entry for layer in layers(archive) for entry in layer}


@pytest.fixture(scope="module")
def root(archive: Path) -> Iterator[Path]:
    """Return the unpacked root folder, which only root may enter."""
    root_or_skip()
    with unpacked(archive) as folder:
        yield folder


def test_it_is_not_larger_than_it_may_be(entries: Entries) -> None:
    """All its files together have at most 300 MB."""
    assert sum(entry.size for entry in entries.values()) <= 300 * MEGABYTE


def test_it_does_not_know_where_it_was_made(archive: Path, entries: Entries) -> None:
    """No file names this checkout, or has the hash of one that did: another makes the same."""
    assert [name for name in entries if Path(name).name in {"RECORD", "direct_url.json"}] == []
    here = f"{PROJECT}/".encode()
    for layer in layers(archive):
        for entry in layer:
            held = layer.extractfile(entry) if entry.isfile() else None
            assert held is None or here not in held.read(), entry.name


def test_every_module_is_compiled(entries: Entries) -> None:
    """Beside each module in the image lies its bytecode."""
    modules = [name for name in entries if name.endswith(".py")]
    assert len(modules) > 1000
    assert [name for name in modules if cache_from_source(name) not in entries] == []


def test_it_has_the_locked_packages_alone(entries: Entries) -> None:
    """Installed are the run-time dependencies in their locked versions, and the operator."""
    found = {
        tuple(name.removesuffix(".dist-info").rsplit("/", 1)[1].split("-"))
        for name in entries
        if name.startswith(str(operator.PACKAGES)) and name.endswith(".dist-info")
    }
    want = {(name.replace("-", "_"), version) for name, version in _locked("requirements-run.lock")}
    assert found == want | {("onair", operator.VERSION)}


def test_it_has_no_shell_and_no_installer(entries: Entries) -> None:
    """Its only programs are the interpreter and the operator's command."""
    programs = {name for name in entries if Path(name).parent.name in {"bin", "sbin"}}
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
    said, _ = start(root, *operator.IMAGE.entrypoint, "--version").communicate(timeout=30)
    assert said == f"onair, version {operator.VERSION}\n"
    look = "import os; print(os.getuid(), os.getgid(), os.access('/tmp', os.W_OK))"
    said, _ = start(root, "python", "-c", look).communicate(timeout=30)
    assert said == "65532 65532 False\n"


def test_its_user_may_write_only_to_tmp(entries: Entries) -> None:
    """All files are root's, and but for /tmp nobody else may write them."""
    assert {entry.uid for entry in entries.values()} == {0}
    open_to_others = [name for name, entry in entries.items() if entry.mode & 0o022]
    links = [name for name, entry in entries.items() if entry.issym()]
    assert sorted(set(open_to_others) - set(links)) == ["tmp"]


def test_nothing_is_compiled_at_start(root: Path) -> None:
    """Python takes all code from bytecode files: no module is compiled on the way up."""
    said, _ = start(root, "python", "-v", "/opt/onair/bin/onair", "run", "--help").communicate(
        timeout=30
    )
    sources = re.findall(r"^# code object from '?([^'\n]*)", said, re.MULTILINE)
    assert f"/{operator.PACKAGES}/onair/__pycache__/runtime" in said
    assert [source for source in sources if not source.endswith(".pyc")] == []


def _locked(name: str) -> set[tuple[str, str]]:
    """Return the name and version of each package in a lock file."""
    return set(re.findall(r"^([a-z0-9-]+)==(\S+)", (PROJECT / name).read_text(), re.MULTILINE))
