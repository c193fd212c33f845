"""Turn the named tests red with each seeded defect, and green with the true operator.

    python -m tests.prove

Prints a table; the exit code is 0 if every test did what it must.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tests.prove.defects import DEFECTS
from tests.prove.runs import Outcome, Run, imported_from, run
from tests.prove.seeds import OPERATOR

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Trial:
    """An operator, the tests that are run against it, and what must become of each."""

    operator: str
    source: Path
    tests: tuple[str, ...]
    want: str


def main() -> int:
    """Run every trial and return the exit code."""
    console = Console(width=140, highlight=False)
    table = Table("test", "must have", "has", "because")
    right = True
    with TemporaryDirectory(prefix="onair-prove-") as home:
        for trial in trials(Path(home)):
            if imported_from(trial.source) != trial.source:
                raise SystemExit(f"{trial.operator}: its code is not what the tests would run")
            began = monotonic()
            console.print(f"{trial.operator}: {len(trial.tests)} tests ...", end=" ")
            done = run(trial.tests, trial.source, Path(home) / "report.xml")
            console.print(f"{monotonic() - began:.0f} s")
            as_it_must = tell(table, trial, done)
            if not as_it_must:
                console.print(done.output, markup=False)
            right &= as_it_must
    console.print(table)
    console.print("proved" if right else "NOT proved: see the outcomes that are wrong")
    return 0 if right else 1


def trials(home: Path) -> Iterator[Trial]:
    """Yield the true operator and each defective copy, made in a folder of its own in `home`."""
    every = sorted({test for defect in DEFECTS for test in defect.tests})
    yield Trial("the true operator", OPERATOR, tuple(every), "passed")
    for number, defect in enumerate(DEFECTS):
        folder = home / f"operator-{number}"
        defect.seed.sow(folder)
        yield Trial(defect.seed.name, folder, defect.tests, "failed")


def tell(table: Table, trial: Trial, done: Run) -> bool:
    """Add a row for each test of a trial; return whether all of them did what they must."""
    table.add_section()
    table.add_row(escape(trial.operator), style="bold")
    outcomes = [done.outcomes.get(test, Outcome("not run")) for test in trial.tests]
    for test, outcome in zip(trial.tests, outcomes, strict=True):
        state = outcome.state if outcome.state == trial.want else f"{outcome.state} (WRONG)"
        cells = (test.removeprefix("tests/e2e/"), trial.want, state, outcome.why[:120])
        table.add_row(*map(escape, cells))
    return all(outcome.state == trial.want for outcome in outcomes)


if __name__ == "__main__":
    sys.exit(main())
