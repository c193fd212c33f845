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
SECONDS = 900


@dataclass(frozen=True, slots=True)
class Run:
    """What became of each test, by node id: passed, failed or broken; and what pytest printed."""

    outcomes: Mapping[str, str]
    output: str


def run(tests: Iterable[str], source: Path, report: Path) -> Run:
    """Run tests with the `onair` of a folder; `report` is a file for pytest's report."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--quiet", f"--junitxml={report}", *tests],
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


def _cases(report: Path) -> list[ET.Element]:
    return list(ET.parse(report).iter("testcase"))  # noqa: S314 - pytest has just written it


def _outcome(case: ET.Element) -> tuple[str, str]:
    name = f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}"
    if case.find("failure") is not None:
        return name, "failed"
    return name, "broken" if len(case) and case[0].tag in {"error", "skipped"} else "passed"
