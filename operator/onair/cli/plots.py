"""Pictures of a simulation: OnAir and the HPA alone over time, a sweep's losses by their costs."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import groupby
from math import nan
from operator import attrgetter
from typing import IO, TYPE_CHECKING, Any, Final

import matplotlib as mpl
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure

from onair.cli.simulated import arm_of, hpa_alone, titled
from onair.cli.texts import percent
from onair.model.quantities import format_duration
from onair.plan.seconds import length_of
from onair.simulation.columns import columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from matplotlib.axes import Axes

    from onair.simulation.results import Airing, Arm, Loss, Setting, Simulation, Sweep
    from onair.simulation.simulating import Simulated
    from onair.traces.trace import Trace

_COLUMNS: Final = 1200
"""Parts of the time: as many as a wide picture has dots."""

_NAMED: Final = 12
"""Airings that have room for their names."""

_NEAR: Final = 0.045
"""Parts of both axes within which two points of a curve have room for one label."""

_LISTED: Final = 2
"""Settings that are named one by one where they share a label."""

_UNDATED: Final = {"svg": {"Date": None}, "png": {"Software": None}}

_NEEDED, _LACKED, _FLOOR, _ON_AIR = "#c3c9d5", "#d62728", "#1f4e9c", "#f7e8bd"
_ALONE, _ONAIR, _CRON = "#6b3a00", "#0b5c28", "#7b3fa0"


def draw(
    file: IO[bytes], kind: str, simulated: Simulated, made: Simulation, where: ZoneInfo
) -> None:
    """Draw a simulation as svg or png, times in a zone; equal ones give equal bytes."""
    with mpl.rc_context():
        mpl.rcdefaults()  # whatever a user's matplotlibrc says
        mpl.rc("svg", hashsalt="onair", fonttype="none")
        mpl.rc("font", size=9)
        panels = 3 if made.sweep else 2
        figure = Figure(figsize=(13, 3.6 * panels), layout="constrained")
        figure.suptitle(f"{made.kind} {made.namespace}/{made.name}")
        above, below, *rest = figure.subplots(panels, 1)
        below.sharex(above)
        below.sharey(above)
        for axes, arm in ((above, arm_of(made, "onair")), (below, hpa_alone(made))):
            _over_time(axes, arm, simulated, made)
            _on_air(axes, made.airings)
            _dated(axes, where)
        below.set_xlabel(_said_of_time(made, simulated.trace, where))
        for axes in rest:
            if made.sweep:
                _losses(axes, made.sweep, hpa_alone(made))
        figure.savefig(file, format=kind, metadata=_UNDATED[kind], dpi=110)


def _over_time(axes: Axes, arm: Arm, simulated: Simulated, made: Simulation) -> None:
    """Draw what an arm needed, what lacked, and over both its floor and what was Ready."""
    trace, count = simulated.trace, _count(simulated.trace)
    course = next(each.course for each in simulated.arms if each.name == arm.arm)
    shown = columns(trace, made.assumed.capacity, course, (0, trace.seconds), count)
    length = timedelta(seconds=trace.seconds)
    edges = date2num([trace.begin + length * number / count for number in range(count + 1)])
    line = partial(_line, axes, edges)
    area = partial(axes.stairs, edges=edges, fill=True)
    area([c.needed for c in shown], color=_NEEDED, label="replicas that the rate needs")
    area(
        [c.needed if c.lacked else nan for c in shown],
        baseline=[c.needed - c.lacked for c in shown],
        color=_LACKED,
        edgecolor=_LACKED,
        zorder=2,
        linewidth=1,  # or a minute would be too thin in a picture of weeks
        label="above capacity",
    )
    if arm.arm == "onair":
        least = made.assumed.hpa.minimum
        floor = [c.floor if c.floor > least else nan for c in shown]
        line(floor, _FLOOR, ":", "floor")
    line([c.ready for c in shown], _ONAIR if arm.arm == "onair" else _ALONE, "-", "Ready")
    axes.set_title(_title(arm), loc="left", fontweight="bold")
    axes.set_ylabel("replicas")
    axes.set_xlim(edges[0], edges[-1])
    axes.set_ylim(bottom=0)
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=4, frameon=False)


def _line(
    axes: Axes, edges: list[float], values: list[float], colour: str, style: str, name: str
) -> None:
    """Draw a step function: its levels above what lacked, its rises and falls below.

    They would hide what lacked for a dot, and be hidden where it lacked for long.
    """
    look: dict[str, Any] = {"color": colour, "linestyle": style, "linewidth": 1.5}
    axes.stairs(values, edges, baseline=None, zorder=1, label=name, **look)
    begin = 0
    for value, group in groupby(values):
        end = begin + len(list(group))
        axes.hlines(value, edges[begin], edges[end], zorder=3, **look)
        begin = end


def _on_air(axes: Axes, airings: Sequence[Airing]) -> None:
    """Shade the airings, and name them where they have room; of several that begin at once one."""
    for begin, group in groupby(airings, key=attrgetter("start")):
        first, *others = group
        start, end = date2num([begin, max(each.end for each in (first, *others))])
        axes.axvspan(start, end, color=_ON_AIR, zorder=0)
        if len(airings) <= _NAMED:
            name = f"{first.campaign.partition('/')[2]}\n{first.airtime}"
            name += f"\nand {len(others)} more" * bool(others)
            within = axes.get_xaxis_transform()
            axes.text(start, 0.97, name, fontsize=8, va="top", clip_on=True, transform=within)


def _dated(axes: Axes, where: ZoneInfo) -> None:
    """Date the axis of time."""
    locator = AutoDateLocator(tz=where)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator, tz=where))


def _count(trace: Trace) -> int:
    """Return the parts in which a trace is drawn: its steps, unless there are too many."""
    return min(_COLUMNS, len(trace.rates))


def _said_of_time(made: Simulation, trace: Trace, where: ZoneInfo) -> str:
    times = f", {made.speed:g} times as fast" if made.speed != 1 else ""
    text = f"time of the trace ({where.key}){times}; shaded: on air"
    part = trace.seconds / _count(trace)
    if part > trace.step:
        text += f"; each line is the highest of every {format_duration(length_of(round(part)))}"
    return text


def _title(arm: Arm) -> str:
    lost = percent(arm.above_capacity)
    return f"{titled(arm)}: {lost} of requests above capacity, {arm.pod_hours:,.1f} pod-hours"


def _losses(axes: Axes, sweep: Sweep, alone: Arm) -> None:
    """Draw losses by costs: OnAir at each setting, cron at each size that costs no more."""
    dearest = max(each.pod_hours for each in (alone, *sweep.settings))
    crons = [each for each in sweep.cron if each.pod_hours <= dearest]
    axes.plot(*_points(crons), color=_CRON, marker="+", label="cron, by its size")
    axes.plot(*_points(sweep.settings), color=_ONAIR, marker="o", label=f"OnAir, by {sweep.of}")
    axes.plot(*_points([alone]), color=_ALONE, marker="s", linestyle="", label=titled(alone))
    for each in sweep.settings:
        if each.setting == sweep.choice:
            point = (each.pod_hours, each.above_capacity)
            axes.plot(*point, marker="o", markersize=13, fillstyle="none", color=_LACKED)
    for text, first in _labels(axes, sweep.settings):
        point = (first.pod_hours, first.above_capacity)
        axes.annotate(text, point, xytext=(4, 5), textcoords="offset points")
    axes.set_title(f"loss by cost: choose {sweep.of} {sweep.choice}", loc="left", fontweight="bold")
    axes.set_xlabel("pod-hours")
    axes.set_ylabel("requests above capacity, %")
    axes.legend(loc="upper right", frameon=False)


def _labels(axes: Axes, settings: Sequence[Setting]) -> Iterator[tuple[str, Setting]]:
    """Yield what to write at which setting: one text for all whose points are as good as one."""
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    across, up = _NEAR * (right - left), _NEAR * (top - bottom)
    groups: list[list[Setting]] = []
    for each in settings:
        for group in groups:
            cost = abs(each.pod_hours - group[0].pod_hours)
            loss = abs(each.above_capacity - group[0].above_capacity)
            if cost < across and loss < up:
                group.append(each)
                break
        else:
            groups.append([each])
    for group in groups:
        begin = settings.index(group[0])
        run = list(settings[begin : begin + len(group)]) == group and len(group) > _LISTED
        names = [each.setting for each in group]
        yield (f"{names[0]} to {names[-1]}" if run else ", ".join(names)), group[0]


def _points(losses: Sequence[Loss]) -> tuple[list[float], list[float]]:
    ordered = sorted(losses, key=lambda each: each.pod_hours)
    return [each.pod_hours for each in ordered], [each.above_capacity for each in ordered]
