"""Which requests a rule hits."""

from __future__ import annotations

import asyncio

import pytest

from tests.faults.proxy.asked import Asked
from tests.faults.proxy.faults import Answer, DropReply, ShiftDate
from tests.faults.proxy.rulebook import Rulebook
from tests.faults.proxy.rules import Match, Rule

PATCH = Asked("patch", "deployments", "scale", "tv", "web")


@pytest.mark.parametrize(
    ("match", "want"),
    [
        pytest.param(Match(), True, id="all"),
        pytest.param(Match(("create", "patch")), True, id="one of the verbs"),
        pytest.param(Match(("create",)), False, id="another verb"),
        pytest.param(Match(resource="deployments"), True, id="any subresource"),
        pytest.param(Match(resource="deployments", subresource=""), False, id="the object itself"),
        pytest.param(Match(subresource="scale"), True, id="the subresource"),
        pytest.param(Match(namespace="radio"), False, id="another namespace"),
        pytest.param(Match(name="shop"), False, id="another name"),
        pytest.param(Match(dry_run=True), False, id="dry runs"),
        pytest.param(Match(dry_run=None), True, id="dry runs or not"),
    ],
)
def test_match(match: Match, want: bool) -> None:  # noqa: FBT001 - what is expected
    """A match fits where everything that it names is the same."""
    assert match.fits(PATCH) is want


@pytest.mark.parametrize(
    ("which", "want"),
    [
        pytest.param({}, [1, 2, 3, 4, 5, 6], id="all"),
        pytest.param({"first": 3}, [3, 4, 5, 6], id="from the third"),
        pytest.param({"first": 2, "times": 1}, [2], id="the second"),
        pytest.param({"every": 3}, [1, 4], id="each third"),
        pytest.param({"first": 2, "every": 2, "times": 2}, [2, 4], id="two of each second"),
    ],
)
def test_occurrences(which: dict[str, int], want: list[int]) -> None:
    """A rule says by number which of the matching requests it hits."""
    rule = Rule(Match(), DropReply(), **which)
    assert [n for n in range(1, 7) if rule.applies(n)] == want


def test_order() -> None:
    """The first rule that applies wins, each counts on, and the date is shifted beside it."""
    second = Rule(Match(), DropReply(), first=2, times=1)
    always = Rule(Match(), Answer(503))
    later, earlier = Rule(Match(), ShiftDate(10)), Rule(Match(), ShiftDate(-3))

    async def ask() -> list[tuple[Rule | None, float]]:
        book = Rulebook()
        book.replace([later, second, always, earlier])
        return [book.of_request(PATCH) for _ in range(3)]

    assert asyncio.run(ask()) == [(always, 7), (second, 7), (always, 7)]


def test_kept() -> None:
    """A rule that stays in force goes on counting when others come and go."""
    third = Rule(Match(), DropReply(), first=3)

    async def ask() -> list[Rule | None]:
        book = Rulebook()
        book.replace([third])
        found = [book.of_request(PATCH)[0] for _ in range(2)]
        book.replace([Rule(Match(), ShiftDate(1)), third])
        found.append(book.of_request(PATCH)[0])
        book.replace([])
        book.replace([third])
        return [*found, book.of_request(PATCH)[0]]

    assert asyncio.run(ask()) == [None, None, third, None]


def test_unknown_status() -> None:
    """A status that the API server has no words for is refused."""
    with pytest.raises(
        ValueError, match="no Status for 418, only for 403, 410, 429, 500, 503, 504"
    ):
        Answer(418)
