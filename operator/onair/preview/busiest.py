"""The instant at which the demand requires most."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from operator import itemgetter

from onair.plan.curves import total
from onair.plan.highest import highest
from onair.plan.ladder import together
from onair.plan.needs import Need, demanding
from onair.plan.seconds import instant_at, since_epoch


def busiest(
    needs: Sequence[Need], usual: int, start: datetime, end: datetime
) -> tuple[int, datetime]:
    """Return the most that an instant from start to end requires, and the first such instant.

    Without lead, cool-down and limits. What is required is most where a demand steps or bends.
    """
    parts = [demanding(need, usual) for need in needs]
    carried = total([carrying for carrying, _ in parts])
    fixed = highest([standing for _, standing in parts])
    pieces = (*carried.pieces, *fixed.pieces)
    bends = {instant_at(time) for piece in pieces for time in (piece.start, piece.end)}
    required = []
    for at in sorted({start, *(bend for bend in bends if start <= bend <= end)}):
        time = since_epoch(at)
        before = together(usual, Fraction(carried.before(time)), int(fixed.before(time)))
        since = together(usual, Fraction(carried.at(time)), int(fixed.at(time)))
        required.append((max(before, since), at))
    return max(required, key=itemgetter(0))
