"""The sentences that explain a number of replicas and a peak (design section 2, `why`)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from itertools import count
from math import ceil, floor
from typing import Final

from onair.model.loads import Audience, Load
from onair.model.quantities import format_duration
from onair.plan.demand import level_at, levels, peak_rate, seconds_at_peak, span
from onair.plan.ladder import ladder, together
from onair.plan.needs import Need, at_peak, carrying_at, fixed_at
from onair.plan.outlines import PEAK
from onair.plan.same import Same
from onair.plan.seconds import seconds
from onair.plan.shares import most_together, room, smallest
from onair.plan.timeline import Limit, own_limit, required_beside, within
from onair.schedule.airings import Airing

_NAMED: Final = 3
"""How many loads a sentence names before it becomes hard to read."""

_FACTOR_DECIMALS: Final = 4
"""Of a factor of 1 or more: a person's own product then differs by 0.005 % at most."""

_SMALL: Final = Fraction(1, 100)
"""Below it two decimals would say nothing, so two digits are said."""

_MOST_DECIMALS: Final = 6
"""As many as a manifest can say, of a quantity or of a percentage as a factor."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What carries one load of one campaign, in replicas.

    `amount` is the demand in requests/s, for a multiplier the level in parts of the peak.
    """

    need: Need
    load: Load
    amount: Fraction
    replicas: Fraction

    def with_more(self, amount: Fraction, replicas: Fraction) -> "_Part":
        return _Part(self.need, self.load, self.amount + amount, self.replicas + replicas)


@dataclass(frozen=True, slots=True)
class _Look:
    """A look at an instant: from it on, or right before it if more is required there."""

    needs: Sequence[Need]
    usual: int
    instant: datetime
    before: bool

    def carrying(self, need: Need) -> Fraction:
        return carrying_at(need, self.usual, self.instant, before=self.before)

    def parts(self) -> list[_Part]:
        """Return what carries the demand of each load, the largest first.

        A multiple of no usual load is among them, although it is nothing.
        """
        carrying = (need for need in self.needs if need.target.replicas is None)
        found = (part for need in carrying for part in self._parts_of(need))
        return sorted(found, key=lambda part: (-part.replicas, part.need.campaign))

    def _parts_of(self, need: Need) -> Iterable[_Part]:
        """Return what carries each load of one campaign; airings of one load add up."""
        found: dict[Same[Load], _Part] = {}
        for airing in need.airings:
            load, level = airing.load, level_at(airing, self.instant, before=self.before)
            if level:
                key = Same(load)
                known = found.get(key, _Part(need, load, Fraction(), Fraction()))
                amount = level if load.multiplier else level * peak_rate(airing)
                replicas = level * at_peak(need, airing, self.usual)
                found[key] = known.with_more(amount, replicas)
        return found.values()

    def fixed(self, needs: Sequence[Need]) -> int:
        return max((fixed_at(n, self.instant, before=self.before) for n in needs), default=0)

    def required(self) -> int:
        return required_beside(self.needs, self.usual, self.instant, before=self.before)


def explain(needs: Sequence[Need], usual: int, limits: Sequence[Limit], instant: datetime) -> str:
    """Return the arithmetic behind the replicas for the demand of an instant, in words.

    Without lead and cool-down, so the instant of a moment is the one to ask about. Such as
    `5,000 requests/s x 80 % x 1.3 / 50 per replica = 104, plus 6 for the usual load = 110, rounded
    up to 111; limited to 80 by maxReplicas of tv/wie-is-de-mol`.
    """
    look = max(_sides(needs, usual, instant), key=lambda side: (side.required(), len(side.parts())))
    said = _carried(look)
    if fixed := look.fixed(needs):
        said.append(f"at least {_many(fixed, 'fixed replica')}")
        if not any(map(look.carrying, needs)) and usual > fixed:
            said.append(f"{usual:,} for the usual load")
    return ", ".join(said) + _limited(look, limits) if said else _around(needs, usual, instant)


def bite(
    needs: Sequence[Need], usual: int, limits: Sequence[Limit], instant: datetime
) -> tuple[int, int, Limit | None]:
    """Return the replicas for the demand of an instant, what limits leave, and the one that bites.

    Without lead and cool-down, as `explain` says it; None where no limit bites.
    """
    return _bite(max(_sides(needs, usual, instant), key=_Look.required), limits)


def explain_peak(airing: Airing) -> str:
    """Return how the size of a crowd becomes its peak, in words.

    Such as `680,000 people x 2.2 requests within 5m = 4,986.67 requests/s`; where the shape is not
    level over that stretch, with the factor by which a level of 100 % is above the mean, and where
    it stays below 100 %, with its highest level: what is said last is the most that ever comes.
    """
    load, highest = airing.load, Fraction(levels(airing).peak(), PEAK)
    reached = "" if highest == 1 else f" x {_exact(highest * 100)} %"
    most = _many(highest * peak_rate(airing), "request", "/s")
    if load.audience is not None:
        return f"{_requests(load.audience, airing, reached)} = {most}"
    full = _many(peak_rate(airing), "request", "/s")
    if load.multiplier is not None:
        full = f"1 + ({_exact(load.multiplier)} - 1)"
        most = f"{_exact(1 + (load.multiplier - 1) * highest)} times the usual load"
    return f"{full}{reached} for {load.shape} = {most}" if reached else most


def _requests(audience: Audience, airing: Airing, reached: str) -> str:
    """Say how many requests come in which time, and how their peak is above their mean."""
    load = airing.load
    begun, over = span(replace(airing, latest_end=airing.end))
    window = min(audience.within or over - begun, over - begun)
    stretch = f"{'within' if audience.within else 'over'} {format_duration(window)}"
    factor = seconds(window) / seconds_at_peak(load, airing.end - airing.start)
    peak = "" if factor == 1 else f" x {_rounded(factor, _FACTOR_DECIMALS)}"
    shape = f"{peak}{reached} for {load.shape}" if peak or reached else ""
    response = "" if audience.response == 1 else f" x {_exact(audience.response * 100)} %"
    each = audience.requests_per_person
    requests = f"{_exact(each)} request{'' if each == 1 else 's'}"
    people = f"{_exact(audience.people)} {'person' if audience.people == 1 else 'people'}"
    return f"{people}{response} x {requests} {stretch}{shape}"


def _sides(needs: Sequence[Need], usual: int, instant: datetime) -> list[_Look]:
    """Return the looks at an instant: from it on, and right before it."""
    return [_Look(needs, usual, instant, before=before) for before in (False, True)]


def _around(needs: Sequence[Need], usual: int, instant: datetime) -> str:
    """Say that nothing is asked, and what keeps a floor up all the same."""
    cooling = leading = False
    for need in needs:
        for airing in need.airings:
            if need.target.replicas or at_peak(need, airing, usual):
                begins, ends = span(airing)
                cooling = cooling or ends <= instant < ends + need.cool_down.length
                leading = leading or begins - need.lead <= instant < begins
    said = ["cools down after"] * cooling + ["warms up before"] * leading
    return "no demand at that time" + (f": it {' and '.join(said)} an airing" if said else "")


def _carried(look: _Look) -> list[str]:
    """Say what carries the demand, the largest first, and the usual load beside it, if any."""
    parts = look.parts()
    if not parts:
        return []
    replicas = ceil(sum((part.replicas for part in parts), Fraction()))
    if len(parts) == 1:
        said = [f"{_product(look, parts[0])} = {replicas:,}"]
    else:
        said = [
            f"{part.need.campaign}: {_product(look, part)} = {_rounded(part.replicas)}"
            for part in parts[:_NAMED]
        ]
        if len(parts) > _NAMED:
            rest = sum((part.replicas for part in parts[_NAMED:]), Fraction())
            said.append(f"{_many(len(parts) - _NAMED, 'more load')} = {_rounded(rest)}")
        said.append(f"together {replicas:,}")
    if not replicas:
        return said
    replicas += look.usual
    if look.usual:
        said.append(f"plus {look.usual:,} for the usual load = {replicas:,}")
    if ladder(replicas) != replicas:
        said.append(f"rounded up to {ladder(replicas):,}")
    return said


def _product(look: _Look, part: _Part) -> str:
    """Say what one load asks for: `5,000 requests/s x 80 % x 1.3 / 50 per replica`."""
    target, load = part.need.target, part.load
    if load.multiplier is not None:
        level = "" if part.amount == 1 else f" x {_rounded(part.amount * 100)} %"
        unknown = "" if look.usual else ", which is 0 or not known yet"
        usual = f"{look.usual:,} for the usual load{unknown}"
        return f"({_exact(load.multiplier)} - 1){level} x {usual}"
    share = "" if target.share == 1 else f" x {_exact(target.share * 100)} %"
    headroom = f" x {_exact(1 + load.headroom)}" if load.headroom else ""
    per_replica = _exact(target.per_replica or Fraction())
    rate = _many(part.amount, "request", "/s")
    return f"{rate}{share}{headroom} / {per_replica} per replica"


def _limited(look: _Look, limits: Sequence[Limit]) -> str:
    """Say which limit bites and what it leaves, if any does."""
    _, left, limit = _bite(look, limits)
    return f"; limited to {left:,} by {limit.name}" if limit else ""


def _bite(look: _Look, limits: Sequence[Limit]) -> tuple[int, int, Limit | None]:
    """Return what is required, what limits leave of it, and the lowest of them that bites."""
    asked = look.required()
    if all(need.limit is None for need in look.needs):
        return asked, *within(asked, limits)
    own, need = _within_own_limits(look)
    left, limit = within(min(asked, own), limits)
    if limit is None and need is not None and own < asked:
        limit = own_limit(need)
    return asked, left, limit


def _within_own_limits(look: _Look) -> tuple[int, Need | None]:
    """Return what the campaigns' own limits leave, and the need whose limit is named for it."""
    here = [need for need in look.needs if look.carrying(need) or look.fixed([need])]
    asked = [(need, look.carrying(need), room(need, look.usual)) for need in here]
    parts = [part if most is None else min(part, Fraction(most)) for _, part, most in asked]
    # Where demand is there, the usual load counts, although a limit may leave nothing beside it.
    left = together(look.usual, sum(parts, Fraction()), max(look.fixed(look.needs), 1))
    most_left = most_together(here, look.usual)
    exceeding = [need for need, part, most in asked if most is not None and part > most]
    named = exceeding or [need for need in here if need.limit is not None]
    return left if most_left is None else min(left, most_left), smallest(named) if named else None


def _exact(value: Fraction) -> str:
    """Say a number of a manifest with all its decimals: `50`, `1.305`, `0.001`."""
    return _rounded(value, _MOST_DECIMALS)


def _many(value: Fraction | int, one: str, unit: str = "") -> str:
    """Say how many: `1 request/s`, `0.92 requests/s`, `12 fixed replicas`."""
    said = _rounded(Fraction(value))
    return f"{said} {one}{'' if said == '1' else 's'}{unit}"


def _rounded(value: Fraction, decimals: int = 2) -> str:
    """Say a number with at most so many decimals, halves rounded up: `4,986.67`, `50`, `1.3`.

    A small one has the decimals of its first two digits: `0.00048`.
    """
    if 0 < value < _SMALL:
        decimals = next(n for n in count(decimals) if value * 10**n >= 10)  # noqa: PLR2004
    whole, rest = divmod(floor(value * 10**decimals + Fraction(1, 2)), 10**decimals)
    return f"{whole:,}" + f".{rest:0{decimals}}".rstrip("0").rstrip(".")
