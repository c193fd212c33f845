"""The seeded defects fit the operator as it is: no defect has silently become none."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.faults import defects as under_faults
from tests.prove import defects as under_tests
from tests.prove.seeds import OPERATOR, Seed, SeedError

if TYPE_CHECKING:
    from pathlib import Path

SEEDS = {each.seed.name: each.seed for each in (*under_tests.DEFECTS, *under_faults.DEFECTS)}
EACH = pytest.mark.parametrize("seed", [pytest.param(s, id=name) for name, s in SEEDS.items()])


@EACH
def test_defect_fits(seed: Seed, tmp_path: Path) -> None:
    """A defect changes one file of the operator's copy, which is still Python."""
    seed.sow(tmp_path)
    text = (tmp_path / "onair" / seed.file).read_text(encoding="utf-8")
    ast.parse(text)
    assert text != (OPERATOR / "onair" / seed.file).read_text(encoding="utf-8")


def test_defect_that_does_not_fit(tmp_path: Path) -> None:
    """A defect whose sound text has gone is an error, not a proof."""
    seed = Seed("gone", "clock.py", "no such line\n", "")
    with pytest.raises(SeedError, match="gone"):
        seed.sow(tmp_path)
