"""Airtimes: when something airs."""

from datetime import timedelta
from typing import Annotated, ClassVar

from pydantic import Field

from onair.model.manifest import Manifest, Rule
from onair.model.quantities import duration
from onair.model.texts import DateOrDateTime, DateTime, Name, Repeat


class Airtime(Manifest):
    """When something airs: one date, or one a week."""

    rules: ClassVar = (
        Rule(
            "except takes dates out of a repetition and stands only beside repeat",
            "!has(self.except) || self.except.size() == 0 || has(self.repeat)",
            lambda airtime: not airtime.except_ or airtime.repeat is not None,
            field="except",
        ),
    )

    name: Name
    """What the airtime is called in the status."""
    start: DateTime
    """Wall clock in timeZone; or with Z or an offset."""
    duration: Annotated[timedelta, duration("1s", "168h")]
    """From the start to the planned end."""
    end_slack: Annotated[timedelta, duration("0s", "12h")] = timedelta()
    """How much later the end may come; 0s if absent."""
    repeat: Repeat | None = None
    """A weekly RFC 5545 rule; COUNT counts the dates in except, too."""
    except_: Annotated[tuple[DateOrDateTime, ...], Field(max_length=100)] = Field(
        default=(), alias="except"
    )
    """Dates of the repetition on which nothing airs."""
