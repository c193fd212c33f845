"""What one campaign needs of one target, in replicas over time (design sections 3.4 to 3.7)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import Final, NamedTuple

from onair.model.targets import CoolDown, Target
from onair.plan.curves import Curve, Piece, Term, added
from onair.plan.demand import level_at, levels, peak_rate, span
from onair.plan.highest import highest
from onair.plan.outlines import PEAK
from onair.plan.raising import ridge
from onair.plan.ridges import Raised
from onair.plan.same import Same
from onair.plan.seconds import Number, seconds, since_epoch
from onair.schedule.airings import Airing

_CACHED: Final = 1024
"""Looks at an instant: all that the moments of a campaign's next airings take."""


@dataclass(frozen=True, slots=True)
class Need:
    """One campaign on one target, with those of its airings that the caller looks at.

    Attributes:
        campaign: namespace/name.
        target: how much of the load reaches it and what a replica serves, or fixed replicas.
        lead: how far the floor runs ahead of the demand.
        cool_down: how it falls afterwards.
        airings: sorted by start.
        limit: the most replicas that this campaign alone may cause; None without such a limit.
    """

    campaign: str
    target: Target
    lead: timedelta
    cool_down: CoolDown
    airings: tuple[Airing, ...]
    limit: int | None = None


def at_peak(need: Need, airing: Airing, usual: int) -> Fraction:
    """Return the replicas that carry an airing at a level of 100 %, beside the usual ones.

    Exact; 0 for fixed replicas (design section 3.4).
    """
    if need.target.replicas is not None:
        return Fraction()
    return _replicas(need.target, _crowd(airing), usual)


def carrying_at(need: Need, usual: int, instant: datetime, *, before: bool = False) -> Fraction:
    """Return the replicas for the demand from an instant on, or right `before` it.

    Exact, beside the usual ones, without lead and cool-down.
    """
    if need.target.replicas is not None:
        return Fraction()
    return _replicas(need.target, _crowd_at(Same(need.airings), instant, before), usual)


def fixed_at(need: Need, instant: datetime, *, before: bool = False) -> int:
    """Return the fixed replicas from an instant on, or right `before` it.

    They stand where there is demand, or where there was and will be again.
    """
    replicas = need.target.replicas
    if not replicas:
        return 0
    present = ((_present(a), seconds(instant - a.start)) for a in need.airings)
    here = any(curve.before(time) if before else curve.at(time) for curve, time in present)
    return replicas if here else 0


class _Crowd(NamedTuple):
    """What airings ask of whatever target: requests/s with headroom, and multiples of the usual."""

    rate: Fraction
    times: Fraction


def _crowd(airing: Airing) -> _Crowd:
    """Return what an airing asks at a level of 100 %."""
    load = airing.load
    if load.multiplier is not None:
        return _Crowd(Fraction(), load.multiplier - 1)
    return _Crowd(peak_rate(airing) * (1 + load.headroom), Fraction())


@lru_cache(_CACHED)
def _crowd_at(airings: Same[tuple[Airing, ...]], instant: datetime, before: bool) -> _Crowd:  # noqa: FBT001  # a key
    """Return what airings ask together from an instant on, or right `before` it."""
    rate = times = Fraction()
    for airing in airings.value:
        if level := level_at(airing, instant, before=before):
            crowd = _crowd(airing)
            rate += level * crowd.rate
            times += level * crowd.times
    return _Crowd(rate, times)


def _replicas(target: Target, crowd: _Crowd, usual: int) -> Fraction:
    """Return the replicas that carry a crowd beside the usual ones (design section 3.4)."""
    if not crowd.rate:
        return crowd.times * usual
    if target.per_replica is None:
        raise ValueError("a target without perReplica and replicas carries only a multiplier")
    carried = crowd.rate * target.share / target.per_replica
    return carried + crowd.times * usual if crowd.times else carried


def carrying(need: Need, usual: int) -> Curve:
    """Return the replicas that carry the demand beside the usual ones, exact, since the epoch.

    Lead and cool-down are in it: no dip between adjacent airings, whose demands add up before.
    """
    return highest([each.curve() for each in raised(need, usual)])


def demanding(need: Need, usual: int) -> tuple[Curve, Curve]:
    """Return the replicas for the demand over seconds since the epoch, without lead and cool-down.

    Those that carry it beside the usual ones, exact, and the fixed ones where there is demand.
    """
    peaks = [(airing, at_peak(need, airing, usual)) for airing in need.airings]
    terms = [
        Term(levels(airing), peak / PEAK, since_epoch(airing.start))
        for airing, peak in peaks
        if peak
    ]
    replicas = need.target.replicas or 0
    stood = [
        _present(airing).scaled(replicas).moved(since_epoch(airing.start))
        for airing in need.airings
        if replicas
    ]
    return added(terms), highest(stood)


def held(need: Need, usual: int) -> Iterator[tuple[int, int]]:
    """Yield the whole seconds since the epoch from and until which replicas are asked for.

    Lead and cool-down are in them; they are in no order and may meet.
    """
    for whole, _, later in raised(need, usual):
        for hill in whole.hills:
            rise = hill.rise[0].start if hill.rise else 0
            fall = hill.fall[0].start if hill.fall else 0
            yield floor(later + hill.since + rise), ceil(later + hill.until - fall)
    for piece in fixed(need).pieces:
        yield floor(piece.start), ceil(piece.end)


def raised(need: Need, usual: int) -> list[Raised]:
    """Return what `carrying` is the highest of: one for airings whose demands meet.

    What follows demands that do not meet is never more than what follows the larger of them.
    """
    found = []
    for group in _meeting(need.airings):
        peaks = [at_peak(need, airing, usual) for airing in group]
        if top := max(peaks):
            bare = levels(group[0]) if len(group) == 1 else _together(group, peaks, top)
            found.append(_raised(need, bare, top / PEAK, group[0]))
    return found


def fixed(need: Need) -> Curve:
    """Return the fixed replicas over seconds since the epoch, lead and cool-down included."""
    replicas = need.target.replicas
    if not replicas:
        return Curve()
    parts = [_raised(need, _present(a), Fraction(replicas), a).curve() for a in need.airings]
    return highest(parts)


def reach(need: Need, airing: Airing) -> tuple[Number, Number]:
    """Return from when to when an airing may need replicas, in seconds since its start."""
    pieces = levels(airing).pieces
    return pieces[0].start - seconds(need.lead), pieces[-1].end + seconds(need.cool_down.length)


def _meeting(airings: Sequence[Airing]) -> list[list[Airing]]:
    """Return the airings in groups, each of those whose demands meet or that one of them joins."""
    if len(airings) == 1:
        return [list(airings)]
    groups: list[list[Airing]] = []
    until = datetime.min.replace(tzinfo=UTC)
    for airing in sorted(airings, key=span):
        begin, end = span(airing)
        if begin > until:
            groups.append([])
        groups[-1].append(airing)
        until = max(until, end)
    return groups


def _together(group: Sequence[Airing], peaks: Sequence[Fraction], top: Fraction) -> Curve:
    """Return the demands of airings in parts of the top, over seconds since the first starts."""
    return added(
        [
            Term(levels(airing), peak / top, seconds(airing.start - group[0].start))
            for airing, peak in zip(group, peaks, strict=True)
        ]
    )


def _present(airing: Airing) -> Curve:
    """Return 1 from the first demand of an airing to its last, over seconds since its start."""
    pieces = levels(airing).pieces
    return Curve((Piece(pieces[0].start, pieces[-1].end, 1, 1),))


def _raised(need: Need, bare: Curve, factor: Fraction, airing: Airing) -> Raised:
    """Return a curve over seconds since an airing's start with lead and cool-down, since 1970."""
    whole, parts, _ = ridge(bare, need.lead, need.cool_down)
    return Raised(whole, parts * factor, since_epoch(airing.start))
