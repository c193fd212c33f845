"""Each thing that goes wrong is said once when it begins, and once when it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onair.troubles import Troubles

if TYPE_CHECKING:
    from collections.abc import Callable

RIGHT = "OnAir has no right to patch"


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """Return what returns the lines logged so far."""
    caplog.set_level("INFO")
    return lambda: [record.getMessage() for record in caplog.records]


def test_a_repeated_trouble_is_one_line(lines: Callable[[], list[str]]) -> None:
    """A retry that fails in the same way says nothing new."""
    troubles = Troubles()
    for _ in range(3):
        troubles.begin("api", RIGHT)
    assert lines() == [RIGHT]


def test_a_trouble_that_many_share_is_one_line(lines: Callable[[], list[str]]) -> None:
    """A missing right is said once, and is over when the last of its victims is well."""
    troubles = Troubles()
    troubles.begin("api", RIGHT)
    troubles.begin("web", RIGHT)
    troubles.end("api")
    assert lines() == [RIGHT]
    troubles.end("web")
    assert lines() == [RIGHT, f"no more: {RIGHT}"]


def test_a_trouble_that_changes_is_said_again(lines: Callable[[], list[str]]) -> None:
    """Another error about the same thing is news."""
    troubles = Troubles()
    troubles.begin("api", "no answer")
    troubles.begin("api", RIGHT)
    assert lines() == ["no answer", RIGHT]


def test_a_trouble_that_comes_back_is_said_again(lines: Callable[[], list[str]]) -> None:
    """What worked in between is new when it fails again."""
    troubles = Troubles()
    troubles.begin("api", RIGHT)
    troubles.end("api")
    troubles.begin("api", RIGHT)
    assert lines() == [RIGHT, f"no more: {RIGHT}", RIGHT]


def test_the_end_of_nothing_is_no_news(lines: Callable[[], list[str]]) -> None:
    """What was never wrong is not said to be right."""
    Troubles().end("api")
    assert lines() == []
