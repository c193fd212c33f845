"""What is written is read back as it was meant."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.documents import read
from onair.documents.writing import write

Body = dict[str, Any]

VALUES = st.recursive(
    st.text(max_size=12) | st.integers(-(10**15), 10**15) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(values=st.lists(VALUES, min_size=1, max_size=3))
def test_round_trip(values: list[Any]) -> None:
    """Whatever JSON can say comes back unchanged, document by document."""
    bodies: list[Body] = [{"apiVersion": "v1", "kind": "Any", "value": value} for value in values]
    found = read(write(bodies), "written")
    assert not found.errors
    assert [document.body for document in found.documents] == bodies


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("5k", "5k", id="a quantity"),
        pytest.param("2h", "2h", id="a duration"),
        pytest.param("Europe/Amsterdam", "Europe/Amsterdam", id="a zone"),
        pytest.param("2027-01-09T20:30:00", '"2027-01-09T20:30:00"', id="a date-time"),
        pytest.param("5000", '"5000"', id="digits"),
        pytest.param("1e3", '"1e3"', id="a number with an exponent"),
        pytest.param("on", '"on"', id="a word for true"),
        pytest.param("20:30", '"20:30"', id="a number in base 60, to old readers"),
        pytest.param(".nan", '".nan"', id="what JSON has no number for"),
        pytest.param("\x85", r'"\N"', id="a line break that nobody sees"),
        pytest.param("", '""', id="nothing"),
    ],
)
def test_quotes(text: str, want: str) -> None:
    """Only what somebody would read as something else stands in quotes."""
    assert write([{"value": text}]) == f"value: {want}\n"


def test_order() -> None:
    """Fields stay in the order in which they are said."""
    assert write([{"b": 1, "a": 2}]) == "b: 1\na: 2\n"
