"""What campaigns ask of a target together, and what their own limits leave of it.

The maxReplicas of an inline target limits what its campaign contributes (design section 3.8): usual
and contribution together stay within it. Limits on the total of a target come later, in the
timeline.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import NamedTuple

from onair.plan.changes import changes
from onair.plan.curves import Curve, Piece, curve, total
from onair.plan.hills import hills
from onair.plan.needs import Need, carrying, fixed, raised
from onair.plan.ridges import Raised, Ridge, summed
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


def asked(needs: Sequence[Need], usual: int) -> Asked:
    """Return what campaigns ask of a target together."""
    carried = [raised(need, usual) for need in needs]
    constant = [fixed(need) for need in needs]
    whole = stairs(carried[0] if len(carried) == 1 else [summed(carried)], constant, usual)
    seconds, replicas = tuple(whole), tuple(whole.values())
    if not whole or all(need.limit is None for need in needs):
        return Asked(seconds, replicas, replicas, (None,) * len(whole))
    if len(needs) == 1:
        return _alone(needs[0], seconds, replicas)
    return Asked(*zip(*changes(_within_limits(needs, whole, usual)), strict=True))


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
    """What one campaign asks."""

    need: Need
    carrying: Curve
    fixed: Curve

    def within(self, usual: int) -> Curve:
        most = room(self.need, usual)
        return self.carrying if most is None else self.carrying.limited(most)

    def present(self) -> Curve:
        """Return 1 wherever anything is asked: there the usual load counts."""
        pieces = (*self.carrying.pieces, *self.fixed.pieces)
        return curve(Piece(piece.start, piece.end, 1, 1) for piece in pieces)

    def exceeds(self, start: int, end: int, usual: int) -> bool:
        most = room(self.need, usual)
        return most is not None and self.carrying.peak_between(start, end) > most


def _alone(need: Need, seconds: tuple[int, ...], replicas: tuple[int, ...]) -> Asked:
    """Return what is left of what one campaign asks: the usual load is within its limit, too."""
    most = need.limit or 0
    left = tuple(min(each, most) for each in replicas)
    return Asked(seconds, replicas, left, tuple(need if each > most else None for each in replicas))


def _within_limits(
    needs: Sequence[Need], whole: Stairs, usual: int
) -> Iterator[tuple[int, int, int, Need | None]]:
    """Yield the rows of what is asked by campaigns of which one or more have a limit."""
    shares = [_Share(need, carrying(need, usual), fixed(need)) for need in needs]
    present = [share.present() for share in shares]
    within = Raised(Ridge(hills(total(share.within(usual) for share in shares))), Fraction(1), 0)
    left = stairs([within], [*(share.fixed for share in shares), *present], usual)
    edges = {
        edge for each in present for p in each.pieces for edge in (floor(p.start), ceil(p.end))
    }
    seconds = sorted({*edges, *whole, *left})
    for start, end in pairwise([*seconds, seconds[-1] + 1]):
        all_asked = _at(whole, start)
        here = [
            share
            for share, curve in zip(shares, present, strict=True)
            if curve.peak_between(start, end)
        ]
        some = [share.need for share in here]
        most = most_together(some, usual)
        allowed = min(_at(left, start), all_asked if most is None else most)
        exceeding = [share.need for share in here if share.exceeds(start, end, usual)]
        bites = allowed < all_asked
        yield (
            start,
            all_asked,
            min(allowed, all_asked),
            smallest(exceeding or some) if bites else None,
        )


def _at(found: Stairs, second: int) -> int:
    seconds = list(found)
    begun = bisect_right(seconds, second)
    return found[seconds[begun - 1]] if begun else 0
