"""Media plans for tests: spots, and the same spots written as planners of all kinds write them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from onair.importing.loads import Defaults
from onair.importing.plans.media_plans import media_plan
from onair.model.parse import parse_campaign
from onair.schedule.airings import airings
from onair.schedule.zones import to_utc, zone

ZONE = "Europe/Amsterdam"
DEFAULTS = Defaults(time_zone=ZONE, target_sets=("mol",), load={"shape": "TVSpot"})
YEAR = datetime(2027, 1, 1)  # noqa: DTZ001 - on the clocks of ZONE
FIRST_HOUR = 3
"""Of a broadcast day, which runs on to 26:59:59."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A row: what airs, on which broadcast day, how long after its midnight, and its crowd."""

    campaign: str
    day: date
    clock: timedelta
    seconds: int
    rate: int


@dataclass(frozen=True, slots=True)
class Style:
    """How a planner writes: header, delimiter, format of dates, and of large numbers."""

    header: tuple[str, str, str, str, str]
    delimiter: str
    date: str
    divider: str


PLAIN = Style(("date", "time", "length", "campaign", "rps"), ",", "%Y-%m-%d", "")
STYLES = st.sampled_from(
    [
        Style(("date", "time", "length", "campaign", "rps"), ",", "%Y-%m-%d", ""),
        Style(("Datum", "Tijd", "Lengte", "Campagne", "RPS"), ";", "%d %b %Y", " "),
        Style(("Datum", "Uhrzeit", "Dauer", "Kampagne", "Faktor"), "\t", "%d. %B %Y", "'"),
        Style(("Air Date", "Air Time", "Spot Length", "Campaign Name", "RPS"), "|", "%Y%m%d", ""),
    ]
)
PLANNED = st.builds(
    Planned,
    campaign=st.sampled_from(["Lente 2027", "Größe", "Wie is de Mol?", 'Say "cheese"; now']),
    day=st.dates(date(2027, 3, 20), date(2027, 4, 10)),
    clock=st.integers(FIRST_HOUR * 60, 27 * 60 - 1).map(lambda minutes: timedelta(minutes=minutes)),
    seconds=st.sampled_from([10, 30, 3900]),
    rate=st.sampled_from([1, 400, 1000]),
)


def written(rows: list[Planned], style: Style) -> str:
    """Return a plan as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=style.delimiter)
    size = "multiplier" if style.header[4] == "Faktor" else style.header[4]
    writer.writerow((*style.header[:4], size))
    for row in rows:
        minutes = int(row.clock.total_seconds()) // 60
        clock = f"{minutes // 60:02d}:{minutes % 60:02d}"
        rate = f"{row.rate:,}".replace(",", style.divider)
        day = row.day.strftime(style.date)
        writer.writerow((day, clock, row.seconds, row.campaign, rate))
    return text.getvalue()


def imported(text: str) -> tuple[dict[str, Any], ...]:
    """Return the campaigns of a plan, of which nothing is left out."""
    found = media_plan(text, DEFAULTS)
    assert [note for note in found.notes if note.left_out] == []
    return found.manifests


def planned_airings(rows: list[Planned]) -> Counter[tuple[str, datetime, timedelta]]:
    """Return title, start and length of what a plan means, made without the importer."""
    where = zone(ZONE)
    return Counter(
        (
            row.campaign,
            to_utc(datetime.combine(row.day, datetime.min.time()) + row.clock, where),
            timedelta(seconds=row.seconds),
        )
        for row in rows
    )


def manifest_airings(
    bodies: tuple[dict[str, Any], ...],
) -> Counter[tuple[str, datetime, timedelta]]:
    """Return title, start and length of what campaigns air."""
    after = to_utc(YEAR, zone(ZONE))
    found: Counter[tuple[str, datetime, timedelta]] = Counter()
    for body in bodies:
        spec = parse_campaign(body)
        for airing in airings(spec, after, after + timedelta(days=399)):
            found[spec.title or "", airing.start, airing.end - airing.start] += 1
    return found
