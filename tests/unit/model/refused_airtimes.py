"""What an airtime may not say, its load aside."""

from typing import Final

from tests.unit.model.manifests import ABSENT, CAMPAIGN, changed
from tests.unit.model.refusal import DURATION, NAME, Refusal, required, typed, wrong

DATE_TIME: Final = (
    "must be a date and a time of day that exist, such as 2027-01-09T20:30:00"
    " (in timeZone, or with Z or an offset such as +01:00)"
)
DATE: Final = "must be a date that exists, such as 2027-02-06 or 2027-02-06T20:30:00"
RULE: Final = (
    "must be an RFC 5545 rule that repeats by the day or slower, such as"
    " FREQ=WEEKLY;BYDAY=SA;COUNT=10 (FREQ is DAILY, WEEKLY, MONTHLY or YEARLY; with INTERVAL,"
    " COUNT, UNTIL, WKST, BYDAY, BYMONTHDAY, BYMONTH, BYYEARDAY, BYWEEKNO and BYSETPOS; the"
    " time of day is that of start)"
)
WHEN: Final = "say when it airs exactly once: either start or starts"
HOW_LONG: Final = "say how long it airs exactly once: either duration or end"
LATER: Final = "end must come after start"
NO_DATES: Final = {
    "on 30 February": "2027-02-30T20:30:00",
    "without a time": "2027-01-09",
    "at 25 o'clock": "2027-01-09T25:00:00",
    "with an offset of two days": "2027-01-09T20:30:00+48:00",
    "in the year 9999": "9999-01-09T20:30:00",
    "in the year 1899": "1899-12-31T20:30:00",
    "with a newline": "2027-01-09T20:30:00\n",
    "in words": "Saturday",
}
LISTED: Final = changed(
    CAMPAIGN,
    {
        "spec.airtimes.0.start": ABSENT,
        "spec.airtimes.0.starts": ["2027-01-09T20:30:00", "2027-01-10T19:30:00Z"],
        "spec.airtimes.0.repeat": ABSENT,
        "spec.airtimes.0.except": ABSENT,
    },
)
"""Its airtime has a list of starts."""
ENDED: Final = changed(
    CAMPAIGN,
    {"spec.airtimes.0.duration": ABSENT, "spec.airtimes.0.end": "2027-01-09T21:35:00"},
)
"""Its airtime has an end."""

AIRTIMES: Final[list[Refusal]] = [
    *required(CAMPAIGN, "spec.airtimes.0.name"),
    *wrong(CAMPAIGN, "spec.airtimes.0.name", {"with a space": "Episode 1", "empty": ""}, NAME),
    Refusal("no start", CAMPAIGN, {"spec.airtimes.0.start": ABSENT}, "spec.airtimes[0]", WHEN),
    Refusal(
        "start and starts",
        LISTED,
        {"spec.airtimes.0.start": "2027-01-09T20:30:00"},
        "spec.airtimes[0]",
        WHEN,
    ),
    *wrong(CAMPAIGN, "spec.airtimes.0.start", NO_DATES, DATE_TIME),
    *wrong(LISTED, "spec.airtimes.0.starts", {"empty": []}, "at least 1 item"),
    *wrong(LISTED, "spec.airtimes.0.starts.1", NO_DATES, DATE_TIME),
    *typed(LISTED, "spec.airtimes.0.starts.0", None, "must be text", "null"),
    *wrong(
        LISTED,
        "spec.airtimes.0.starts",
        {"too many": [f"2027-01-09T20:{n // 60:02}:{n % 60:02}" for n in range(101)]},
        "must have at most 100 items",
        "Too many",
    ),
    *wrong(
        LISTED,
        "spec.airtimes.0.starts",
        {"of one date twice": ["2027-01-09T20:30:00"] * 2},
        "has 2027-01-09T20:30:00 twice",
        "Duplicate value",
    ),
    Refusal(
        "neither duration nor end",
        CAMPAIGN,
        {"spec.airtimes.0.duration": ABSENT},
        "spec.airtimes[0]",
        HOW_LONG,
    ),
    Refusal(
        "duration and end",
        ENDED,
        {"spec.airtimes.0.duration": "1h5m"},
        "spec.airtimes[0]",
        HOW_LONG,
    ),
    *wrong(
        CAMPAIGN,
        "spec.airtimes.0.duration",
        {
            "zero": "0s",
            "negative": "-5m",
            "too long": "169h",
            "as a clock": "1:05",
            "with a space": "1h 5m",
            "in huge figures": "99999h99999h99999h99999h",
        },
        DURATION.format("1s", "168h"),
    ),
    *typed(CAMPAIGN, "spec.airtimes.0.duration", 65, "must be text", "integer"),
    *wrong(ENDED, "spec.airtimes.0.end", NO_DATES, DATE_TIME),
    *wrong(
        ENDED,
        "spec.airtimes.0.end",
        {"before the start": "2027-01-09T20:29:59", "at the start": "2027-01-09T20:30:00"},
        LATER,
    ),
    *(
        Refusal(
            f"an end {name}, both with offsets",
            ENDED,
            {"spec.airtimes.0.start": "2027-01-09T20:30:00+01:00", "spec.airtimes.0.end": end},
            "spec.airtimes[0].end",
            LATER,
        )
        for name, end in {
            "before the start": "2027-01-09T19:29:59Z",
            "at the start": "2027-01-09T14:30:00-05:00",
        }.items()
    ),
    Refusal(
        "an end beside starts",
        LISTED,
        {"spec.airtimes.0.duration": ABSENT, "spec.airtimes.0.end": "2027-01-09T21:35:00"},
        "spec.airtimes[0].end",
        "end belongs to one start; beside starts say a duration",
    ),
    *wrong(CAMPAIGN, "spec.airtimes.0.endSlack", {"too long": "13h"}, DURATION.format("0s", "12h")),
    *wrong(
        CAMPAIGN,
        "spec.airtimes.0.repeat",
        {
            "hourly": "FREQ=HOURLY",
            "every minute": "COUNT=2;FREQ=MINUTELY",
            "in words": "weekly",
            "empty": "",
            "in lower case": "freq=weekly",
            "with hours": "FREQ=WEEKLY;BYHOUR=1,2",
            "with Easter": "FREQ=YEARLY;BYEASTER=0",
            "without FREQ": "COUNT=2",
            "with FREQ twice": "FREQ=DAILY;FREQ=WEEKLY",
            "with its name": "RRULE:FREQ=WEEKLY",
            "with a newline": "FREQ=WEEKLY\nRRULE",
        },
        RULE,
    ),
    Refusal(
        "a repetition beside starts",
        LISTED,
        {"spec.airtimes.0.repeat": "FREQ=WEEKLY"},
        "spec.airtimes[0].repeat",
        "repeat repeats one start; beside starts list every date",
    ),
    *wrong(
        CAMPAIGN,
        "spec.airtimes.0.except.0",
        {"on 31 September": "2027-09-31", "in words": "Easter"},
        DATE,
    ),
    *typed(CAMPAIGN, "spec.airtimes.0.except.0", None, "must be text", "null"),
    *wrong(
        CAMPAIGN,
        "spec.airtimes.0.except",
        {"too many": ["2027-02-06"] * 101},
        "must have at most 100 items",
        "Too many",
    ),
    Refusal(
        "an exception without a repetition",
        CAMPAIGN,
        {"spec.airtimes.0.repeat": ABSENT},
        "spec.airtimes[0].except",
        "except takes dates out of a repetition and stands only beside repeat",
    ),
]
