"""The file of explained survivors, and the score that it is taken out of."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.mutants.__main__ import OPERATOR, SCORE, modules
from tests.mutants.score import Score, total, write
from tests.mutants.survivors import Change, explained
from tests.mutants.trials import Module

if TYPE_CHECKING:
    from pathlib import Path

ENTRY = """\
plan/ladder:
- scope: ladder
  line: return 1
  changes: ["1 -> 2", "1 -> 2"]
"""


def test_explained(tmp_path: Path) -> None:
    """One explanation may speak of several survivors, also of two that look the same."""
    file = tmp_path / "survivors.yaml"
    file.write_text(f"{ENTRY}  why: nobody asks\n", encoding="utf-8")
    change = Change("ladder", "return 1", "1 -> 2")
    assert explained(file) == {"plan/ladder": Counter({change: 2})}


def test_unreasoned(tmp_path: Path) -> None:
    """An explanation says why."""
    file = tmp_path / "survivors.yaml"
    file.write_text(ENTRY, encoding="utf-8")
    with pytest.raises(ValueError, match="plan/ladder: return 1: say why"):
        explained(file)


def test_every_explanation_is_of_a_mutant() -> None:
    """The committed explanations speak of the code as it is."""
    known = explained()
    assert set(known) <= set(modules())
    for label, changes in known.items():
        every = Counter(map(Change.of, Module.read(label, OPERATOR).mutants()))
        assert changes - every == Counter(), label


def test_score() -> None:
    """Explained survivors count neither for nor against, and what is short is not rounded up."""
    score = Score("plan/ladder", mutants=210, killed=198, explained=10)
    assert " ".join(score.line().split()) == "plan/ladder 198 of 210 killed, 10 explained 99 %"
    assert Score("none", mutants=2, killed=0, explained=2).share == 1


def test_page(tmp_path: Path) -> None:
    """The page has a row for each module and one for all."""
    scores = [Score("a", 10, 5, 0), Score("b", 30, 30, 0)]
    write(tmp_path / "score.md", scores)
    rows = (tmp_path / "score.md").read_text(encoding="utf-8").splitlines()[-3:]
    assert rows == [
        "| a | 10 | 5 | 0 | 50 % |",
        "| b | 30 | 30 | 0 | 100 % |",
        total(scores).row()[:-1],
    ]
    assert total(scores).share == 35 / 40


def test_every_module_has_a_score() -> None:
    """A module that is new, renamed or gone shows as soon as it is, though no mutant is tried."""
    rows = [line.split(" | ")[0].removeprefix("| ") for line in SCORE.read_text().splitlines()]
    assert [row for row in rows if "/" in row] == list(modules())
