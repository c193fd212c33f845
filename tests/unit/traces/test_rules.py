"""What is wrong with a trace is repaired and said, or refused; the page of traces says which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onair.traces.errors import TraceError
from tests.docs.pages import DOCS, table
from tests.unit.traces.refusals import NUMBERS, RESPONSES, ROWS, TABLES, TIMES
from tests.unit.traces.repairs import REPAIRS
from tests.unit.traces.texts import read_text

if TYPE_CHECKING:
    from tests.unit.traces.refusals import Refusal
    from tests.unit.traces.repairs import Repair

REFUSALS = {**TABLES, **TIMES, **NUMBERS, **ROWS, **RESPONSES}


@pytest.mark.parametrize("repair", [pytest.param(one, id=name) for name, one in REPAIRS.items()])
def test_repaired(repair: Repair) -> None:
    """What can be repaired is, and what was done is said with the number of places."""
    trace, notes = (found := read_text(repair.text)).trace, found.notes
    assert repair.note in notes
    assert list(trace.rates) == repair.rates


@pytest.mark.parametrize("refusal", [pytest.param(one, id=name) for name, one in REFUSALS.items()])
def test_refused(refusal: Refusal) -> None:
    """What means several things, or none, is refused with its line and what would be right."""
    with pytest.raises(TraceError) as refused:
        read_text(refusal.text)
    assert str(refused.value) == refusal.message


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        pytest.param("repaired", REPAIRS, id="repaired"),
        pytest.param("refused in a table", TABLES, id="tables"),
        pytest.param("refused among times", TIMES, id="times"),
        pytest.param("refused among numbers", NUMBERS, id="numbers"),
        pytest.param("refused among rows", ROWS, id="rows"),
        pytest.param("refused of Prometheus", RESPONSES, id="responses"),
    ],
)
def test_documented(heading: str, names: dict[str, object]) -> None:
    """The page of traces has exactly the rules that are tested here, in the same words."""
    assert list(table(DOCS / "traces.md", heading)) == list(names)
