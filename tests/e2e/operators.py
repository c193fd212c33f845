"""Operator processes of the tests: the installed command, under a ServiceAccount's rights."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onair.clock import Clock

ONAIR = Path(sys.executable).with_name("onair")

NANOSECONDS = 1e9

SOURCE = "ONAIR_SOURCE"
"""The variable that names a folder whose `onair` runs instead of the installed one."""


def environment(kubeconfig: Path) -> dict[str, str]:
    """Return the environment in which `onair` sees one cluster as one user."""
    source = os.environ.get(SOURCE)
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(kubeconfig.parent),
        "TMPDIR": str(kubeconfig.parent),  # the client's copies of certificates, if it is killed
        "KUBECONFIG": str(kubeconfig),
    } | ({"PYTHONPATH": source} if source else {})


def restore(kubeconfig: Path, namespace: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run `onair restore` for one namespace until it ends."""
    process = start_restore(kubeconfig, namespace, *options)
    stdout, stderr = process.communicate(timeout=120)
    return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)


def start_restore(kubeconfig: Path, namespace: str, *options: str) -> subprocess.Popen[str]:
    """Start `onair restore` for one namespace."""
    where = [f"--namespaces={namespace}", f"--lease-namespace={namespace}"]
    return subprocess.Popen(
        [ONAIR, "restore", *where, "--timeout=60", *options],
        env=environment(kubeconfig),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def clock_option(clock: Clock) -> str:
    """Return the `--clock` that makes a process see the same calendar."""
    return f"{clock.calendar.isoformat()}={clock.real.isoformat()}@{clock.speed:g}"


def waited(pid: int) -> float:
    """Return for how many seconds a process's first thread has waited for a core so far.

    The second figure of /proc/PID/schedstat (Documentation/scheduler/sched-stats.rst); 0 where the
    process has ended, or where the kernel does not count it.
    """
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / NANOSECONDS
    except OSError:
        return 0.0


class OperatorProcess:
    """One running operator; its output goes to a file."""

    def __init__(
        self, kubeconfig: Path, namespace: str, clock: Clock, output: Path, *options: str
    ) -> None:
        self.output = output
        self._before = output.stat().st_size if output.exists() else 0
        with output.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    ONAIR,
                    "run",
                    f"--namespaces={namespace}",
                    f"--lease-namespace={namespace}",
                    "--identity=e2e",
                    f"--clock={clock_option(clock)}",
                    "--listen=127.0.0.1:0",
                    *options,
                ],
                env=environment(kubeconfig),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Tell whether it still runs."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End it with SIGKILL, as a node's death does."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> int:
        """End it with SIGTERM and return its exit code."""
        if self.running:
            self._process.send_signal(signal.SIGTERM)
        try:
            return self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def said(self) -> str:
        """Return all that it printed so far, after what those before it have printed."""
        return self.output.read_bytes()[self._before :].decode(errors="replace")
