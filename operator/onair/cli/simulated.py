"""A simulation as text: a verdict, a table by arm, one by airing, what was assumed and left out."""

from __future__ import annotations

from datetime import timedelta
from textwrap import wrap
from typing import TYPE_CHECKING, Final

import click

from onair.cli.sweeps import lines as sweep_lines
from onair.cli.tables import table
from onair.cli.texts import counted, percent
from onair.model.quantities import format_duration
from onair.model.status import clip
from onair.plan.seconds import length_of
from onair.plan.summary import airs_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from onair.simulation.results import Airing, Arm, Figures, Simulation

_WIDEST: Final = 96
_LONGEST: Final = 40
"""Characters of an airing's name: what the table of airings leaves of a line."""

_WHOLE: Final = 100
"""Percent."""

_CUT: Final = (
    "  * cut: what is simulated is not all from its first floor to the end of its cool-down"
)

_METRICS: Final = {"cpu": "CPU", "rate": "the rate"}

_LEFT_OUT: Final = (
    "Left out: queues and retries. What is above capacity is lost, once, and slows nothing else; so"
    " the figures put the arms in order, they promise nothing."
)

_TITLES: Final = {
    "hpa-cpu": "HPA on CPU alone",
    "hpa-rate": "HPA on rate alone",
    "yesterday": "floor of yesterday",
    "last-week": "floor of last week",
    "onair": "OnAir",
    "foresight": "perfect foresight",
}


def lines(simulation: Simulation, where: ZoneInfo, width: int) -> Iterator[str]:
    """Yield the lines of a simulation for a terminal so many columns wide, times in a zone."""
    width = min(width, _WIDEST)
    first, last = (airs_at(each, where) for each in (simulation.from_, simulation.until))
    yield _title(f"{simulation.kind} {simulation.namespace}/{simulation.name}")
    yield f"  from {first} to {last} ({where.key})"
    yield ""
    yield from wrap(verdict(simulation), width, break_on_hyphens=False)
    yield ""
    yield from _costs(simulation, where)
    yield ""
    yield from _elasticity(simulation)
    yield ""
    if simulation.airings:
        yield from _airings(simulation, where)
        yield ""
    if simulation.sweep:
        yield from sweep_lines(simulation.sweep, hpa_alone(simulation), width)
        yield ""
    said = (*_assumed(simulation), *_unknown(simulation, where))
    yield from wrap(f"Assumed: {' '.join(said)}", width, break_on_hyphens=False)
    yield from wrap(_LEFT_OUT, width)


def verdict(simulation: Simulation) -> str:
    """Return what OnAir would have saved against the HPA alone and at which cost, in words."""
    hpa, cron, onair = (arm_of(simulation, name) for name in (_alone(simulation), "cron", "onair"))
    text = (
        f"Of {hpa.requests:,.0f} requests the HPA alone would have lost {_share(hpa)}, OnAir"
        f" {_share(onair)} for {_times(onair, hpa)} ({onair.pod_hours:,.0f} instead of"
        f" {hpa.pod_hours:,.0f}). A cron job with {counted(cron.replicas or 0, 'replica')}"
        f" would have lost {_share(cron)} for {_times(cron, hpa)} ({cron.pod_hours:,.0f})."
    )
    if not hpa.above_capacity:
        text += " The HPA alone is enough for this trace at this speed."
    return text


def hpa_alone(simulation: Simulation) -> Arm:
    """Return the arm of the HPA alone, on the metric on which it runs beneath floors."""
    return arm_of(simulation, _alone(simulation))


def titled(arm: Arm) -> str:
    """Return what an arm is called."""
    return _TITLES.get(arm.arm) or f"cron, {counted(arm.replicas or 0, 'replica')}"


def _alone(simulation: Simulation) -> str:
    return f"hpa-{simulation.assumed.hpa.metric}"


def arm_of(simulation: Simulation, name: str) -> Arm:
    """Return the arm of a name."""
    return next(each for each in simulation.arms if each.arm == name)


def _share(arm: Arm) -> str:
    return percent(arm.above_capacity) if arm.above_capacity else "nothing"


def _times(arm: Arm, other: Arm) -> str:
    return f"{arm.pod_hours / other.pod_hours:.2f} times the pod-hours"


def _costs(simulation: Simulation, where: ZoneInfo) -> Iterator[str]:
    """Yield the table of what each arm loses and costs."""
    rows = [
        (
            *(titled(arm), _above(arm), _worst(arm, where)),
            *(f"{arm.mean_pods:,.1f}", f"{arm.peak_pods:,}", f"{arm.pod_hours:,.1f}"),
        )
        for arm in simulation.arms
    ]
    heading = ("", "above capacity", "worst minute", "mean pods", "peak", "pod-hours")
    return table([heading, *rows], "<>>>>>")


def _above(arm: Arm) -> str:
    return f"{arm.requests_above_capacity:,.0f} {percent(arm.above_capacity):>9}"


def _worst(arm: Arm, where: ZoneInfo) -> str:
    worst = arm.worst_minute
    return f"{_short(worst.at, where)} {worst.above_capacity:3.0f} %" if worst else "-"


def _elasticity(simulation: Simulation) -> Iterator[str]:
    """Yield the table of the elasticity of each arm."""
    rows = [
        (
            titled(arm),
            *(f"{each:,.1f} %" for each in (arm.theta_u, arm.theta_o, arm.tau_u, arm.tau_o)),
            *(f"{arm.instability:,.1f} %", f"{arm.jitter:+,.2f}/min"),
            "-" if arm.elastic_speed_up is None else f"{arm.elastic_speed_up:,.2f}",
        )
        for arm in simulation.arms
    ]
    heading = ("", "thetaU", "thetaO", "tauU", "tauO", "instability", "jitter", "speed-up")
    return table([heading, *rows], "<>>>>>>>")


def _airings(simulation: Simulation, where: ZoneInfo) -> Iterator[str]:
    """Yield the table of what is above capacity in each airing."""
    names = (_alone(simulation), "cron", "onair")
    rows = [
        (
            _short(airing.start, where) + " *" * airing.cut,
            clip(f"{airing.campaign.partition('/')[2]} {airing.airtime}", _LONGEST),
            f"{airing.arms[0].requests:,.0f}",
            *(percent(each.above_capacity) for each in _of(airing, names)),
        )
        for airing in simulation.airings
    ]
    heading = ("airing", "", "requests", "HPA alone", "cron", "OnAir")
    yield from table([heading, *rows], "<<>>>>")
    if any(airing.cut for airing in simulation.airings):
        yield _CUT


def _of(airing: Airing, names: tuple[str, ...]) -> list[Figures]:
    found = {each.arm: each for each in airing.arms}
    return [found[name] for name in names]


def _assumed(simulation: Simulation) -> Iterator[str]:
    """Yield what was taken for granted, in sentences."""
    assumed = simulation.assumed
    hpa = assumed.hpa
    if simulation.speed != 1:
        yield f"The crowd comes {simulation.speed:g} times as fast."
    if assumed.share != _WHOLE:
        yield f"{assumed.share:g} % of the trace reach {simulation.name}."
    yield f"A replica serves {_rate(assumed.per_replica)} well and is full at"
    yield f"{_rate(assumed.capacity)}; it is Ready {_long(assumed.start_up)} after it has a node,"
    yield f"and a new node takes {_long(assumed.node_wait)}."
    yield f"The HPA {'of the files' if hpa.known_from == 'manifest' else 'by default'} has"
    yield f"{hpa.minimum:,} to {hpa.maximum:,} replicas at {_rate(hpa.target)} each,"
    yield f"{_WHOLE * hpa.target / assumed.capacity:.0f} % of a full one, and looks at"
    yield f"{_METRICS[hpa.metric]} beneath a floor."
    size = arm_of(simulation, "cron").replicas or 0
    if size > hpa.maximum:
        yield f"The cron job raises the HPA's maximum of {hpa.maximum:,} to {size:,}, too."


def _unknown(simulation: Simulation, where: ZoneInfo) -> Iterator[str]:
    """Yield from when on the trace goes back far enough for arms that look at earlier days."""
    for days, name in ((1, "yesterday"), (7, "last week")):
        known = simulation.trace_from + timedelta(days=days)
        if known >= simulation.until:
            yield f"The trace does not go back to {name}, so that arm is the HPA alone."
        elif known > simulation.from_:
            yield f"The trace goes back to {name} from {airs_at(known, where)} on."


def _rate(number: float) -> str:
    """Return requests/s, with decimals where there are some: `71.43 requests/s`."""
    return f"{number:,.2f}".rstrip("0").removesuffix(".") + " requests/s"


def _long(seconds: float) -> str:
    return format_duration(length_of(round(seconds)))


def _short(instant: datetime, where: ZoneInfo) -> str:
    """Return an instant without its year: `Sat 9 Jan 20:30`."""
    local = instant.astimezone(where)
    return f"{local:%a} {local.day:2} {local:%b %H:%M}"


def _title(text: str) -> str:
    return click.style(text, bold=True)
