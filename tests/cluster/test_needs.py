"""What a machine lacks for a real node is named, or installed where that can be done."""

import os
from pathlib import Path

import pytest

from tests.cluster.control_plane import ControlPlane
from tests.cluster.node import needs
from tests.cluster.node.fixtures import real_node_or_skip
from tests.cluster.processes import StartError

APT_GET = """\
#!/bin/sh
echo "$*" >> {log}
[ "$1" = install ] || exit 0
{fails_first}
for name in ip nft nsenter ptp runc; do echo > {folder}/$name; chmod +x {folder}/$name; done
"""
FAILS_FIRST = "[ $(grep -c install {log}) = 1 ] && exit 100"


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of programs of a machine that has none yet, but whose root we are."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setattr(needs, "FOLDERS", str(folder))
    monkeypatch.setattr(needs, "CPU_GROUPS", tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    _write(folder / "unshare", "#!/bin/sh\n")
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


@pytest.mark.parametrize(
    "fails_first", [pytest.param("", id="at once"), pytest.param(FAILS_FIRST, id="after an update")]
)
def test_packages_are_installed(bare: Path, fails_first: str) -> None:
    """Missing packages are installed as root, with fresh package lists if it takes them."""
    log = bare / "log"
    fails_first = fails_first.format(log=log)
    _write(bare / "apt-get", APT_GET.format(log=log, folder=bare, fails_first=fails_first))
    said: list[str] = []
    assert needs.missing(said.append) == []
    assert len(said) == 1
    assert all(package in said[0] for package in ("runc", "containernetworking-plugins"))
    assert ("update" in log.read_text()) == bool(fails_first)


def test_package_that_cannot_be_installed_is_named(bare: Path) -> None:
    """A package that is still missing after the attempt is named, the others are not."""
    _write(bare / "apt-get", "#!/bin/sh\nexit 100\n")
    for name in ("ip", "nft", "nsenter", "ptp"):
        _write(bare / name, "")
    assert needs.missing() == ["the Debian package runc"]


def test_missing_rights_are_named_and_nothing_is_installed(bare: Path) -> None:
    """Where namespaces are forbidden the reason is passed on; installing would not help."""
    _write(bare / "unshare", "#!/bin/sh\necho 'Operation not permitted' >&2\nexit 1\n")
    _write(bare / "apt-get", APT_GET.format(log=bare / "log", folder=bare, fails_first=""))
    assert needs.missing()[0] == "the right to make namespaces (Operation not permitted)"
    assert not (bare / "log").exists()


def test_other_users_are_told_that_root_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without root there is no real node: starting one says so, and starts nothing."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(StartError, match=r"^a real node needs root$"):
        ControlPlane.start(node=True)


@pytest.mark.parametrize(
    ("ci", "want"),
    [
        pytest.param("", pytest.skip.Exception, id="skipped elsewhere"),
        pytest.param("true", pytest.fail.Exception, id="failed in CI"),
    ],
)
def test_tests_that_need_it_name_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, ci: str, want: type[BaseException]
) -> None:
    """A test that needs the node is skipped with the reason, or fails where CI has to have it."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("CI", ci)
    with pytest.raises(want, match="a real node needs root"):
        real_node_or_skip()


def _write(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)
