"""The child processes of one control plane, which never outlive the process that started them."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.cluster.logs import tail


class StartError(RuntimeError):
    """A control plane did not start; the message carries the end of the culprit's log."""


class PortTakenError(StartError):
    """Somebody else took a port between our choice and its use: worth another try."""


class Processes:
    """A group of child processes with a log each.

    A watchdog (see watchdog.py) kills the whole group and removes `remove` when `stop` is called
    and when this process dies, however it dies.
    """

    def __init__(self, logs: Path, remove: Sequence[Path]) -> None:
        """Start the watchdog; `logs` is the folder of the logs, `remove` what goes at the end."""
        self._logs = logs
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        # A process group of its own: Ctrl-C in a terminal is for us alone to act on.
        self._watchdog = subprocess.Popen(
            [sys.executable, "-I", "-S", str(Path(__file__).with_name("watchdog.py")), *remove],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0,
        )
        assert self._watchdog.stdin
        assert self._watchdog.stdout
        self._alive = self._watchdog.stdin
        with self._watchdog.stdout as told:
            self._group = int(told.readline())

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start a child; its output goes to a log named after it."""
        with self._log(name).open("ab") as log:
            self._children[name] = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._logs,
                process_group=self._group,
            )

    def check(self) -> None:
        """Do nothing while every child runs.

        Raises:
            PortTakenError: a child ended since its port was taken.
            StartError: a child ended for another reason.
        """
        for name, child in self._children.items():
            code = child.poll()
            if code is not None:
                end = tail(self._log(name))
                error = PortTakenError if "address already in use" in end else StartError
                raise error(f"{name} ended with exit code {code}. The end of its log:\n{end}")

    def stop(self) -> None:
        """Kill every child at once and remove what is to be removed; a second call does nothing.

        Nothing of a control plane outlives it, so there is nothing to shut down in an orderly way.
        """
        self._alive.close()
        self._watchdog.wait()
        for child in self._children.values():
            child.kill()
            child.wait()

    def _log(self, name: str) -> Path:
        return self._logs / f"{name}.log"
