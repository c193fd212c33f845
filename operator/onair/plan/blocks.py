"""What is too costly to plan exactly: planned as one block, at the most that it may need.

A plan takes time and memory for every point of every airing and every step of its cool-down, where
airings meet. Nobody's crowds come near the bound; who draws thousands of points with cool-downs of
a hundred steps keeps the floor that carries them, for longer than they need, and no process busy.
"""

from collections.abc import Iterable
from fractions import Fraction
from math import ceil
from typing import Final

from onair.model.campaigns import CampaignSpec
from onair.model.targets import CoolDown
from onair.plan.curves import Curve, Piece, Term, added
from onair.plan.demand import levels
from onair.plan.hills import Hill
from onair.plan.needs import Need, at_peak
from onair.plan.ridges import Raised, Ridge
from onair.plan.seconds import since_epoch

MOST: Final = 60_000
"""Straight pieces, each once for every step of the cool-down, of all airings of a plan that are not
like others: fifty livestreams of one evening have half of it. As many as take a core some
seconds, which are spent beside the loop (`onair.beside`)."""

BLOCK: Final = (
    "so many points and steps meet here that some of it is planned as one block, at the most that"
    " it may need: draw fewer points, or larger steps"
)

DAYS: Final = 7
"""How often an airing that repeats comes in a plan, at most about."""

DRAWN: Final = 64
"""Pieces of a shape that is drawn for the manifest, about."""

Stretch = tuple[int, int]
"""From a whole second since the epoch until another."""


def weight(spec: CampaignSpec, cool_down: CoolDown) -> int:
    """Return about what a campaign adds to the cost of a plan, without looking at any date."""
    airtimes = zip(spec.airtimes, spec.loads(), strict=True)
    pieces = sum(
        (len(airtime.starts or ()) or (DAYS if airtime.repeat else 1))
        * len((load and load.points) or range(DRAWN))
        for airtime, load in airtimes
    )
    return pieces * ceil(1 / cool_down.step)


def cost(needs: Iterable[Need]) -> int:
    """Return how many pieces the airings of needs have, each once for every step."""
    return sum(
        ceil(1 / need.cool_down.step) * sum(len(levels(each).pieces) for each in need.airings)
        for need in needs
    )


def block(need: Need, usual: int, over: Stretch) -> list[Raised]:
    """Return a need that asks for the most it may carry at once, over a whole stretch."""
    present = []
    for airing in need.airings:
        pieces, start = levels(airing).pieces, since_epoch(airing.start)
        stands = Curve((Piece(pieces[0].start, pieces[-1].end, 1, 1),))
        present.append(Term(stands, at_peak(need, airing, usual), start))
    most = added([term for term in present if term.times]).peak()
    begin, end = over
    whole = Ridge((Hill((), begin, 1, end, ()),))
    return [Raised(whole, Fraction(most), 0)] if most else []


def fixed_block(need: Need, over: Stretch) -> Curve:
    """Return the fixed replicas of a need over a whole stretch."""
    replicas = need.target.replicas
    return Curve((Piece(*over, replicas, replicas),)) if replicas else Curve()
