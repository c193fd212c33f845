"""What a floor costs in replica-hours, against as many replicas as its peak all the time."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from fractions import Fraction
from typing import Final

from onair.plan.seconds import Number, seconds
from onair.plan.timeline import Step
from onair.preview.results import ReplicaHours
from onair.preview.usuals import Usual
from onair.preview.windows import Window

_HOUR: Final = 3600
_DECIMALS: Final = 2


def replica_hours(steps: Sequence[Step], usual: Usual, window: Window) -> ReplicaHours:
    """Return the replica-hours of the steps within a window, rounded to hundredths."""
    held = list(_lengths(steps, window))
    whole = seconds(window.before - window.after)
    floor = sum(floor * seconds(length) for floor, length in held)
    always = max((floor for floor, _ in held), default=0) * whole
    beside = usual.replicas * (whole - sum(seconds(length) for floor, length in held if floor))
    known = usual.known_from != "nobody"
    return ReplicaHours(
        floor=_hours(floor),
        usual=_hours(beside) if known else None,
        always_at_peak=_hours(always),
        saved=_hours(max(always - floor - beside, 0)) if known else None,
    )


def _lengths(steps: Sequence[Step], window: Window) -> Iterator[tuple[int, timedelta]]:
    ends = [*(step.at for step in steps[1:]), window.before]
    for step, end in zip(steps, ends, strict=False):
        yield step.floor, end - step.at


def _hours(replica_seconds: Number) -> float:
    return float(round(Fraction(replica_seconds) / _HOUR, _DECIMALS))
