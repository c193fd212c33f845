"""Warnings about how big a crowd is said to be."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from math import floor
from typing import Final

from onair.lint.context import Context, Warned
from onair.lint.subjects import Subject
from onair.model.campaigns import CampaignSpec
from onair.model.errors import InvalidManifest
from onair.model.loads import Load
from onair.model.quantities import format_duration
from onair.plan.aims import Aim
from onair.plan.demand import peak_rate
from onair.plan.shapes import SHAPES
from onair.preview.usuals import Usual, usual
from onair.schedule.airings import HORIZON, airings

_BUSIEST_SECOND: Final = Fraction(1, 4)
"""How much the busiest second exceeds its minute: 1.1 to 1.25 (load notes, Capacity)."""

_SLOW_SEND: Final = timedelta(minutes=20)
"""What a send is compared with: twice the time within which half of the readers react."""

_WORTH_SAYING: Final = Fraction(1, 10)
"""Of the peak: what is saved by less is not worth a word."""


def peak_not_reached(context: Context) -> Iterator[Warned]:
    """Warn of points that never reach the peak that is said.

    That of an audience follows from its people and the points, so these are all there.
    """
    for subject, path, load in _loads(context):
        highest = max((point.level for point in load.points or ()), default=Fraction(1))
        if highest < 1 and load.audience is None:
            size = "multiplier" if load.multiplier else "requestsPerSecond"
            yield Warned(
                subject,
                f"{path}.points",
                f"the largest level is {_percent(highest)}, so the crowd is at most"
                f" {_percent(highest)} of what {size} says; say 100% where it is largest, and"
                f" {size} as large as it is there",
            )


def low_headroom(context: Context) -> Iterator[Warned]:
    """Warn of a headroom that does not even cover the busiest second of a minute."""
    for subject, path, load in _loads(context):
        if load.multiplier is None and load.headroom < _BUSIEST_SECOND:
            yield Warned(
                subject,
                f"{path}.headroom",
                f"{_percent(load.headroom)} is little: the busiest second alone can exceed its"
                f" minute by {_percent(_BUSIEST_SECOND)}; leave it out for 30%",
            )


def multiplier_of_one(context: Context) -> Iterator[Warned]:
    """Warn of a multiple of the usual load that is the usual load itself."""
    for subject, path, load in _loads(context):
        if load.multiplier == 1:
            message = "1 times the usual replicas adds nothing; say how many times as many"
            yield Warned(subject, f"{path}.multiplier", message)


def multiplier_of_nothing(context: Context) -> Iterator[Warned]:
    """Warn of a multiple of a usual load of which the manifests say that it is nothing."""
    for subject, path, aim in _multiplied(context):
        if usual(aim.key, context.by_target[aim.key], {}) == Usual(0, "manifest"):
            yield Warned(
                subject,
                path,
                f"usualReplicas of the target {aim.target.name} is 0, and a multiple of it is"
                " nothing; say how many replicas the ordinary load needs, or the load in requests",
            )


def share_ignored(context: Context) -> Iterator[Warned]:
    """Warn of a share that does not count, since a multiplier is of all replicas."""
    for subject, path, aim in _multiplied(context):
        if aim.target.share != 1:
            yield Warned(
                subject,
                path,
                f"the target {aim.target.name} has a share of {_percent(aim.target.share)}, which"
                " does not count here: a multiplier is of all its replicas; say the load in"
                " requests if only a part of it comes there",
            )


def bots_not_included(context: Context) -> Iterator[Warned]:
    """Warn that a ticket sale's people are not all who come."""
    for subject, path, load in _loads(context):
        if load.shape == "TicketSale" and load.audience:
            yield Warned(subject, f"{path}.audience", SHAPES["TicketSale"].unsaid)


def send_too_fast(context: Context) -> Iterator[Warned]:
    """Warn of a send that would make a smaller peak if it took longer."""
    for subject, spec in context.campaigns():
        for n, load in enumerate(spec.loads()):
            if load and load.shape == "Push" and load.audience:
                yield from _saved(context, subject, spec, n)


def _saved(context: Context, subject: Subject, spec: CampaignSpec, n: int) -> Iterator[Warned]:
    only = spec.model_copy(update={"airtimes": spec.airtimes[n : n + 1]})
    for airing in airings(only, context.now, context.now + HORIZON)[:1]:
        slower = replace(airing, end=airing.start + _SLOW_SEND)
        saved = peak_rate(airing) - peak_rate(slower)
        if saved > _WORTH_SAYING * peak_rate(airing):
            message = (
                f"sending over {format_duration(_SLOW_SEND)} instead of"
                f" {format_duration(airing.end - airing.start)} saves {floor(saved):,} requests/s"
                f" of {floor(peak_rate(airing)):,} at the peak"
            )
            yield Warned(subject, f"spec.airtimes[{n}]", message)


def _loads(context: Context) -> Iterator[tuple[Subject, str, Load]]:
    """Yield every load that a campaign says, with its path."""
    for subject, spec in context.campaigns():
        if spec.load:
            yield subject, "spec.load", spec.load
        for n, airtime in enumerate(spec.airtimes):
            if airtime.load:
                yield subject, f"spec.airtimes[{n}].load", airtime.load


def _multiplied(context: Context) -> Iterator[tuple[Subject, str, Aim]]:
    """Yield every multiplier with its path and each target whose usual load it multiplies."""
    for subject, path, load in _loads(context):
        if load.multiplier is not None:
            with suppress(InvalidManifest):
                for aim in context.aims(subject):
                    if aim.target.replicas is None:
                        yield subject, f"{path}.multiplier", aim


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):g}%"
