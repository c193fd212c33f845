"""How the evening may begin, and what may happen in it: the whole bound, and parts of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.model.evening import CAMPAIGNS, INSTANTS, at
from tests.model.states import Budget, Shared

if TYPE_CHECKING:
    from collections.abc import Iterator

WHOLE: Final = Budget(crashes=2, stale_reads=1, edits=1)
"""The bound of the project's reliability bars."""

PARTS: Final = {
    "two-crashes": Budget(crashes=2),
    "stale-read": Budget(stale_reads=1),
    "owner-edit": Budget(edits=1),
    "changed-campaign": Budget(changes=1),
    "delay": Budget(delays=1),
}
"""What every run of the tests explores."""

LAST_HOUR: Final = Shared((False, False, True), now=INSTANTS.index(at("20:38")))
"""The third campaign alone: an evening short enough for the whole bound in every run."""

OVERNIGHT: Final = {
    "whole": WHOLE,
    "stale-after-a-crash": Budget(crashes=1, stale_reads=1),
    "changed-after-a-crash": Budget(crashes=1, changes=1),
    "delayed-after-a-crash": Budget(crashes=1, delays=1),
}
"""What `python -m tests.model` explores."""


def beginnings(budget: Budget) -> Iterator[Shared]:
    """Return how the evening may begin: with all campaigns, or with one that may come later."""
    every = (True,) * len(CAMPAIGNS)
    yield Shared(every)
    if budget.changes:
        for late in range(len(CAMPAIGNS)):
            yield Shared((*every[:late], False, *every[late + 1 :]))
