"""A trial puts a mutant in the place of its module and runs the tests that reach it."""

from __future__ import annotations

import ast
import resource
import sys
from collections import deque
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from multiprocessing import connection, get_context
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING

from tests.mutants.mutants import Mutant, mutants
from tests.mutants.sessions import Only, session

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from multiprocessing.context import ForkProcess
    from types import CodeType, ModuleType

    from tests.mutants.reach import Reach

SURVIVED = {0, 5}
"""pytest's exit codes when every test passed, or when the mutant left no test to run."""

MEMORY = 4 << 30
"""The bytes of memory that a mutant may take."""


@dataclass(frozen=True, slots=True)
class Module:
    """A module of OnAir: its full name, its file, its tree; `label` is how people name it."""

    name: str
    file: Path
    tree: ast.Module
    source: str

    @classmethod
    def read(cls, label: str, root: Path) -> Module:
        """Return the module of a label such as `plan/ladder`, in a folder `root` of packages."""
        file = root / f"onair/{label}.py"
        source = file.read_text(encoding="utf-8")
        return cls(f"onair.{label.replace('/', '.')}", file, ast.parse(source), source)

    def mutants(self) -> list[Mutant]:
        """Return every mutant of this module."""
        return list(mutants(self.tree, self.source))


class _Loader(SourceFileLoader):
    """Loads a module from its tree as that now is."""

    def __init__(self, module: Module) -> None:
        super().__init__(module.name, str(module.file))
        self._tree = module.tree

    def get_code(self, fullname: str) -> CodeType:
        del fullname
        return compile(ast.fix_missing_locations(self._tree), self.path, "exec")


@dataclass(frozen=True, slots=True)
class _Finder:
    """Finds one module: the mutated one."""

    module: Module

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return how to load the module if it is this one."""
        del path, target
        if fullname != self.module.name:
            return None
        return spec_from_file_location(fullname, loader=_Loader(self.module))


def survivors(module: Module, reach: Reach) -> list[Mutant]:
    """Try every mutant of a module; return those that no test notices, in the order of the text."""
    every = module.mutants()
    waiting = deque(enumerate(every))
    running: list[tuple[int, ForkProcess]] = []
    alive = set()
    while waiting or running:
        while waiting and len(running) < (cpu_count() or 1):
            number, mutant = waiting.popleft()
            running.append((number, _begin(module, mutant, reach)))
        connection.wait([child.sentinel for _, child in running])
        ended = [(number, child) for number, child in running if child.exitcode is not None]
        running = [trial for trial in running if trial not in ended]
        alive |= {number for number, child in ended if child.exitcode in SURVIVED}
    return [mutant for number, mutant in enumerate(every) if number in alive]


def _begin(module: Module, mutant: Mutant, reach: Reach) -> ForkProcess:
    tests = reach.of(str(module.file), mutant.place.lines)
    child = get_context("fork").Process(target=_try, args=(module, mutant, tests, reach))
    child.start()
    return child


def _try(module: Module, mutant: Mutant, tests: Mapping[str, float], reach: Reach) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    mutant.apply()
    sys.meta_path.insert(0, _Finder(module))
    own = f"/test_{module.file.stem}.py"
    for files in _stages(tests, own):
        code = session(files, Path("/dev/null"), Only(tests, reach.seconds))
        if code not in SURVIVED:
            sys.exit(code)


def _stages(tests: Mapping[str, float], own: str) -> Iterator[list[str]]:
    """Yield the files to collect: first the module's own, in which most mutants die."""
    files = sorted({test.partition("::")[0] for test in tests})
    near = [file for file in files if file.endswith(own)]
    far = [file for file in files if file not in near]
    yield from filter(None, (near, far))
