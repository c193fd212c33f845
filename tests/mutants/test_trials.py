"""Whether mutants of a small module die of its tests, in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = """\
from functools import cache

LEAST = 3
NAME = "b"

@cache
def enough(number):
    return number >= LEAST

def below(number):
    while number >= LEAST:
        number -= 1
    return number

def unused():
    return 1
"""
TESTS = """\
import pytest
import thing

@pytest.mark.parametrize("name", [thing.NAME])
def test_name(name):
    assert name == "b"

def test_enough():
    assert thing.enough(4)
    assert not thing.enough(1)

def test_enough_again():
    assert thing.enough(4)

def test_below():
    assert thing.below(5) == 2
"""
SCRIPT = """\
import ast
from pathlib import Path
from tests.mutants.reach import RedError, traced
from tests.mutants.trials import Module, survivors

file = Path("thing.py").absolute()
source = file.read_text()
try:
    reach = traced(["test_thing.py"], file.parent)
except RedError as error:
    raise SystemExit(f"red: {error}")
print(sorted(reach.of(str(file), [8])), sorted(reach.of(str(file), [16])))
print("test_thing.py::test_name[b]" in reach.of(str(file), [4]))
for mutant in survivors(Module("thing", file, ast.parse(source), source), reach):
    print(mutant.place.scope, mutant.change)
"""


def tried(folder: Path, tests: str) -> subprocess.CompletedProcess[str]:
    """Try every mutant of the small module against some tests; return what was printed."""
    (folder / "thing.py").write_text(CODE, encoding="utf-8")
    (folder / "test_thing.py").write_text(tests, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(folder)])},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


def test_survivors(tmp_path: Path) -> None:
    """What no test tells apart survives; what fails one, cannot be imported or never ends dies.

    Also of a test that only reads data, and has its name from it.
    """
    assert tried(tmp_path, TESTS).stdout.splitlines() == [
        "['test_thing.py::test_enough', 'test_thing.py::test_enough_again'] []",
        "True",
        "enough number >= LEAST -> number > LEAST",
        "unused return 1 -> return None",
        "unused 1 -> 2",
    ]


def test_red_without_a_mutant(tmp_path: Path) -> None:
    """Where a test fails anyway nothing is tried, and what pytest says is shown."""
    done = tried(tmp_path, TESTS.replace("== 2", "== 7"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "red:" in done.stderr
    assert "FAILED test_thing.py::test_below" in done.stderr
