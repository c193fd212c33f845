"""The place of one replica: a proxy, and a process that is started again when it ends."""

from __future__ import annotations

import os
import signal
import time
from itertools import count
from typing import TYPE_CHECKING

from tests.e2e.operators import OperatorProcess
from tests.e2e.probes import Probes
from tests.faults.proxy.proxy import Proxy
from tests.soak.stage import HOME, NAMESPACES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import ExitStack
    from pathlib import Path

    from tests.faults.proxy.rules import Rule
    from tests.soak.stage import Stage

TO_END = 20.0
"""Seconds after SIGTERM in which a process must have ended."""


class Post:
    """`start` makes a process of a name behind a kubeconfig; each has the next of the names.

    So have the pods of a Deployment, which is why none of them takes over at once.
    """

    def __init__(
        self, proxy: Proxy, names: Iterator[str], start: Callable[[str, Path], OperatorProcess]
    ) -> None:
        self.proxy = proxy
        proxy.kill = self._killed_at_a_write
        self._names = names
        self._start = start
        self.begin()

    def begin(self) -> None:
        """Start the next process."""
        self._expected = False
        self._ends_by = float("inf")
        self.identity = next(self._names)
        self._began = time.monotonic()
        self.process = self._start(self.identity, self.proxy.kubeconfig)

    @property
    def age(self) -> float:
        """The seconds for which its process has run."""
        return time.monotonic() - self._began

    def kill(self) -> str:
        """End the process with SIGKILL; returns its name."""
        self._expected = True
        self.process.kill()
        return self.identity

    def end(self) -> str:
        """Tell the process to end, as a rollout does; returns its name."""
        self._expected, self._ends_by = True, time.monotonic() + TO_END
        self.send(signal.SIGTERM)
        return self.identity

    def send(self, number: signal.Signals) -> None:
        """Send the process a signal, if it is still there."""
        if self.process.running:
            os.kill(self.process.pid, number)

    def rule(self, rule: Rule) -> None:
        """Put one more rule in force."""
        self.proxy.rules = (*self.proxy.rules, rule)

    def lift(self, rule: Rule) -> None:
        """Take a rule away."""
        self.proxy.rules = [each for each in self.proxy.rules if each != rule]

    def look(self) -> str:
        """Start another process in the place of one that has ended.

        Returns what was wrong with its end, "" if it was killed or did as it was told.
        """
        wrong, name = "", self.identity
        if self.process.running:
            if time.monotonic() < self._ends_by:
                return ""
            wrong = f"{name} did not end within {TO_END:.0f} s of SIGTERM"
            self.kill()
        elif not self._expected:
            wrong = f"{name}: {' | '.join(self.process.said().splitlines()[-3:])}"
        self.begin()
        return wrong

    def _killed_at_a_write(self) -> None:
        self.kill()


def man(stage: Stage, folder: Path, stack: ExitStack) -> tuple[Post, Post]:
    """Start two replicas that share a Lease, as the chart does; they end with the stack."""
    names = (f"onair-{number}" for number in count(1))

    def post(number: int) -> Post:
        place = folder / f"post-{number}"
        place.mkdir()
        proxy = stack.enter_context(Proxy(stage.kubeconfig, place / "proxy"))

        def start(identity: str, kubeconfig: Path) -> OperatorProcess:
            options = (f"--lease-namespace={HOME}", f"--identity={identity}", Probes().option)
            log = place / "operator.log"
            return OperatorProcess(kubeconfig, ",".join(NAMESPACES), stage.clock, log, *options)

        post = Post(proxy, names, start)
        stack.callback(post.kill)
        return post

    return post(1), post(2)
