"""The sentence that explains a number of replicas (design section 2, `why`)."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from math import ceil
from typing import Final

from onair.plan.demand import rate_at
from onair.plan.ladder import ladder
from onair.plan.needs import Need, carrying_at, fixed_at
from onair.plan.shares import most_together, room, smallest
from onair.plan.timeline import Limit, own_limit, required_now, within

_NAMED: Final = 3
"""How many campaigns a sentence names before it becomes hard to read."""


def explain(needs: Sequence[Need], usual: int, limits: Sequence[Limit], instant: datetime) -> str:
    """Return the arithmetic behind the replicas for the demand of an instant, in words.

    Without lead and cool-down, so the instant of a moment is the one to ask about. Such as
    `5,000 requests/s x 80 % x 1.3 / 50 per replica = 104, plus 6 for the usual load = 110, rounded
    up to 111; limited to 80 by maxReplicas of tv/wie-is-de-mol`.
    """
    here = [need for need in needs if carrying_at(need, instant) or fixed_at(need, instant)]
    if not here:
        return "no demand at that time"
    carried = sum((carrying_at(need, instant) for need in here), Fraction())
    fixed = max(fixed_at(need, instant) for need in here)
    said = _carried(here, usual, instant) if carried else []
    if fixed:
        said.append(f"at least {fixed:,} fixed replicas")
    if not carried and usual > fixed:
        said.append(f"{usual:,} for the usual load")
    replicas = max(usual + ceil(carried), fixed)
    if ladder(replicas) != replicas:
        said.append(f"rounded up to {ladder(replicas):,}")
    return ", ".join(said) + _limited(here, usual, limits, instant)


def _carried(here: Sequence[Need], usual: int, instant: datetime) -> list[str]:
    """Say what carries the demand, the largest first, and the usual load beside it."""
    parts = [(carrying_at(need, instant), need) for need in here if carrying_at(need, instant)]
    parts.sort(key=lambda part: (-part[0], part[1].campaign))
    replicas = ceil(sum((part for part, _ in parts), Fraction()))
    if len(parts) == 1:
        said = [f"{_product(parts[0][1], instant)} = {replicas:,}"]
    else:
        said = [
            f"{need.campaign}: {_product(need, instant)} = {_number(part)}"
            for part, need in parts[:_NAMED]
        ]
        if len(parts) > _NAMED:
            rest = sum((part for part, _ in parts[_NAMED:]), Fraction())
            said.append(f"{len(parts) - _NAMED} more campaigns = {_number(rest)}")
        said.append(f"together {replicas:,}")
    if usual:
        said.append(f"plus {usual:,} for the usual load = {usual + replicas:,}")
    return said


def _product(need: Need, instant: datetime) -> str:
    """Say what one campaign asks for: `5,000 requests/s x 80 % x 1.3 / 50 per replica`."""
    rate = sum((rate_at(need.load, airing, instant) for airing in need.airings), Fraction())
    share = "" if need.target.share == 1 else f" x {_number(need.target.share * 100)} %"
    headroom = f" x {_number(1 + need.load.headroom)}" if need.load.headroom else ""
    per_replica = _number(need.target.per_replica or Fraction())
    return f"{_number(rate)} requests/s{share}{headroom} / {per_replica} per replica"


def _limited(here: Sequence[Need], usual: int, limits: Sequence[Limit], instant: datetime) -> str:
    """Say which limit bites and what it leaves, if any does."""
    asked = required_now(here, usual, instant)
    own, need = _within_own_limits(here, usual, instant)
    left, bite = within(min(asked, own), limits)
    if bite is None and need is not None and own < asked:
        bite = own_limit(need)
    return f"; limited to {left:,} by {bite.name}" if bite else ""


def _within_own_limits(
    here: Sequence[Need], usual: int, instant: datetime
) -> tuple[int, Need | None]:
    """Return what the campaigns' own limits leave, and the need whose limit is named for it."""
    asked = [(need, carrying_at(need, instant), room(need, usual)) for need in here]
    parts = [part if most is None else min(part, Fraction(most)) for _, part, most in asked]
    carried = sum(parts, Fraction())
    fixed = max(fixed_at(need, instant) for need in here)
    left = ladder(max(usual + ceil(carried), fixed))
    together = most_together(here, usual)
    exceeding = [need for need, part, most in asked if most is not None and part > most]
    named = exceeding or [need for need in here if need.limit is not None]
    return left if together is None else min(left, together), smallest(named) if named else None


def _number(value: Fraction) -> str:
    """Say a number with at most two decimals: `4,986.67`, `50`, `1.3`."""
    whole, hundredths = divmod(round(value * 100), 100)
    return f"{whole:,}" + f".{hundredths:02}".rstrip("0").rstrip(".")
