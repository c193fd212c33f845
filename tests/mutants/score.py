"""The score of mutation testing: mutants killed, of those that are no other way of being right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

BOUND = 0.85
"""The least share of killed mutants."""

HEAD = f"""\
# How much the tests notice

Written by `make mutants`, which makes one small change at a time in the modules below and runs the
tests of the core that reach it.
A mutant is killed when a test fails, and survives when none does.
Survivors that are explained one by one in [survivors.yaml](survivors.yaml) are taken out of the
score; it must be at least {BOUND:.0%}.

| module | mutants | killed | explained | score |
|---|--:|--:|--:|--:|
"""


@dataclass(frozen=True, slots=True)
class Score:
    """How many mutants there were, how many were killed, and how many survivors are explained."""

    name: str
    mutants: int
    killed: int
    explained: int

    @property
    def share(self) -> float:
        """Return the share of killed mutants, from 0 to 1; 1 where there was none to kill."""
        judged = self.mutants - self.explained
        return self.killed / judged if judged else 1.0

    def line(self) -> str:
        """Return this score as a line for a terminal."""
        figures = f"{self.killed} of {self.mutants} killed, {self.explained} explained"
        return f"{self.name:24} {figures:40} {self._percent():>5}"

    def row(self) -> str:
        """Return this score as a row of a table in Markdown."""
        figures = (self.name, self.mutants, self.killed, self.explained, self._percent())
        return f"| {' | '.join(map(str, figures))} |\n"

    def _percent(self) -> str:
        return f"{int(self.share * 100)} %"  # rounded down: what is short stays short


def total(scores: Iterable[Score]) -> Score:
    """Return the score of all modules together."""
    every = list(scores)
    return Score(
        "all",
        sum(score.mutants for score in every),
        sum(score.killed for score in every),
        sum(score.explained for score in every),
    )


def write(path: Path, scores: Sequence[Score]) -> None:
    """Write the page with the scores of all modules."""
    rows = (score.row() for score in (*scores, total(scores)))
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
