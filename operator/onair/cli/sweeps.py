"""The option `--sweep`, and a sweep as text: a table, a curve of loss against cost, a choice."""

from __future__ import annotations

import re
from datetime import timedelta
from fractions import Fraction
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated, Final

import click

from onair.cli.chart import NARROWEST, framed
from onair.cli.scalars import value
from onair.cli.tables import table
from onair.cli.texts import percent
from onair.model.quantities import duration, percentage
from onair.plan.seconds import seconds
from onair.simulation.sweep import Setting, between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from onair.plan.aims import Aim
    from onair.simulation.results import Arm, Sweep
    from onair.simulation.results import Setting as Swept

_HEADROOM: Final = Annotated[Fraction, percentage("0%", "1000%")]
_LEAD: Final = Annotated[timedelta, duration("0s", "24h")]
_HEIGHT: Final = 12
_AXIS: Final = 16
"""Columns beside a curve: its largest value and the indent, and as many to its right."""


def said_sweep(
    _context: click.Context, _option: click.Parameter, text: str | None
) -> list[Setting] | None:
    """Return the settings that an option says, None if it is absent."""
    if text is None:
        return None
    found = re.fullmatch(r"(headroom|lead)=(.+?)\.\.(.+)", text)
    if not found:
        raise click.BadParameter(f"{text!r} is not such as headroom=0..100% or lead=0s..20m")
    of, first, last = found.groups()
    unit = re.search("[a-z%]*$", last)
    if unit and re.fullmatch("[0-9.]+", first):
        first += unit[0]
    edges = [_setting(of, edge) for edge in (first, last)]
    if edges[0].value >= edges[1].value:
        raise click.BadParameter(f"{first} is not below {last}; say the lower one first")
    return between(*edges)


def _setting(of: str, text: str) -> Setting:
    if of == "lead":
        return Setting("lead", Fraction(seconds(value(text, _LEAD))))
    return Setting("headroom", value(text, _HEADROOM))


def check(settings: Sequence[Setting], aims: Sequence[Aim]) -> None:
    """Refuse a sweep of headroom where no load has any.

    Raises:
        click.UsageError: all loads are multiples of the usual load.
    """
    loads = [load for aim in aims for load in aim.spec.loads() if load]
    if settings[0].of == "headroom" and all(load.multiplier is not None for load in loads):
        raise click.UsageError(
            "--sweep: every load is a multiplier, which has no headroom; sweep the lead, or say the"
            " loads in requests"
        )


def lines(sweep: Sweep, alone: Arm, width: int) -> Iterator[str]:
    """Yield the lines of a sweep, beside the HPA alone, for a terminal so many columns wide."""
    yield click.style(f"OnAir at each {sweep.of}, and the best cron job at no more cost", bold=True)
    yield from _table(sweep)
    yield ""
    yield "  above capacity against pod-hours: o OnAir, * to be chosen, + cron, H the HPA alone"
    yield from _curve(sweep, alone, width)
    yield ""
    yield from wrap(
        f"Choose {sweep.of} {sweep.choice}: {sweep.why}.", width, break_on_hyphens=False
    )


def _table(sweep: Sweep) -> Iterator[str]:
    rows = [
        (
            *(each.setting, percent(each.above_capacity)),
            *(f"{each.mean_pods:,.1f}", f"{each.pod_hours:,.1f}"),
            *_cron(each),
            ", ".join(_marks(sweep, each)),
        )
        for each in sweep.settings
    ]
    heading = (sweep.of, "above capacity", "mean pods", "pod-hours", "cron", "above capacity", "")
    return table([heading, *rows], ">>>>>><")


def _cron(setting: Swept) -> tuple[str, str]:
    cron = setting.cron_at_equal_cost
    return (f"{cron.replicas:,}", percent(cron.above_capacity)) if cron else ("-", "-")


def _marks(sweep: Sweep, setting: Swept) -> Iterator[str]:
    if setting.setting == sweep.knee:
        yield "knee"
    if setting.setting == sweep.choice:
        yield "choose this"


def _curve(sweep: Sweep, alone: Arm, width: int) -> Iterator[str]:
    """Yield the losses over their costs, cron only where it costs as little as the others."""
    others = [("H", alone), *(("o*"[s.setting == sweep.choice], s) for s in sweep.settings)]
    dearest = max(each.pod_hours for _, each in others)
    crons = [("+", each) for each in sweep.cron if each.pod_hours <= dearest]
    marks = [
        (mark, each.pod_hours, each.above_capacity)
        for mark, each in sorted([*crons, *others], key=lambda shown: "+Ho*".index(shown[0]))
    ]
    yield from scatter(marks, max(width - 2 * _AXIS, NARROWEST))


def scatter(marks: list[tuple[str, float, float]], width: int) -> Iterator[str]:
    """Yield a chart of marks at (cost, loss), the loss from 0; a later mark covers an earlier."""
    costs = [cost for _, cost, _ in marks]
    top = max(loss for _, _, loss in marks)
    least, most = min(costs), max(costs)
    rows = [[" "] * width for _ in range(_HEIGHT)]
    for mark, cost, loss in marks:
        column = round((cost - least) / (most - least) * (width - 1)) if most > least else 0
        row = round(loss / top * (_HEIGHT - 1)) if top else 0
        rows[-1 - row][column] = mark
    drawn = ["".join(row) for row in rows]
    edges = (f"{least:,.1f}", f"{most:,.1f} pod-hours")
    for line in framed(drawn, f"{percent(top):>{_AXIS - 6}}", edges):
        yield "    " + line
