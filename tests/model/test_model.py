"""S1 to S5 and L1 hold in every state that the ledger protocol can come to, within small bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.model.evening import CHAT, INSTANTS, WEB, at
from tests.model.explorer import Explorer
from tests.model.runs import LAST_HOUR, PARTS, WHOLE, beginnings
from tests.model.situations import floor
from tests.model.together import together

if TYPE_CHECKING:
    from tests.model.states import Budget

EVERY = (True, True, True)


@pytest.mark.parametrize("budget", PARTS.values(), ids=PARTS.keys())
def test_holds(budget: Budget) -> None:
    """Whatever happens in whatever order, nothing is lost and everything is given back."""
    states = Explorer(beginnings(budget), budget).run()
    print(f"{states:,} states")  # noqa: T201 - read it with pytest -s
    assert states > 500


def test_last_hour() -> None:
    """A crash, a stale read and an owner's edit around one campaign, all of them together."""
    states = Explorer([LAST_HOUR], WHOLE._replace(crashes=1)).run()
    print(f"{states:,} states")  # noqa: T201 - read it with pytest -s
    assert states > 50_000


def test_nothing_is_left_out() -> None:
    """What two targets can come to together is among what is explored of each beside the other."""
    budget = PARTS["two-crashes"]._replace(crashes=1)
    explorer = Explorer(beginnings(budget), budget)
    explorer.run()
    states = together(explorer)
    assert len(states) > 10_000
    for number, reached in enumerate(explorer.reached):
        pairs = {(shared, locals_[number]) for shared, *locals_ in states}
        assert {(node.shared, node.local) for node in reached.came} >= pairs


@pytest.mark.parametrize(
    ("time", "web", "chat"),
    [
        pytest.param("19:59", 6, 6, id="the-film"),
        pytest.param("20:05", 12, 14, id="more-than-web-may-have"),
        pytest.param("20:12", 10, 10, id="the-match"),
        pytest.param("20:18", 0, 0, id="nothing"),
        pytest.param("20:39", 6, 6, id="the-quiz"),
        pytest.param("20:49", 0, 0, id="nothing-any-more"),
    ],
)
def test_evening(time: str, web: int, chat: int) -> None:
    """The evening has a rise, a limit, a step down, a pause and a second hold."""
    now = INSTANTS.index(at(time))
    assert (floor(WEB, EVERY, now), floor(CHAT, EVERY, now)) == (web, chat)
