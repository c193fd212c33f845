"""What one campaign needs of one target, in replicas over time (design sections 3.4 to 3.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from onair.model.targets import CoolDown, Target
from onair.plan.curves import Curve, Piece, Term, added
from onair.plan.demand import level_at, levels, peak_rate, span
from onair.plan.highest import highest
from onair.plan.outlines import PEAK
from onair.plan.raising import ridge
from onair.plan.ridges import Raised
from onair.plan.seconds import Number, seconds, since_epoch
from onair.schedule.airings import Airing


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
    target, load = need.target, airing.load
    if target.replicas is not None:
        return Fraction()
    if load.multiplier is not None:
        return Fraction((load.multiplier - 1) * usual)
    if target.per_replica is None:
        raise ValueError("a target without perReplica and replicas carries only a multiplier")
    return peak_rate(airing) * target.share * (1 + load.headroom) / target.per_replica


def carrying_at(need: Need, usual: int, instant: datetime, *, before: bool = False) -> Fraction:
    """Return the replicas for the demand from an instant on, or right `before` it.

    Exact, beside the usual ones, without lead and cool-down.
    """
    parts = (
        level * at_peak(need, airing, usual)
        for airing in need.airings
        if (level := level_at(airing, instant, before=before))
    )
    return sum(parts, Fraction())


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


def carrying(need: Need, usual: int) -> Curve:
    """Return the replicas that carry the demand beside the usual ones, exact, since the epoch.

    Lead and cool-down are in it: no dip between adjacent airings, whose demands add up before.
    """
    return highest([each.curve() for each in raised(need, usual)])


def raised(need: Need, usual: int) -> list[Raised]:
    """Return what `carrying` is the highest of: one for airings whose demands meet.

    What follows demands that do not meet is never more than what follows the larger of them.
    """
    found = []
    for group in _meeting(need.airings):
        peaks = [at_peak(need, airing, usual) for airing in group]
        if top := max(peaks):
            terms = [
                Term(levels(airing), peak / top, seconds(airing.start - group[0].start))
                for airing, peak in zip(group, peaks, strict=True)
            ]
            found.append(_raised(need, added(terms), top / PEAK, group[0]))
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


def _present(airing: Airing) -> Curve:
    """Return 1 from the first demand of an airing to its last, over seconds since its start."""
    pieces = levels(airing).pieces
    return Curve((Piece(pieces[0].start, pieces[-1].end, 1, 1),))


def _raised(need: Need, bare: Curve, factor: Fraction, airing: Airing) -> Raised:
    """Return a curve over seconds since an airing's start with lead and cool-down, since 1970."""
    return Raised(ridge(bare, need.lead, need.cool_down), factor, since_epoch(airing.start))
