"""Turn the matches of the World Cup of 1998 into a calendar that `onair import` reads.

    python make_calendar.py < matches.csv > calendar.csv

The matches are `data-csv/matches.csv` of the Fjelstul World Cup Database, or any CSV file with the
kick-offs of one tournament in a column `kickoff_utc`, such as 1998-06-10T15:30:00Z. Each match
becomes a row with its class, its start and its end. A class is what its matches have in common that
decides how many people look: the day, and the time of day.
"""  # noqa: INP001 - a script, no package

import csv
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

TOURNAMENT = "WC-1998"
FRENCH_SUMMER_TIME = "+02:00"
MATCH = timedelta(minutes=2 * 45 + 15)
"""Two halves and the interval. What the referee adds nobody knows before."""

SATURDAY = 5
EVENING = 18
"""Kick-offs from this hour (UTC) on find people at home."""


def kick_offs(matches: Iterable[dict[str, str]]) -> Iterator[datetime]:
    """Yield the kick-offs of a file of matches in its order, in UTC."""
    for match in matches:
        if "kickoff_utc" in match:
            yield datetime.fromisoformat(match["kickoff_utc"])
        elif match["tournament_id"] == TOURNAMENT:
            local = f"{match['match_date']}T{match['match_time']}{FRENCH_SUMMER_TIME}"
            yield datetime.fromisoformat(local).astimezone(UTC)


def class_of(start: datetime) -> str:
    """Return the class of a match."""
    if start.weekday() >= SATURDAY:
        return "Weekend"
    return "Weekday evening" if start.hour >= EVENING else "Weekday afternoon"


def row(start: datetime) -> tuple[str, str, str]:
    """Return the class, the start and the end of a match as the calendar has them."""
    return class_of(start), f"{start:%Y-%m-%dT%H:%M:%SZ}", f"{start + MATCH:%Y-%m-%dT%H:%M:%SZ}"


def main() -> None:
    """Read matches from standard input, print a calendar."""
    rows = (row(start) for start in kick_offs(csv.DictReader(sys.stdin)))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerows((("campaign", "start", "end"), *rows))


if __name__ == "__main__":
    main()
