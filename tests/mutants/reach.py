"""Which tests execute which lines of OnAir, from one traced run of them all."""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass, field
from functools import _lru_cache_wrapper
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest

from tests.mutants.sessions import session

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence
    from multiprocessing.connection import Connection
    from types import FrameType

Line = tuple[str, int]
"""A file and the number of a line in it."""


class RedError(Exception):
    """A test fails without any mutant."""


@dataclass(slots=True)
class Reach:
    """The tests (node ids) that reach a line, the seconds of each test, the lines of no test.

    Lines of no test ran while modules were imported. Whatever they made may be used by any test
    that reaches their file or has its name; where there is none, by any test at all.
    """

    tests: dict[Line, set[str]] = field(default_factory=lambda: defaultdict(set))
    seconds: dict[str, float] = field(default_factory=dict)
    outside: set[Line] = field(default_factory=set)

    def of(self, file: str, lines: Iterable[int]) -> dict[str, float]:
        """Return the tests that reach any of some lines of a file, with the seconds of each."""
        own: set[str] = set()
        wanted = {(file, number) for number in lines}
        if wanted & self.outside:
            own = self._named_after(file)
            wanted = {line for line in self.tests if line[0] == file}
            if not wanted and not own:
                return self.seconds
        found = own.union(*(self.tests.get(line, set()) for line in wanted))
        return {test: self.seconds[test] for test in found}

    def _named_after(self, file: str) -> set[str]:
        """Return the tests of a module: of data they may read all, and run none of its lines."""
        name = f"test_{Path(file).name}"
        return {test for test in self.seconds if Path(test.partition("::")[0]).name == name}


def traced(paths: Sequence[str], folder: Path) -> Reach:
    """Run every test of some paths once, and return which lines of a folder's files each reaches.

    Raises:
        RedError: when one fails.
    """
    context = get_context("fork")
    here, there = context.Pipe(duplex=False)
    with TemporaryDirectory(prefix="onair-mutants-") as home:
        output = Path(home) / "output"
        child = context.Process(target=_trace, args=(paths, folder, output, there))
        child.start()
        there.close()
        try:
            reach: Reach | None = here.recv()
        except EOFError:
            reach = None
        child.join()
        if reach is None:
            raise RedError(output.read_text(encoding="utf-8"))
    return reach


def _trace(paths: Sequence[str], folder: Path, output: Path, there: Connection) -> None:
    tracer = Tracer(folder)
    sys.settrace(tracer.enter)
    code = session(paths, output, tracer)
    sys.settrace(None)
    there.send(None if code else tracer.reach)


class Tracer:
    """A plugin that notes which lines run, and a trace function (`sys.settrace`) for it."""

    def __init__(self, folder: Path) -> None:
        self.reach = Reach()
        self._inside = f"{folder}/"
        self._lines = self.reach.outside

    def enter(self, frame: FrameType, event: str, argument: object) -> Any:  # noqa: ANN401, ARG002
        """Follow a call into the folder, and no other."""
        return self._line if frame.f_code.co_filename.startswith(self._inside) else None

    def _line(self, frame: FrameType, event: str, argument: object) -> Any:  # noqa: ANN401, ARG002
        self._lines.add((frame.f_code.co_filename, frame.f_lineno))
        return self._line

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Note the lines and the seconds of one test, which finds no cache filled by another."""
        self._forget()
        self._lines, began = set(), process_time()
        result = yield
        self.reach.seconds[item.nodeid] = process_time() - began
        for line in self._lines:
            self.reach.tests[line].add(item.nodeid)
        self._lines = self.reach.outside
        return result

    def _forget(self) -> None:
        for module in list(sys.modules.values()):
            if (getattr(module, "__file__", None) or "").startswith(self._inside):
                for value in vars(module).values():
                    if isinstance(value, _lru_cache_wrapper):
                        value.cache_clear()
