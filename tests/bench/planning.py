"""How long planning takes: no I/O, one core.

In seconds of this process, and the best of several passes, because what else the machine does only
adds. What is compared is measured in turns. A pass begins with nothing learned from an earlier one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Final

from onair.plan import demand, raising
from onair.plan.aims import needs_between
from onair.plan.timeline import Timeline, timeline
from tests.bench.dateutil_alone import dates
from tests.bench.figures import Figure, cpu_seconds
from tests.bench.marketing import FROM, UNTIL, Marketing, episodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from onair.plan.aims import Aim
    from tests.bench.marketing import Announced

USUAL: Final = 6
TURNS: Final = 20
PASSES: Final = 3
MANY, MORE, FEW = 10_000, 20_000, 1_000
TOGETHER: Final = 50
OWN_LIMIT: Final = 40
ASKED: Final = 1000
"""Instants at which a plan is asked for its value and next change."""


def measure() -> Iterator[Figure]:
    """Plan a show after the other, then a calendar of marketing, then many shows on one target."""
    _forget()
    spent = [cpu_seconds(partial(_planned, show))[0] for show in episodes(200)]
    yield Figure("plan_one_episode", 1000 * median(spent), "ms")
    yield Figure("plan_200_campaigns", 1000 * sum(spent), "ms")
    yield from _calendar()
    yield from _together()


def _calendar() -> Iterator[Figure]:
    """Compare with what dateutil needs for the dates only, and a large calendar with a small."""
    many = Marketing(MANY)
    found, plans = _best(
        lambda turn: _dates(many.campaigns[turn::TURNS]),
        lambda turn: _plans(many.targets[turn::TURNS]),
    )
    yield Figure("plan_10000_ratio", plans / found, "x", 3)
    yield Figure("plan_10000_each", 1000 * plans / MANY, "ms")
    few, more = Marketing(FEW), Marketing(MORE)
    small, large = _best(
        lambda _: _plans(few.targets), lambda turn: _plans(more.targets[turn::TURNS])
    )
    yield Figure("plan_linear", large / MORE / (small / FEW / TURNS), "x", 1.15)


def _best(one: Callable[[int], object], other: Callable[[int], object]) -> tuple[float, float]:
    """Return the seconds for all turns of one and of the other."""
    passes = []
    for _ in range(PASSES):
        _forget()
        spent = [
            cpu_seconds(partial(work, turn))[0] for turn in range(TURNS) for work in (one, other)
        ]
        passes.append(spent)
    best = [min(tries) for tries in zip(*passes, strict=True)]
    return sum(best[::2]), sum(best[1::2])


def _forget() -> None:
    """Empty what planning keeps of the kinds of airings that it has seen."""
    for module in (demand, raising):
        for known in vars(module).values():
            if hasattr(known, "cache_clear"):
                known.cache_clear()


def _together() -> Iterator[Figure]:
    """Ask the plan of a target with many campaigns at once."""
    aims = [aim for show in episodes(TOGETHER) for aim in show]
    spent, plan = cpu_seconds(lambda: _planned(aims))
    yield Figure("plan_50_on_one_target", 1000 * spent, "ms")
    limited = [replace(need, limit=OWN_LIMIT) for need in needs_between(aims, FROM, UNTIL)]
    spent, _ = cpu_seconds(lambda: timeline(limited, USUAL, ()))
    yield Figure("plan_50_with_own_limits", 1000 * spent, "ms")
    instants = [FROM + number * timedelta(minutes=1) for number in range(ASKED)]
    spent, _ = cpu_seconds(lambda: [(plan.at(at), plan.next_change(at)) for at in instants])
    yield Figure("value_and_next_change_50", 1e6 * spent / ASKED, "us", 1000)


def _plans(targets: Sequence[Sequence[Aim]]) -> list[Timeline]:
    return [_planned(aims) for aims in targets]


def _planned(aims: Sequence[Aim]) -> Timeline:
    """Return the plan of a target for the whole window, as the operator makes it."""
    limits = [aim.total for aim in aims if aim.total]
    return timeline(needs_between(aims, FROM, UNTIL), USUAL, limits)


def _dates(campaigns: Sequence[Announced]) -> None:
    """Let dateutil find the starts within the window."""
    for each in campaigns:
        dates(each.repeat or "", each.start, FROM, UNTIL)
