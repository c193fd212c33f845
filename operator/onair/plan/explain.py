"""The sentence that explains a number of replicas (design section 2, `why`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from math import ceil, floor
from typing import Final

from onair.plan.demand import rate_at
from onair.plan.ladder import ladder, together
from onair.plan.needs import Need, carrying_at, fixed_at
from onair.plan.shares import most_together, room, smallest
from onair.plan.timeline import Limit, own_limit, required_beside, within

_NAMED: Final = 3
"""How many campaigns a sentence names before it becomes hard to read."""


_MOST_DECIMALS: Final = 6
"""As many as a manifest can say, of a quantity or of a percentage as a factor."""


@dataclass(frozen=True, slots=True)
class _Look:
    """A look at an instant: from it on, or right before it if more is required there."""

    needs: Sequence[Need]
    usual: int
    instant: datetime
    before: bool

    def carrying(self, need: Need) -> Fraction:
        return carrying_at(need, self.instant, before=self.before)

    def fixed(self) -> int:
        return max((fixed_at(n, self.instant, before=self.before) for n in self.needs), default=0)

    def required(self) -> int:
        return required_beside(self.needs, self.usual, self.instant, before=self.before)

    def rate(self, need: Need) -> Fraction:
        rates = (rate_at(need.load, a, self.instant, before=self.before) for a in need.airings)
        return sum(rates, Fraction())


def explain(needs: Sequence[Need], usual: int, limits: Sequence[Limit], instant: datetime) -> str:
    """Return the arithmetic behind the replicas for the demand of an instant, in words.

    Without lead and cool-down, so the instant of a moment is the one to ask about. Such as
    `5,000 requests/s x 80 % x 1.3 / 50 per replica = 104, plus 6 for the usual load = 110, rounded
    up to 111; limited to 80 by maxReplicas of tv/wie-is-de-mol`.
    """
    looks = [_Look(needs, usual, instant, before=before) for before in (False, True)]
    look = max(looks, key=_Look.required)
    if not look.required():
        return "no demand at that time"
    said = _carried(look)
    if fixed := look.fixed():
        said.append(f"at least {fixed:,} fixed replicas")
        if not any(map(look.carrying, needs)) and usual > fixed:
            said.append(f"{usual:,} for the usual load")
    return ", ".join(said) + _limited(look, limits)


def _carried(look: _Look) -> list[str]:
    """Say what carries the demand, the largest first, and the usual load beside it."""
    parts = [(look.carrying(need), need) for need in look.needs if look.carrying(need)]
    if not parts:
        return []
    parts.sort(key=lambda part: (-part[0], part[1].campaign))
    replicas = ceil(sum((part for part, _ in parts), Fraction()))
    if len(parts) == 1:
        said = [f"{_product(look, parts[0][1])} = {replicas:,}"]
    else:
        said = [
            f"{need.campaign}: {_product(look, need)} = {_rounded(part)}"
            for part, need in parts[:_NAMED]
        ]
        if len(parts) > _NAMED:
            rest = sum((part for part, _ in parts[_NAMED:]), Fraction())
            said.append(f"{len(parts) - _NAMED} more campaigns = {_rounded(rest)}")
        said.append(f"together {replicas:,}")
    replicas += look.usual
    if look.usual:
        said.append(f"plus {look.usual:,} for the usual load = {replicas:,}")
    if ladder(replicas) != replicas:
        said.append(f"rounded up to {ladder(replicas):,}")
    return said


def _product(look: _Look, need: Need) -> str:
    """Say what one campaign asks for: `5,000 requests/s x 80 % x 1.3 / 50 per replica`."""
    share = "" if need.target.share == 1 else f" x {_exact(need.target.share * 100)} %"
    headroom = f" x {_exact(1 + need.load.headroom)}" if need.load.headroom else ""
    per_replica = _exact(need.target.per_replica or Fraction())
    return f"{_rounded(look.rate(need))} requests/s{share}{headroom} / {per_replica} per replica"


def _limited(look: _Look, limits: Sequence[Limit]) -> str:
    """Say which limit bites and what it leaves, if any does."""
    asked = look.required()
    own, need = _within_own_limits(look)
    left, bite = within(min(asked, own), limits)
    if bite is None and need is not None and own < asked:
        bite = own_limit(need)
    return f"; limited to {left:,} by {bite.name}" if bite else ""


def _within_own_limits(look: _Look) -> tuple[int, Need | None]:
    """Return what the campaigns' own limits leave, and the need whose limit is named for it."""
    here = [n for n in look.needs if required_beside([n], 0, look.instant, before=look.before)]
    asked = [(need, look.carrying(need), room(need, look.usual)) for need in here]
    parts = [part if most is None else min(part, Fraction(most)) for _, part, most in asked]
    # Where demand is there, the usual load counts, although a limit may leave nothing beside it.
    left = together(look.usual, sum(parts, Fraction()), max(look.fixed(), 1))
    most_left = most_together(here, look.usual)
    exceeding = [need for need, part, most in asked if most is not None and part > most]
    named = exceeding or [need for need in here if need.limit is not None]
    return left if most_left is None else min(left, most_left), smallest(named) if named else None


def _exact(value: Fraction) -> str:
    """Say a number of a manifest with all its decimals: `50`, `1.305`, `0.001`."""
    return _rounded(value, _MOST_DECIMALS)


def _rounded(value: Fraction, decimals: int = 2) -> str:
    """Say a number with at most so many decimals, halves rounded up: `4,986.67`, `50`, `1.3`."""
    whole, rest = divmod(floor(value * 10**decimals + Fraction(1, 2)), 10**decimals)
    return f"{whole:,}" + f".{rest:0{decimals}}".rstrip("0").rstrip(".")
