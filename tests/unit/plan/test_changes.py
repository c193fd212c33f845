"""Rows that repeat the one before are left out."""

from onair.plan.changes import changes


def test_changes() -> None:
    """The first row of those that say the same stays, and what comes back is said again."""
    rows = [(1, "a", 0), (2, "a", 0), (3, "a", 1), (4, "b", 1), (5, "a", 0)]
    assert changes(rows) == [(1, "a", 0), (3, "a", 1), (4, "b", 1), (5, "a", 0)]
    assert changes([]) == []
