"""A fit as text: for each campaign the load to paste, and how past forecasts would have done."""

from __future__ import annotations

from collections import defaultdict
from statistics import median
from textwrap import wrap
from typing import TYPE_CHECKING, Final

import click

from onair.cli.tables import table
from onair.cli.texts import counted
from onair.documents.writing import write
from onair.plan.summary import airs_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from onair.fitting.fitting import Fit, Fitted
    from onair.fitting.seeing import Seen
    from onair.plan.aims import Named

_HEADER: Final = ("airing", "peak", "forecast", "error", "headroom", "enough", "past airings")
_SIDES: Final = "<>>>>>>"


def lines(named: Named, fit: Fit, where: ZoneInfo, width: int) -> Iterator[str]:
    """Yield the lines of a campaign's fit for a terminal so many columns wide."""
    yield click.style(f"Campaign {named.campaign}", bold=True)
    seen = [each for each in fit.airings if each.looked.seen]
    rows = [_row(each, each.looked.seen, where) for each in fit.airings if each.looked.seen]
    if fit.load is None:
        yield f"  {_nothing(len(seen))}, so there is nothing to fit."
    else:
        yield f"  A load fitted to {counted(fit.load.past, 'airing')}:"
        yield ""
        yield from write([{"load": fit.load.load}]).splitlines()
        yield ""
        yield from (f"  {line}" for line in wrap(_verdict(seen), width - 2))
        yield from table([_HEADER, *rows], _SIDES)
    yield from _unseen(fit, where)


def _nothing(seen: int) -> str:
    if not seen:
        return "The trace shows none of its airings"
    return f"To the {counted(seen, 'airing')} in the trace nobody came beyond the usual load"


def _unseen(fit: Fit, where: ZoneInfo) -> Iterator[str]:
    """Yield for each reason how many airings the trace shows nothing of, and the first of them."""
    reasons: dict[str, list[Fitted]] = defaultdict(list)
    for each in fit.airings:
        if not each.looked.seen:
            reasons[each.looked.why_not].append(each)
    for why_not, airings in reasons.items():
        begins = airs_at(airings[0].looked.dated.airing.start, where)
        first = f", the first on {begins}" if len(airings) > 1 else f" on {begins}"
        yield f"  not used: {counted(len(airings), 'airing')}{first}: {why_not}"


def _verdict(seen: Sequence[Fitted]) -> str:
    told = [each for each in seen if each.error is not None]
    if not told:
        return "There is no airing before which another one was over, so no forecast can be judged."
    errors = [abs(each.error) for each in told if each.error is not None]
    enough = sum(each.covered for each in told)
    return (
        "What it would have said six hours before each airing, from those of its class that were"
        " over by then (requests/s beyond the usual ones): the peak was wrong by"
        f" {median(errors):.0%} in the median and {max(errors):.0%} at most; with its headroom it"
        f" was enough in {enough} of {len(told)}."
    )


def _row(fitted: Fitted, seen: Seen, where: ZoneInfo) -> tuple[str, ...]:
    forecast = fitted.forecast
    begins = airs_at(fitted.looked.dated.airing.start, where)
    if forecast is None or fitted.error is None:
        return begins, f"{seen.peak:,.0f}", "none yet"
    return (
        begins,
        f"{seen.peak:,.0f}",
        f"{forecast.size.peak:,.0f}",
        f"{round(fitted.error, 2) + 0.0:+.0%}",
        f"{forecast.size.headroom:.0%}",
        "yes" if fitted.covered else "no",
        f"{forecast.past}",
    )
