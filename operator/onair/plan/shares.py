"""What campaigns ask of a target together, and what their own limits leave of it.

The maxReplicas of an inline target limits what its campaign contributes (design section 3.8): usual
and contribution together stay within it. Limits on the total of a target come later, in the
timeline.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from operator import itemgetter
from typing import NamedTuple

from onair.plan.blocks import Stretch, block, fixed_block
from onair.plan.changes import changes
from onair.plan.curves import Curve, Piece, curve, total
from onair.plan.highest import highest
from onair.plan.hills import hills
from onair.plan.needs import Need, fixed, raised
from onair.plan.ridges import Raised, Ridge, summed
from onair.plan.seconds import Number
from onair.plan.stairs import Stairs, stairs


class Asked(NamedTuple):
    """What is asked, in columns: from each whole second on so much, of which so much is left.

    `bitten` are the needs whose limit bites, None where all that is asked is left. In the last
    second nothing is asked any more.
    """

    seconds: tuple[int, ...]
    asked: tuple[int, ...]
    left: tuple[int, ...]
    bitten: tuple[Need | None, ...]


def asked(needs: Sequence[Need], usual: int, over: Stretch | None = None) -> Asked:
    """Return what campaigns ask of a target together.

    `over` is a stretch in which each of them asks for its most all the time.
    """
    carried = [block(need, usual, over) if over else raised(need, usual) for need in needs]
    constant = [fixed_block(need, over) if over else fixed(need) for need in needs]
    whole = stairs(carried[0] if len(carried) == 1 else [summed(carried)], constant, usual)
    seconds, replicas = tuple(whole), tuple(whole.values())
    if not whole or all(need.limit is None for need in needs):
        return Asked(seconds, replicas, replicas, (None,) * len(whole))
    if len(needs) == 1:
        return _alone(needs[0], seconds, replicas)
    shares = [
        _share(need, own, stood, room(need, usual))
        for need, own, stood in zip(needs, carried, constant, strict=True)
    ]
    return Asked(*zip(*changes(_within_limits(shares, whole, usual)), strict=True))


def room(need: Need, usual: int) -> int | None:
    """Return the replicas that a campaign may add to the usual ones; None without a limit."""
    return None if need.limit is None else max(need.limit - usual, 0)


def most_together(needs: Sequence[Need], usual: int) -> int | None:
    """Return what campaigns may cause together within their limits; None if one has none.

    The usual load and the rounding to a rung are within it: one campaign alone stays in its limit.
    """
    limits = [need.limit for need in needs if need.limit is not None]
    if not limits or len(limits) < len(needs):
        return None
    return min(usual, max(limits)) + sum(max(limit - usual, 0) for limit in limits)


def smallest(needs: Sequence[Need]) -> Need:
    """Return the need with the smallest limit; the campaign's name decides between equal ones."""
    having = [need for need in needs if need.limit is not None]
    return min(having, key=lambda need: (need.limit, need.campaign))


@dataclass(frozen=True, slots=True)
class _Share:
    """What one campaign asks, and how much of what carries it its limit leaves; None for all.

    `present` is 1 wherever anything is asked, since the usual load counts there; `above` are the
    stretches in which more is asked than the limit leaves.
    """

    need: Need
    carrying: Curve
    fixed: Curve
    most: int | None
    present: Curve
    above: list[tuple[Number, Number]]

    def within(self) -> Curve:
        """Return what the limit leaves."""
        return self.carrying if self.most is None else self.carrying.limited(self.most)

    def exceeds(self, start: int, end: int) -> bool:
        """Tell whether somewhere in [start, end) more is asked than the limit leaves."""
        following = bisect_right(self.above, start, key=itemgetter(1))
        return following < len(self.above) and self.above[following][0] < end


def _share(need: Need, carried: Sequence[Raised], stood: Curve, most: int | None) -> _Share:
    carrying = highest([each.curve() for each in carried])
    present = curve(Piece(*piece[:2], 1, 1) for piece in (*carrying.pieces, *stood.pieces))
    above = [] if most is None else carrying.above(most)
    return _Share(need, carrying, stood, most, present, above)


def _alone(need: Need, seconds: tuple[int, ...], replicas: tuple[int, ...]) -> Asked:
    """Return what is left of what one campaign asks: the usual load is within its limit, too."""
    most = need.limit or 0
    left = tuple(min(each, most) for each in replicas)
    return Asked(seconds, replicas, left, tuple(need if each > most else None for each in replicas))


def _within_limits(
    shares: Sequence[_Share], whole: Stairs, usual: int
) -> Iterator[tuple[int, int, int, Need | None]]:
    """Yield the rows of what is asked by campaigns of which one or more have a limit."""
    within = Raised(Ridge(hills(total(share.within() for share in shares))), Fraction(1), 0)
    left = stairs([within], [curve for s in shares for curve in (s.fixed, s.present)], usual)
    comings = _comings(shares)
    seconds = sorted({*comings, *whole, *left})
    all_asked = allowed = 0
    here: Counter[int] = Counter()
    for start, end in pairwise([*seconds, seconds[-1] + 1]):
        all_asked, allowed = whole.get(start, all_asked), left.get(start, allowed)
        here.update(comings[start])
        some = [share for number, share in enumerate(shares) if here[number]]
        asking = [share.need for share in some]
        most = most_together(asking, usual)
        fits = min(all_asked, allowed, all_asked if most is None else most)
        bitten = None
        if fits < all_asked:
            exceeding = [share.need for share in some if share.exceeds(start, end)]
            bitten = smallest(exceeding or asking)
        yield start, all_asked, fits, bitten


def _comings(shares: Sequence[_Share]) -> defaultdict[int, Counter[int]]:
    """Return which shares, by number, begin (1) and cease (-1) to be present in whole seconds."""
    found: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for number, share in enumerate(shares):
        for piece in share.present.pieces:
            found[floor(piece.start)][number] += 1
            found[ceil(piece.end)][number] -= 1
    return found
