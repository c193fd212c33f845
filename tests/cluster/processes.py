"""The child processes of one control plane, which never outlive the process that started them."""

import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.cluster.logs import tail

PATIENCE_SECONDS = 60
POLL_SECONDS = 0.1


class StartError(RuntimeError):
    """A control plane did not start; the message carries the end of the culprit's log."""


class PortTakenError(StartError):
    """Somebody else took a port between our choice and its use: worth another try."""


class Processes:
    """A group of child processes with a log each.

    A watchdog (see watchdog.py) kills the whole group and removes `remove` when `stop` is called
    and when this process dies, however it dies.
    """

    def __init__(self, logs: Path, remove: Sequence[Path], *, own_network: bool = False) -> None:
        """Start the watchdog; `logs` is the folder of the logs, `remove` what goes at the end.

        With `own_network` the process `leader` lives in a network namespace of its own, which the
        children may enter.
        """
        self._logs = logs
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        program = str(Path(__file__).with_name("watchdog.py"))
        watchdog = [sys.executable, "-I", "-S", program, *map(str, remove)]
        # A process group of its own: Ctrl-C in a terminal is for us alone to act on.
        self._watchdog = subprocess.Popen(
            ["unshare", "--net", *watchdog] if own_network else watchdog,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0,
        )
        assert self._watchdog.stdin
        assert self._watchdog.stdout
        self._alive = self._watchdog.stdin
        with self._watchdog.stdout as told:
            self.leader = int(told.readline())

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> int:
        """Start a child, whose output goes to a log named after it; return its process number."""
        with self._log(name).open("ab") as log:
            child = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._logs,
                process_group=self.leader,
            )
        self._children[name] = child
        return child.pid

    def popen(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        """Start a program of the caller's that is killed with the group, if it still runs then."""
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, process_group=self.leader)

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

    def wait_until(self, name: str, ready: Callable[[], bool]) -> None:
        """Return as soon as `ready` says so, which is about the child `name`.

        Raises:
            StartError: a child ended, or it took more than 60 s.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not ready():
            self.check()
            if time.monotonic() > deadline:
                raise StartError(
                    f"{name} was not ready after {PATIENCE_SECONDS} s. The end of its log:\n"
                    f"{tail(self._log(name))}",
                )
            time.sleep(POLL_SECONDS)

    def forget(self, names: Sequence[str]) -> None:
        """Return when these children, ended by the caller, are gone."""
        for name in names:
            self._children.pop(name).wait()

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
