"""What one campaign needs of one target, in replicas over time (design sections 3.4 to 3.7)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from functools import lru_cache

from onair.model.loads import Load
from onair.model.targets import CoolDown, Target
from onair.plan.curves import Curve, Piece, total
from onair.plan.demand import levels, peak_rate, rate_at
from onair.plan.highest import highest
from onair.plan.seconds import Number, seconds, since_epoch
from onair.plan.shapes import PEAK
from onair.plan.windows import widened
from onair.schedule.airings import Airing


@dataclass(frozen=True, slots=True)
class Need:
    """One campaign on one target, with those of its airings that the caller looks at.

    Attributes:
        campaign: namespace/name.
        target: how much of the load reaches it and what a replica serves, or fixed replicas.
        load: the demand of each airing.
        lead: how far the floor runs ahead of the demand.
        cool_down: how it falls afterwards.
        airings: sorted by start.
        limit: the most replicas that this campaign alone may cause; None without such a limit.
    """

    campaign: str
    target: Target
    load: Load
    lead: timedelta
    cool_down: CoolDown
    airings: tuple[Airing, ...]
    limit: int | None = None


def per_request(need: Need) -> Fraction:
    """Return the replicas for one request/s; 0 for fixed replicas (design section 3.4)."""
    target = need.target
    if target.per_replica is None:
        return Fraction()
    return target.share * (1 + need.load.headroom) / target.per_replica


def carrying_at(need: Need, instant: datetime, *, before: bool = False) -> Fraction:
    """Return the replicas for the demand from an instant on, or right `before` it.

    Exact, without lead and cool-down.
    """
    rates = (rate_at(need.load, airing, instant, before=before) for airing in need.airings)
    return sum(rates, Fraction()) * per_request(need)


def fixed_at(need: Need, instant: datetime, *, before: bool = False) -> int:
    """Return the fixed replicas from an instant on, or right `before` it.

    They stand where there is demand, or where there was and will be again.
    """
    present = ((_present(need, a), seconds(instant - a.start)) for a in need.airings)
    here = any(curve.before(time) if before else curve.at(time) for curve, time in present)
    return need.target.replicas or 0 if here else 0


def carrying(need: Need) -> Curve:
    """Return the replicas that carry the demand, exact, over seconds since the epoch.

    Lead and cool-down are in it: no dip between adjacent airings, whose demands add up before.
    """
    peaks = [peak_rate(need.load, airing) * per_request(need) for airing in need.airings]
    top = max(peaks, default=Fraction())
    if not top:
        return Curve()
    parts = [
        _since_first(need, airing, levels(need.load, airing).scaled(peak / top))
        for airing, peak in zip(need.airings, peaks, strict=True)
    ]
    return _raised(need, total(parts)).scaled(top / PEAK)


def fixed(need: Need) -> Curve:
    """Return the fixed replicas over seconds since the epoch, lead and cool-down included."""
    if not need.target.replicas or not need.airings:
        return Curve()
    parts = [_since_first(need, airing, _present(need, airing)) for airing in need.airings]
    return _raised(need, highest(parts)).scaled(need.target.replicas)


def _present(need: Need, airing: Airing) -> Curve:
    """Return 1 from the first demand of an airing to its last, over seconds since its start."""
    pieces = levels(need.load, airing).pieces
    return Curve((Piece(pieces[0].start, pieces[-1].end, 1, 1),))


def _since_first(need: Need, airing: Airing, curve: Curve) -> Curve:
    return curve.moved(seconds(airing.start - need.airings[0].start))


def _raised(need: Need, curve: Curve) -> Curve:
    """Return a curve over seconds since the first airing with lead and cool-down, since 1970."""
    # Relative to the first airing, campaigns of the same kind share what is computed and cached.
    ahead = _led_and_cooled(curve, seconds(need.lead), need.cool_down)
    return ahead.moved(since_epoch(need.airings[0].start))


@lru_cache(maxsize=1024)
def _led_and_cooled(curve: Curve, lead: Number, cool_down: CoolDown) -> Curve:
    """Return the largest over s <= t of (the largest of the curve over [s, s + lead]) x k(t - s).

    k falls in steps (design section 3.6): so this is the highest of finitely many curves, for each
    step the largest of the window that it reaches back to, times its k.
    """
    hold, every = seconds(cool_down.hold), seconds(cool_down.every)
    step, whole = cool_down.step.as_integer_ratio()
    cooled = [
        widened(curve, lead, hold + passed * every).scaled(whole - passed * step)
        for passed in range(-(-whole // step))
    ]
    return highest(cooled).scaled(Fraction(1, whole))
