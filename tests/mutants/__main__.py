"""`python -m tests.mutants [MODULE]`: print a line per module and the score of all.

With a module, such as `plan/ladder`, only its mutants are tried, and those that survive without an
explanation are printed; without one, the scores are written to `tests/mutants/score.md`.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.mutants.reach import RedError, traced
from tests.mutants.score import BOUND, Score, total, write
from tests.mutants.sessions import prepare
from tests.mutants.survivors import Change, explained
from tests.mutants.trials import Module, survivors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.mutants.reach import Reach

ROOT = Path(__file__).parents[2]
OPERATOR = ROOT / "operator"
PACKAGES = ("schedule", "plan")
TESTS = ("tests/unit/schedule", "tests/unit/plan", "tests/docs/test_shapes.py")
"""The tests of the core, and the page that says the same as the shapes do."""

SCORE = Path(__file__).with_name("score.md")


def main(arguments: Sequence[str]) -> int:
    """Try the mutants; return 1 when too few are killed or an explanation explains nothing."""
    every = list(modules())
    labels = arguments or every
    if unknown := sorted(set(labels) - set(every)):
        say(f"there is no module {', '.join(unknown)}; say one such as plan/ladder")
        return 2
    prepare()
    say("running the tests once, to see which lines each reaches")
    try:
        reach = traced(TESTS, OPERATOR / "onair")
    except RedError as error:
        say(f"the tests must be green before a mutant is tried:\n{error}")
        return 1
    known = explained()
    trials = [tried(label, reach, known.get(label, Counter())) for label in labels]
    everything = total([trial.score for trial in trials])
    if not arguments:
        write(SCORE, [trial.score for trial in trials])
        say(everything.line())
    for trial in trials:
        for change in trial.stale.elements():
            say(f"{trial.score.name}: explained, but killed or gone: {change}")
        for change in trial.unexplained.elements() if arguments else ():
            say(f"survived: {change}")
    stale = any(trial.stale for trial in trials)
    return 1 if stale or everything.share < BOUND else 0


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one module: its score, survivors not explained, explanations not needed."""

    score: Score
    unexplained: Counter[Change]
    stale: Counter[Change]


def tried(label: str, reach: Reach, known: Counter[Change]) -> Trial:
    """Try every mutant of a module, print its score and return what came of it."""
    module = Module.read(label, OPERATOR)
    alive = Counter(map(Change.of, survivors(module, reach)))
    every = len(module.mutants())
    score = Score(label, every, every - alive.total(), (alive & known).total())
    say(score.line())
    return Trial(score, alive - known, known - alive)


def modules() -> Iterator[str]:
    """Yield the names of all modules that have mutants, sorted."""
    for package in PACKAGES:
        for file in sorted((OPERATOR / "onair" / package).glob("[!_]*.py")):
            yield f"{package}/{file.stem}"


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
