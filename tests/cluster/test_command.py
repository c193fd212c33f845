"""`python -m tests.cluster` builds what is asked for, and says in plain words what went wrong."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cluster import __main__ as command
from tests.cluster.binaries import BINARIES, NODE_BINARIES
from tests.cluster.cluster import KubectlError, LoadError
from tests.cluster.commands import REPOSITORY
from tests.cluster.control_plane import ControlPlane
from tests.cluster.node.network import set_up_network
from tests.cluster.processes import StartError

CONTROL_PLANE = {binary.name for binary in BINARIES}
NODE = {binary.name for binary in NODE_BINARIES}
# Writes an empty file in place of each program.
GO = """\
#!/bin/sh
[ "$1" = env ] && echo go1.99.0 && exit
while [ "$1" != -o ]; do shift; done
: > "$2"
"""


@pytest.mark.parametrize(
    ("options", "want"),
    [
        pytest.param([], CONTROL_PLANE, id="simulated"),
        pytest.param(["--node=real"], CONTROL_PLANE | NODE, id="real"),
    ],
)
def test_build_only(options: list[str], want: set[str], tmp_path: Path) -> None:
    """The real node's programs are built only for who wants a real node."""
    (tmp_path / "go").write_text(GO)
    (tmp_path / "go").chmod(0o755)
    cache = tmp_path / "cache"
    done = _run(["--build-only", *options], {"PATH": str(tmp_path), "ONAIR_CACHE": str(cache)})
    assert done.returncode == 0, done.stderr
    assert {path.name for path in cache.glob("bin/*/*")} == want


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(LoadError("pause.tar: no space left on device"), id="image refused"),
        pytest.param(KubectlError("kubectl create: the server is busy"), id="kubectl failed"),
        pytest.param(PermissionError(13, "Permission denied", "/plane"), id="folder forbidden"),
    ],
)
def test_start_that_fails(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What keeps a control plane from starting is said without a traceback."""

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(ControlPlane, "start", fail)
    monkeypatch.setattr(sys, "argv", ["tests.cluster"])
    assert command.main() == 1
    assert capsys.readouterr().err == f"{error}\n"


def test_network_that_cannot_be_set_up() -> None:
    """What `ip` said is in the error of a node whose network could not be made."""
    with pytest.raises(StartError, match="Operation not permitted"):
        set_up_network(lambda *_: ["sh", "-c", "echo Operation not permitted >&2; exit 2"])


def _run(options: list[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.cluster", *options],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
