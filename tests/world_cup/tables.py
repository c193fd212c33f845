"""The tables of the page: what goes in and what comes out, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.world_cup.cup import SPEED
from tests.world_cup.figures import row, row_beside_cron

if TYPE_CHECKING:
    from tests.world_cup.cup import Cup

SPEEDS = (1, 10, 20)
UNANNOUNCED = (
    "nobody announced it: 12 May, when 1,252 requests a minute became 57,509 within three minutes"
)
UNGUESSED = "nobody guesses anything: each class begins without an announcement"
AS_ABOVE = "nothing, as above"
LATE = "every match is announced an hour late"


def speeds(cup: Cup) -> dict[str, list[str]]:
    """Return the rows of the table of speeds."""
    return {str(speed): row_beside_cron(cup.swept(speed)) for speed in SPEEDS}


def wrongs(cup: Cup) -> dict[str, list[str]]:
    """Return the rows of the table of what goes wrong."""
    rows = {UNANNOUNCED: cup.unannounced, UNGUESSED: cup.unguessed, LATE: cup.late}
    return {what: row(found) for what, found in rows.items()}


def changes(cup: Cup) -> dict[str, list[str]]:
    """Return the rows of the table of settings: what OnAir loses, and its pods."""
    rows = {AS_ABOVE: cup.swept(SPEED)} | cup.changed
    return {what: row(found)[1:] for what, found in rows.items()}
