"""From files and options to the one target, trace and cluster that are simulated."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import click

from onair.cli import hpas
from onair.model.status import stamp
from onair.preview.announced import aimed
from onair.preview.windows import LONGEST, Window, dated
from onair.schedule.airings import counts
from onair.schedule.airtimes import END_OF_TIME, starts
from onair.schedule.zones import zone
from onair.simulation.settings import CPU, RATE, UTILISATION, Settings, defaults

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from onair.documents import Document
    from onair.plan.aims import Aim
    from onair.plan.observed import TargetKey
    from onair.preview.announced import Announced
    from onair.simulation.settings import Hpa
    from onair.traces.trace import Trace

_EARLIEST: Final = datetime(1900, 1, 1, tzinfo=UTC)


class Cluster(NamedTuple):
    """What options say of the cluster; None where the model knows a default."""

    capacity: Fraction | None
    start_up: timedelta | None
    node_wait: timedelta | None
    hpa: Literal["cpu", "rate"] | None


def aims_of(announced: Sequence[Announced], name: str | None) -> tuple[Aim, ...]:
    """Return what is aimed at the target that is said, or at the only one.

    Raises:
        click.UsageError: there is none, there are several, or nobody knows what it serves.
    """
    found = aimed(announced)
    if not found:
        raise click.UsageError("every campaign is suspended, so there is nothing to simulate")
    named = {key: aims for key, aims in found.items() if name is None or _is_named(key, name)}
    if not named:
        raise click.UsageError(f"--target: no campaign aims at {name}, but at {_names(found)}")
    if len(named) > 1:
        raise click.UsageError(
            f"campaigns aim at {_names(named)}, and one is simulated: say one of them with"
            f" --target, such as --target '{hpas.called(next(iter(named)))}'"
        )
    ((key, aims),) = named.items()
    if any(aim.target.replicas is not None for aim in aims):
        raise click.UsageError(
            f"{hpas.called(key)} has fixed replicas, so nobody knows what they can serve; give it"
            " perReplica instead, or say another --target"
        )
    if len({(aim.target.share, aim.target.per_replica) for aim in aims}) > 1:
        raise click.UsageError(
            f"campaigns say different things of share and perReplica of {hpas.called(key)}; give"
            " those that agree"
        )
    return tuple(aims)


def window_of(
    trace: Trace, since: datetime | None, until: datetime | None, announced: Sequence[Announced]
) -> Window:
    """Return what is simulated: what is said, within the trace and in whole steps of it.

    Raises:
        click.UsageError: nothing of the trace is in it, it is too long, or nothing airs in the
            whole trace.
    """
    if since and until and since >= until:
        raise click.UsageError("--from is not before --until; say them the other way round")
    said = f"the trace is from {stamp(trace.begin)} to {stamp(trace.end)}"
    try:
        part = trace.between(since or trace.begin, until or trace.end)
    except ValueError as error:
        raise click.UsageError(f"nothing is left between --from and --until: {said}") from error
    if part.end - part.begin > LONGEST:
        raise click.UsageError(
            f"{said}, and at most {LONGEST.days} days are simulated; say --from and --until"
        )
    window = Window(part.begin, part.end)
    if not airs(announced, window) and not airs(announced, Window(trace.begin, trace.end)):
        raise click.UsageError(f"no campaign airs in the trace: {said}, {_firsts(announced)}")
    return window


def airs(announced: Sequence[Announced], window: Window) -> bool:
    """Return whether anything is held for any campaign within a window."""
    return any(True for each in announced for _ in dated(each, window))


def settings_of(aims: Sequence[Aim], said: Cluster, hpa: Document | None) -> Settings:
    """Return what the cluster of a target is like: as is said, else as the model has it.

    Raises:
        click.UsageError: what a replica serves is not known, or more than its capacity.
        click.exceptions.Exit: with 1 where the HPA cannot be simulated, which is said.
    """
    target = aims[0].target
    capacity = None if said.capacity is None else float(said.capacity)
    if target.per_replica is None and capacity is None:
        raise click.UsageError(
            f"{hpas.called(aims[0].key)} has no perReplica, so nobody knows what a replica serves;"
            " say --capacity: the requests/s at which it is full"
        )
    served = target.per_replica or UTILISATION * (capacity or 0)
    if capacity is not None and capacity < served:
        raise click.UsageError(
            f"--capacity {capacity:g} is less than the {float(served):g} requests/s that a replica"
            " serves well (perReplica); it is where a replica is full"
        )
    usual = defaults(served, max(aim.target.max_replicas for aim in aims))
    settings = replace(
        usual,
        capacity=usual.capacity if capacity is None else capacity,
        start_up=_seconds(said.start_up, usual.start_up),
        node_wait=_seconds(said.node_wait, usual.node_wait),
    )
    if hpa is not None:
        settings = _aiming(hpas.read(hpa, usual.hpa), settings, target.per_replica, capacity)
    return replace(settings, hpa=_on(said.hpa, settings.hpa))


def _aiming(
    hpa: Hpa, settings: Settings, per_replica: Fraction | None, capacity: float | None
) -> Settings:
    """Return settings with an HPA that a file has, on CPU at its per cent of a full replica.

    What is not said, perReplica or capacity, follows from the other one with that per cent.
    """
    if hpa.metric.kind != CPU.kind:
        return replace(settings, hpa=hpa)
    part = hpa.utilization / 100
    if capacity is None:
        return replace(settings, hpa=hpa, capacity=settings.per_replica / part)
    aimed = part * capacity
    served = aimed if per_replica is None else settings.per_replica
    return replace(settings, hpa=replace(hpa, target=aimed), per_replica=served)


def _on(metric: Literal["cpu", "rate"] | None, hpa: Hpa) -> Hpa:
    return hpa if metric is None else replace(hpa, metric={"cpu": CPU, "rate": RATE}[metric])


def _seconds(said: timedelta | None, usual: float) -> float:
    return usual if said is None else said.total_seconds()


def _firsts(announced: Sequence[Announced]) -> str:
    """Say when each campaign first airs."""
    said = []
    for each in announced:
        where = zone(each.spec.time_zone)
        found = (starts(a, where).between(_EARLIEST, END_OF_TIME) for a in each.spec.airtimes)
        first = min(next(each, END_OF_TIME) for each in found)
        said.append(f"{each.named.campaign} has {counts(each.spec)}, the first at {stamp(first)}")
    return "; ".join(said)


def _is_named(key: TargetKey, said: str) -> bool:
    """Tell whether a target is meant, by its name or as messages and kubectl call it."""
    namespace, kind, name = key
    known = {name, f"{namespace}/{name}", f"{kind}/{name}", hpas.called(key)}
    return said.lower() in {each.lower() for each in known}


def _names(keys: Sequence[TargetKey] | dict[TargetKey, list[Aim]]) -> str:
    return ", ".join(map(hpas.called, keys))
