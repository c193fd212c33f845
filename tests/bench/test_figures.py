"""The lines of the bench."""

from __future__ import annotations

import pytest

from tests.bench.figures import Figure


@pytest.mark.parametrize(
    ("figure", "want_line", "want_failed"),
    [
        pytest.param(Figure("late", 1.2345, "s", 2), "late 1.23 s 2 pass", False, id="below"),
        pytest.param(Figure("late", 2.0, "s", 2), "late 2.00 s 2 pass", False, id="at the bound"),
        pytest.param(Figure("late", 2.01, "s", 2), "late 2.01 s 2 fail", True, id="above"),
        pytest.param(Figure("late", float("nan"), "s", 2), "late nan s 2 fail", True, id="nothing"),
        pytest.param(Figure("plan", 4.5, "ms"), "plan 4.50 ms - info", False, id="without a bound"),
    ],
)
def test_a_figure_says_whether_it_keeps_its_bound(
    figure: Figure, want_line: str, *, want_failed: bool
) -> None:
    """A line has name, value, unit, bound and verdict; only a value beyond a bound fails."""
    assert figure.line() == want_line
    assert figure.failed is want_failed
