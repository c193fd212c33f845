"""What campaigns ask of a target together, and what their own limits leave of it.

The maxReplicas of an inline target limits what its campaign contributes (design section 3.8): usual
and contribution together stay within it. Limits on the total of a target come later, in the
timeline.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor
from operator import attrgetter
from typing import NamedTuple

from onair.plan.curves import Curve, Piece, curve, total
from onair.plan.needs import Need, carrying, fixed
from onair.plan.stairs import Stair, stairs


class Asked(NamedTuple):
    """Over [start, end) in whole seconds: what is asked, what is left, whose limit bites.

    `bitten` is a need with a limit, None if `left` is all that is asked.
    """

    start: int
    end: int
    asked: int
    left: int
    bitten: Need | None


def asked(needs: Sequence[Need], usual: int) -> Iterator[Asked]:
    """Yield what campaigns ask together wherever it is above 0; sorted, without overlaps."""
    shares = [_Share(need, carrying(need), fixed(need)) for need in needs]
    constant = [share.fixed for share in shares]
    whole = stairs(total([share.carrying for share in shares]), constant, usual)
    if any(need.limit is not None for need in needs):
        yield from _within_limits(shares, whole, usual)
    else:
        for stair in whole:
            yield Asked(*stair, stair.replicas, None)


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


def _within_limits(shares: Sequence[_Share], whole: Sequence[Stair], usual: int) -> Iterator[Asked]:
    present = [share.present() for share in shares]
    others = [*(share.fixed for share in shares), *present]
    left = stairs(total([share.within(usual) for share in shares]), others, usual)
    spans = [(floor(p.start), ceil(p.end)) for each in present for p in each.pieces]
    times = sorted({time for span in (*whole, *left, *spans) for time in span[:2]})
    for start, end in pairwise(times):
        all_asked = _at(whole, start)
        here = [
            share
            for share, curve in zip(shares, present, strict=True)
            if curve.peak_between(start, end)
        ]
        needs = [share.need for share in here]
        most = most_together(needs, usual)
        allowed = min(_at(left, start), all_asked if most is None else most)
        exceeding = [share.need for share in here if share.exceeds(start, end, usual)]
        if allowed < all_asked:
            yield Asked(start, end, all_asked, allowed, smallest(exceeding or needs))
        elif all_asked:
            yield Asked(start, end, all_asked, all_asked, None)


def _at(found: Sequence[Stair], time: int) -> int:
    begun = bisect_right(found, time, key=attrgetter("start"))
    return found[begun - 1].replicas if begun and time < found[begun - 1].end else 0
