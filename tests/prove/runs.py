"""One run of named end-to-end tests against one operator."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from tests.e2e.operators import SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ROOT = Path(__file__).parents[2]
OPTIONS = ("--quiet", "--numprocesses=2")
SECONDS = 900


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one test: passed, failed or broken; and the first line of why."""

    state: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """What became of each test, by node id, and what pytest printed."""

    outcomes: Mapping[str, Outcome]
    output: str


def run(tests: Iterable[str], source: Path, report: Path) -> Run:
    """Run tests with the `onair` of a folder; `report` is a file for pytest's report."""
    report.unlink(missing_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *OPTIONS, f"--junitxml={report}", *tests],
        cwd=ROOT,
        env=os.environ | {SOURCE: str(source)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    outcomes = dict(map(_outcome, _cases(report))) if report.exists() else {}
    return Run(outcomes, done.stdout)


def imported_from(source: Path) -> Path:
    """Return the folder from which an operator process takes its code when told to use `source`.

    Raises:
        CalledProcessError: when that code cannot even be imported.
    """
    done = subprocess.run(
        [sys.executable, "-c", "import onair.cli.main; print(onair.__file__)"],
        env={"PYTHONPATH": str(source)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return Path(done.stdout.strip()).parents[1]


def _cases(report: Path) -> list[ET.Element]:
    return list(ET.parse(report).iter("testcase"))  # noqa: S314 - pytest has just written it


def _outcome(case: ET.Element) -> tuple[str, Outcome]:
    name = f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}"
    states = {"failure": "failed", "error": "broken", "skipped": "broken"}
    for child in case:
        if child.tag in states:
            why = child.get("message", "").partition("\n")[0]
            return name, Outcome(states[child.tag], why)
    return name, Outcome("passed")
