"""Airtimes: when something airs."""

from datetime import timedelta
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from onair.model.loads import Load
from onair.model.manifest import Manifest, Rule
from onair.model.quantities import duration
from onair.model.texts import DateOrDateTime, DateTime, Name, Repeat, has_zone, instant

Length = Annotated[timedelta, duration("1s", "168h")]
"""From a start to a planned end."""

Slack = Annotated[timedelta, duration("0s", "12h")]
"""From a planned end to the latest."""


def _ends_later(airtime: "Airtime") -> bool:
    """Whether the end comes after the start, as far as one can say without a time zone."""
    if airtime.start is None or airtime.end is None:
        return True
    if (airtime.start.tzinfo is None) != (airtime.end.tzinfo is None):
        return True
    return airtime.end > airtime.start


def _distinct(said: object) -> object:
    """Refuse two starts of one text, as the API server does for a set.

    Two texts of one instant differ for it: the time zone says whether they are one.
    """
    seen = set()
    for start in said if isinstance(said, list) else ():
        if isinstance(start, str) and start in seen:
            raise PydanticCustomError("twice", "has {start} twice", {"start": start})
        seen.add(str(start))
    return said


Starts = Annotated[
    tuple[DateTime, ...],
    Field(min_length=1, max_length=100, json_schema_extra={"x-kubernetes-list-type": "set"}),
    BeforeValidator(_distinct),
]
"""Dates of their own, each written once."""


class Airtime(Manifest):
    """When something airs: one date, several, or a repetition."""

    rules: ClassVar = (
        Rule(
            "say when it airs exactly once: either start or starts",
            "has(self.start) != has(self.starts)",
            lambda airtime: (airtime.start is None) != (airtime.starts is None),
        ),
        Rule(
            "say how long it airs exactly once: either duration or end",
            "has(self.duration) != has(self.end)",
            lambda airtime: (airtime.duration is None) != (airtime.end is None),
        ),
        Rule(
            "end belongs to one start; beside starts say a duration",
            "!has(self.end) || !has(self.starts)",
            lambda airtime: airtime.end is None or airtime.starts is None,
            field="end",
        ),
        Rule(
            "end must come after start",
            f"!has(self.end) || !has(self.start) || {has_zone('self.end')} !="
            f" {has_zone('self.start')} || {instant('self.end')} > {instant('self.start')}",
            _ends_later,
            field="end",
        ),
        Rule(
            "repeat repeats one start; beside starts list every date",
            "!has(self.repeat) || !has(self.starts)",
            lambda airtime: airtime.repeat is None or airtime.starts is None,
            field="repeat",
        ),
        Rule(
            "except takes dates out of a repetition and stands only beside repeat",
            "!has(self.except) || self.except.size() == 0 || has(self.repeat)",
            lambda airtime: not airtime.except_ or airtime.repeat is not None,
            field="except",
        ),
    )

    name: Name
    """What the airtime is called in the status."""
    start: DateTime | None = None
    """Wall clock in timeZone; or with Z or an offset."""
    starts: Starts | None = None
    """Several of them, instead of start."""
    duration: Length | None = None
    """From the start to the planned end."""
    end: DateTime | None = None
    """The planned end, at most 168h after the start, instead of duration."""
    end_slack: Slack = timedelta()
    """How much later the end may come; 0s if absent."""
    repeat: Repeat | None = None
    """An RFC 5545 rule, DAILY or slower; COUNT counts the dates in except, too."""
    except_: Annotated[tuple[DateOrDateTime, ...], Field(max_length=100)] = Field(
        default=(), alias="except"
    )
    """Dates of the repetition on which nothing airs."""
    load: Load | None = None
    """The demand that an airing of this airtime adds, instead of the campaign's load."""
