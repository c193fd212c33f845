"""Proof that the suite sees: it flags every seeded defect, and not the true operator.

    python -m tests.faults.proof [words of a defect's name]

Each defect is tried under the few plans that its sights name, the true operator under all of them.
Prints a table; the exit code is 0 if every defect was flagged, under one of its plans at least (on
a busy machine a restart may miss the moment of one), and the true operator under none.
"""

from __future__ import annotations

import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tests.cluster.cluster import Cluster
from tests.cluster.control_plane import ControlPlane
from tests.e2e.crds import install_crds
from tests.faults.defects import DEFECTS
from tests.faults.oracles import judge
from tests.faults.suite import Outcome, Run, Suite
from tests.prove.runs import imported_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tests.faults.defects import Defect, Sight
    from tests.faults.suite import Reference

TRUE = "the true operator"


@dataclass(frozen=True, slots=True)
class Trial:
    """An operator, a plan for it, and the rule by which it must be flagged: "" if it must hold."""

    operator: str
    run: Run
    rule: str

    def is_as_it_must_be(self, outcome: Outcome) -> bool:
        """Tell whether the plan was flagged by the rule, or held where it must."""
        rules = {violation.rule for violation in outcome.violations}
        return self.rule in rules if self.rule else not rules


def main() -> int:
    """Try every defect that is asked for, and the true operator; return the exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # leave no operator behind
    console = Console(width=160, highlight=False)
    words = sys.argv[1:]
    chosen = [d for d in DEFECTS if not words or any(word in d.seed.name for word in words)]
    folder = Path(mkdtemp(prefix="onair-faults-proof-"))
    console.print(f"logs: {folder}")
    began = time.monotonic()
    with ControlPlane.start(folder / "cluster") as plane:
        install_crds(plane)
        suite = Suite(Cluster(plane.folder), folder)
        references = suite.references(sorted({s.story for d in chosen for s in d.sights}))
        sound = not any(judge(reference.evidence) for reference in references.values())
        planned = list(trials(chosen, references, folder))
        done = dict(_tried(console, suite, planned, references))
    table = Table("operator", "plan", "must be", "was", "s")
    for trial in planned:
        table.add_row(*map(escape, _row(trial, done[trial.run])))
    console.print(table)
    right = sound and is_proved(planned, done)
    minutes = (time.monotonic() - began) / 60
    console.print(f"{'proved' if right else 'NOT proved'} in {minutes:.0f} minutes")
    return 0 if right else 1


def trials(
    defects: Iterable[Defect], references: Mapping[str, Reference], folder: Path
) -> Iterator[Trial]:
    """Yield each defect under each of its sights, then the true operator under all of them."""
    sights: list[Sight] = []
    for number, defect in enumerate(defects):
        source = folder / f"operator-{number}"
        defect.seed.sow(source)
        if imported_from(source) != source:
            raise SystemExit(f"{defect.seed.name}: its code is not what would be run")
        for sight in defect.sights:
            plan = sight.plan(references[sight.story].plans)
            yield Trial(defect.seed.name, Run(plan, source), sight.rule)
        sights += defect.sights
    plans = {str(plan): plan for plan in (s.plan(references[s.story].plans) for s in sights)}
    for plan in plans.values():
        yield Trial(TRUE, Run(plan), "")


def _tried(
    console: Console, suite: Suite, planned: Sequence[Trial], references: Mapping[str, Reference]
) -> Iterator[tuple[Run, Outcome]]:
    """Play all trials and yield their outcomes, saying which are there."""
    names = {trial.run: trial.operator for trial in planned}
    for number, outcome in enumerate(suite.run_all(names, references), start=1):
        rules = _rules(outcome)
        line = f"{number}/{len(planned)} {rules}: {names[outcome.run]}; {outcome.plan}"
        said = "\n    ".join((line, *map(str, outcome.violations)))
        console.print(said, markup=False, soft_wrap=True)
        yield outcome.run, outcome


def is_proved(planned: Iterable[Trial], done: Mapping[Run, Outcome]) -> bool:
    """Tell whether each defect was flagged at least once, and nothing else."""
    flagged: dict[str, bool] = {}
    held = True
    for trial in planned:
        right = trial.is_as_it_must_be(done[trial.run])
        if trial.rule:
            flagged[trial.operator] = right or flagged.get(trial.operator, False)
        else:
            held &= right
    return held and all(flagged.values())


def _row(trial: Trial, outcome: Outcome) -> tuple[str, ...]:
    must = f"flagged by {trial.rule}" if trial.rule else "held"
    was = _rules(outcome) if trial.is_as_it_must_be(outcome) else f"{_rules(outcome)} (WRONG)"
    return trial.operator, str(outcome.plan), must, was, f"{outcome.seconds:.0f}"


def _rules(outcome: Outcome) -> str:
    rules = sorted({violation.rule for violation in outcome.violations})
    return f"flagged by {', '.join(rules)}" if rules else "held"


if __name__ == "__main__":
    sys.exit(main())
