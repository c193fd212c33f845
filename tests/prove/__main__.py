"""Turn the named tests red with each seeded defect and green with the true operator.

    python -m tests.prove

Prints a table; the exit code is 0 when every test did what it must.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from rich.console import Console
from rich.table import Table

from tests.prove.defects import DEFECTS, OPERATOR
from tests.prove.runs import Run, run

TRUE_OPERATOR = "none: the true operator"


def main() -> int:
    """Run everything and return the exit code."""
    console = Console(width=120)
    table = Table("defect", "test", "must be", "is", "", title="seeded defects")
    every = sorted({test for defect in DEFECTS for test in defect.tests})
    with TemporaryDirectory(prefix="onair-prove-") as home:
        sources = {TRUE_OPERATOR: (OPERATOR, every)}
        for number, defect in enumerate(DEFECTS):
            folder = Path(home) / f"operator-{number}"
            defect.seed(folder)
            sources[defect.name] = (folder, list(defect.tests))
        good = True
        for name, (folder, tests) in sources.items():
            began = monotonic()
            done = run(tests, folder, Path(home) / "report.xml")
            console.print(f"{name}: {len(tests)} tests in {monotonic() - began:.0f} s")
            want = "passed" if name == TRUE_OPERATOR else "failed"
            good &= _add(table, name, tests, done, want, console)
    console.print(table)
    return 0 if good else 1
