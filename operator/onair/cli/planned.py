"""A plan as text: campaigns, then a chart, tables and sums for each target."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import click

from onair.cli.chart import NARROWEST, Line, columns, draw, framed
from onair.cli.texts import counted
from onair.cli.times import shown
from onair.documents.texts import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from onair.preview.results import Airing, Campaign, Plan, Step, Target

_CHART: Final = 6
"""Lines of a chart: enough to tell a ramp from a step, few enough for two of them on a screen."""

_WIDEST: Final = 120
_INDENT: Final = 4

_TOGETHER: Final = timedelta(minutes=15)
"""How long a floor rests at most within what a person calls one change."""


def lines(plan: Plan, where: ZoneInfo, width: int) -> Iterator[str]:
    """Yield the lines of a plan for a terminal so many columns wide, times in a zone."""
    view = _View(where, min(width, _WIDEST))
    yield _title(f"From {view.at(plan.from_)} to {view.at(plan.until)} ({where.key})")
    if not plan.campaigns:
        yield "There is no campaign to plan."
    for campaign in plan.campaigns:
        yield ""
        yield from view.campaign(campaign)
    for target in plan.targets:
        yield ""
        yield from view.target(target, plan.until)


class _View:
    """How times and widths are shown."""

    def __init__(self, where: ZoneInfo, width: int) -> None:
        self._where = where
        self._width = width

    def at(self, instant: datetime) -> str:
        """Return an instant as it is shown."""
        return shown(instant, self._where)

    def stretch(self, start: datetime, end: datetime) -> str:
        """Return two instants, the date of the second only where it is another."""
        days = (each.astimezone(self._where).date() for each in (start, end))
        last = self.at(end)
        return f"{self.at(start)} until {last if len({*days}) > 1 else last.split()[-1]}"

    def campaign(self, campaign: Campaign) -> Iterator[str]:
        """Yield what a campaign is and when it airs within the window."""
        title = f": {one_line(campaign.title)}" if campaign.title else ""
        yield _title(f"Campaign {campaign.namespace}/{campaign.name}{title}")
        if campaign.suspended:
            yield "  suspended: nothing is planned for it"
            return
        yield f"  {campaign.counts}"
        if campaign.cut:
            yield f"  too many airings: those from {self.at(campaign.cut)} on are not in this plan"
        for airing in campaign.airings:
            yield from self._airing(airing)
        if not campaign.airings:
            yield "  airs not within this window"
        if campaign.next:
            yield f"  beyond this window: {self.at(campaign.next)}"

    def _airing(self, airing: Airing) -> Iterator[str]:
        slack = f", at the latest {self.at(airing.latest_end)}" * (airing.latest_end > airing.end)
        yield f"  {self.stretch(airing.start, airing.end)}{slack}"
        yield f"    {airing.airtime}: {airing.shape}, {airing.peak}"

    def target(self, target: Target, until: datetime) -> Iterator[str]:
        """Yield what a target must have within the window, and why."""
        yield _title(f"{target.kind} {target.namespace}/{target.name}")
        if target.peak is None:
            yield "  nothing is needed within this window"
            return
        peak = target.peak
        yield f"  peak {counted(peak.replicas, 'replica')} from {self.at(peak.from_)}"
        yield f"    for {self.at(peak.demand_at)}: {peak.why}"
        yield ""
        yield from self._charts(target, until)
        yield ""
        yield from self._steps(target)
        yield ""
        yield from self._moments(target)
        yield from self._overlaps(target)
        yield f"  {_hours(target)}"

    def _charts(self, target: Target, until: datetime) -> Iterator[str]:
        """Yield the charts of demand and floor, from the first change to the last."""
        ends = [*(step.at for step in target.steps[1:]), until]
        held = [
            Line(step.at.timestamp(), end.timestamp(), step.floor, step.floor)
            for step, end in zip(target.steps, ends, strict=True)
            if step.floor
        ]
        asked = [
            Line(*(p.at.timestamp() for p in pair), *(p.requests_per_second for p in pair))
            for pair in pairwise(target.demand)
            if pair[0].at < pair[1].at
        ]
        edges = (min(line.start for line in held), max(line.end for line in held))
        top = f"{max(line.first for line in held):,}"
        rate = f"{max((point.requests_per_second for point in target.demand), default=0):,.0f}"
        margin = max(len(top), len(rate))
        if asked:
            yield "  demand, requests/s"
            yield from self._chart(asked, edges, f"{rate:>{margin}}", "cyan")
        yield "  floor, replicas"
        yield from self._chart(held, edges, f"{top:>{margin}}", "green")

    def _chart(
        self, shown: Sequence[Line], edges: tuple[float, float], top: str, colour: str
    ) -> Iterator[str]:
        width = max(self._width - len(top) - _INDENT - 2, NARROWEST)
        drawn = draw(columns(shown, *edges, width), _CHART)
        first, last = (self.at(datetime.fromtimestamp(edge, UTC)) for edge in edges)
        for line in framed(drawn, top, (first, last), lambda row: click.style(row, fg=colour)):
            yield " " * _INDENT + line

    def _steps(self, target: Target) -> Iterator[str]:
        """Yield the table of changes, a row for every run of steps."""
        rows = [("from", "floor", "for")]
        for run in runs(target.steps):
            first, last = run[0], run[-1]
            whose = ", ".join(first.campaigns) or "nothing is held any more"
            if first.limited_by:
                most = max(step.required for step in run)
                whose += f"; needs {'up to ' * (len(run) > 1)}{most:,}"
                whose += f", limited by {first.limited_by}"
            when = self.at(first.at) if first is last else self.stretch(first.at, last.at)
            floors = f"{first.floor:,}" + f" to {last.floor:,}" * (last.floor != first.floor)
            rows.append((when, floors, whose))
        return _table(rows)

    def _moments(self, target: Target) -> Iterator[str]:
        """Yield the table of moments; of several campaigns with the airtime whose each is."""
        several = len({each.campaign for each in target.moments}) > 1
        rows = [
            (
                self.at(each.at),
                f"{each.required:,}",
                f"{each.campaign} {each.airtime}: " * several + each.why,
            )
            for each in target.moments
        ]
        return _table([("moment", "needs", "because"), *rows])

    def _overlaps(self, target: Target) -> Iterator[str]:
        for overlap in target.overlaps:
            names = " and ".join(overlap.campaigns)
            yield f"  overlap of {names}: {self.stretch(overlap.from_, overlap.until)}"


def runs(steps: Sequence[Step]) -> list[list[Step]]:
    """Return steps in runs that a person reads as one change.

    In a run the floor only rises or only falls, for the same campaigns, under the same limit, and
    no step waits longer than a quarter of an hour for the next.
    """
    found: list[list[Step]] = []
    for step in steps:
        run = found[-1] if found else []
        if run and _continues(run, step):
            run.append(step)
        else:
            found.append([step])
    return found


def _continues(run: Sequence[Step], step: Step) -> bool:
    last = run[-1]
    if step.at - last.at > _TOGETHER:
        return False
    same = (step.campaigns, step.limited_by) == (last.campaigns, last.limited_by)
    return same and (len(run) == 1 or (last.floor > run[-2].floor) == (step.floor > last.floor))


def _table(rows: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    """Yield rows below their heading; the second column is of numbers."""
    first, second = (max(len(row[column]) for row in rows) for column in (0, 1))
    for number, (when, count, text) in enumerate(rows):
        line = f"  {when:<{first}}  {count:>{second}}  {text}"
        yield line if number else click.style(line, bold=True)


def _hours(target: Target) -> str:
    """Say what the floor costs over the window."""
    hours = target.replica_hours
    said = f"replica-hours: {hours.floor:,.1f} of the floor"
    always = f"always at the peak {hours.always_at_peak:,.1f}"
    if hours.usual is None or hours.saved is None:
        return f"{said}, and those of the usual load, which is not known; {always}"
    saved = f": {hours.saved:,.1f} less"
    if hours.always_at_peak:  # of a second it is 0.00
        saved += f", {hours.saved / hours.always_at_peak:.0%}"
    return f"{said}, and {hours.usual:,.1f} of the usual load beside it; {always}{saved}"


def _title(text: str) -> str:
    return click.style(text, bold=True)
