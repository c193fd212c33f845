"""Instants and zones as a person types them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

import click

from onair.model.errors import InvalidManifest
from onair.model.texts import parse_date
from onair.plan.summary import airs_at
from onair.preview.windows import LONGEST
from onair.schedule.zones import to_instant, zone

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_WITHOUT_SECONDS: Final = re.compile(r"(T[0-9]{2}:[0-9]{2})(?=$|Z|[+-])")


def said_zone(
    _context: click.Context, _option: click.Parameter, name: str | None
) -> ZoneInfo | None:
    """Return the zone that an option names, None if it is absent."""
    try:
        return None if name is None else zone(name)
    except InvalidManifest as error:
        raise click.BadParameter(error.message.removeprefix("spec.timeZone: ")) from error


def said_date(
    _context: click.Context, _option: click.Parameter, text: str | None
) -> date | datetime | None:
    """Return the date or date-time that an option says, None if it is absent."""
    if text is None:
        return None
    said = _WITHOUT_SECONDS.sub(r"\1:00", text)
    try:
        return parse_date(said)
    except ValueError as error:
        if _is_far(said):
            raise click.BadParameter(
                f"{text!r} is in no year from 1900 to 2099; a plan has at most {LONGEST.days} days"
            ) from error
        raise click.BadParameter(
            f"{text!r} is neither a date nor a date-time that exists; write 2027-01-09,"
            " 2027-01-09T20:30, or with Z or an offset 2027-01-09T20:30+01:00"
        ) from error


def _is_far(text: str) -> bool:
    """Tell whether a date or date-time exists, in a year of which no manifest can speak."""
    try:
        return datetime.fromisoformat(text).year // 100 not in {19, 20}
    except ValueError:
        return False


def first_of(said: date | datetime, where: ZoneInfo) -> datetime:
    """Return the instant (UTC) of a date-time, or that at which a date begins."""
    if not isinstance(said, datetime):
        said = datetime.combine(said, datetime.min.time())
    return to_instant(said, where)


def shown(instant: datetime, where: ZoneInfo) -> str:
    """Return an instant for a person: `Sat 9 Jan 2027 20:30`, with seconds where there are some.

    With its offset in the hour that a clock shows twice: `Sun 31 Oct 2027 02:30+02:00`.
    """
    seconds = f":{instant:%S}" if instant.second else ""
    local = instant.astimezone(where)
    twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return airs_at(instant, where) + seconds + local.isoformat()[-6:] * twice


def last_of(said: date | datetime, where: ZoneInfo) -> datetime:
    """Return the instant (UTC) of a date-time, or that at which a date is over."""
    whole_day = not isinstance(said, datetime)
    return first_of(said + timedelta(days=1) if whole_day else said, where)
