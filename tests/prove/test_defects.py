"""The seeded defects fit the operator as it is: no defect has silently become none."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.prove.defects import DEFECTS, OPERATOR, Defect, SeedError

if TYPE_CHECKING:
    from pathlib import Path

EACH = pytest.mark.parametrize("defect", [pytest.param(d, id=d.name) for d in DEFECTS])


@EACH
def test_defect_fits(defect: Defect, tmp_path: Path) -> None:
    """A defect changes one file of the operator's copy, which is still Python."""
    defect.seed(tmp_path)
    text = (tmp_path / "onair" / defect.file).read_text(encoding="utf-8")
    ast.parse(text)
    assert text != (OPERATOR / "onair" / defect.file).read_text(encoding="utf-8")


def test_defect_that_does_not_fit(tmp_path: Path) -> None:
    """A defect whose sound text has gone is an error, not a proof."""
    defect = Defect("gone", "clock.py", "no such line\n", "", ())
    with pytest.raises(SeedError, match="gone"):
        defect.seed(tmp_path)
