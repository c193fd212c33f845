"""A pytest session in a child process, in which property tests always try the same examples.

A child is forked before the code under test is imported, so it can import a mutant of it; what is
costly to import and is never changed is imported before, once.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import redirect_stdout
from importlib import import_module
from io import StringIO
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from pathlib import Path

COSTLY = ("dateutil.rrule", "onair.model.parse", "onair.model.status", "yaml")
OPTIONS = (
    *("--override-ini=addopts=--import-mode=importlib", "--assert=plain", "--exitfirst"),
    *("-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:junitxml", "-p", "no:doctest"),
    *("-p", "no:unraisableexception", "-p", "no:threadexception", "--timeout=120", "--quiet"),
)
PROFILE = "mutants"
EXAMPLES = 10
"""Of a property test; those whose own settings say a number try that many."""

TO_COLLECT = 20
SLOWER = 2
GRACE = 5
"""Seconds of processor time: to import and collect, and for a test as many times its own and so
many more."""


class SameEveryTime:
    """A plugin: property tests draw the same examples each time, and never fail for being slow."""

    def __init__(self) -> None:
        hypothesis.settings.register_profile(
            PROFILE,
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
            suppress_health_check=list(hypothesis.HealthCheck),
        )

    def pytest_pycollect_makemodule(self) -> None:
        """Choose the profile right before a module is imported, after any `conftest.py` did."""
        hypothesis.settings.load_profile(PROFILE)


class Only:
    """A plugin: run only some tests, given with the seconds that each takes, the quickest first.

    The process dies of a test that takes much more processor time than that. A test that is none
    of `every` has its name from a mutant, which changed the id of a parameter, and is run, too.
    """

    def __init__(self, seconds: Mapping[str, float], every: Container[str]) -> None:
        self._seconds = seconds
        self._every = every
        signal.setitimer(signal.ITIMER_PROF, TO_COLLECT)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out and sort what has been collected."""
        names = [item.nodeid for item in items]
        chosen = {name for name in names if name in self._seconds or name not in self._every}
        items[:] = sorted((item for item in items if item.nodeid in chosen), key=self._takes)

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Begin to count the seconds of a test."""
        signal.setitimer(signal.ITIMER_PROF, SLOWER * self._takes(item) + GRACE)

    def _takes(self, item: pytest.Item) -> float:
        return self._seconds.get(item.nodeid, 0)


def prepare() -> None:
    """Import what no mutant touches: the model is below `schedule` and `plan`."""
    for module in COSTLY:
        import_module(module)
    with redirect_stdout(StringIO()):
        pytest.main(["--version", "--version"])  # imports pytest's own plugins
    gc.freeze()


def session(paths: Iterable[str], output: Path, *plugins: object) -> int:
    """Run tests in this process, with what they print in a file; return pytest's exit code."""
    sys.stdout.flush()
    with output.open("ab") as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
    return int(pytest.main([*OPTIONS, *paths], plugins=[SameEveryTime(), *plugins]))
