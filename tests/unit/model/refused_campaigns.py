"""What a campaign and its airtimes may not say."""

from typing import Final

from tests.unit.model.manifests import ABSENT, CAMPAIGN, INLINE, changed
from tests.unit.model.refusal import DURATION, NAME, OBJECT_NAME, Refusal, required, typed, wrong

ZONE: Final = "must be the name of a time zone, such as Europe/Amsterdam"
DATE_TIME: Final = (
    "must be a date and a time of day that exist, such as 2027-01-09T20:30:00"
    " (in timeZone, or with Z or an offset such as +01:00)"
)
DATE: Final = "must be a date that exists, such as 2027-02-06 or 2027-02-06T20:30:00"
RULE: Final = (
    "must be a weekly rule that begins with FREQ=WEEKLY, such as FREQ=WEEKLY;COUNT=10"
    " (with INTERVAL, COUNT, UNTIL, BYDAY and WKST)"
)
WHERE: Final = "say the targets exactly once: either targetSets or targets"
AIRTIME: Final = CAMPAIGN["spec"]["airtimes"][0]

CAMPAIGNS: Final[list[Refusal]] = [
    *required(CAMPAIGN, "spec"),
    *wrong(CAMPAIGN, "spec.title", {"empty": ""}, "must have at least 1 char", "at least 1 char"),
    *wrong(
        CAMPAIGN, "spec.title", {"too long": "x" * 101}, "must have at most 100 char", "Too long"
    ),
    *wrong(
        CAMPAIGN,
        "spec.timeZone",
        {"a path": "../../etc/passwd", "empty": "", "with a space": "Europe/Den Haag"},
        ZONE,
    ),
    *wrong(CAMPAIGN, "spec.timeZone", {"too long": "x" * 65}, "must have at most 64", "Too long"),
    *typed(CAMPAIGN, "spec.suspend", "no", "must be true or false", "string"),
    *wrong(CAMPAIGN, "spec.load", {"null": None}, "is required", "Required value"),
    *typed(CAMPAIGN, "spec.airtimes.0.except.0", None, "must be text", "null"),
    *typed(CAMPAIGN, "spec.title", 5, "must be text", "integer"),
    *wrong(
        CAMPAIGN,
        "spec",
        {"without any targets": changed(CAMPAIGN, {"spec.targetSets": ABSENT})["spec"]},
        WHERE,
    ),
    *wrong(
        CAMPAIGN,
        "spec",
        {"with targets twice": CAMPAIGN["spec"] | {"targets": INLINE["spec"]["targets"]}},
        WHERE,
    ),
    *wrong(
        CAMPAIGN,
        "spec.warmUp",
        {"beside target sets": {"lead": "5m"}},
        "warmUp stands only beside targets: a TargetSet has its own",
    ),
    *wrong(
        CAMPAIGN,
        "spec.coolDown",
        {"beside target sets": {"hold": "5m"}},
        "coolDown stands only beside targets: a TargetSet has its own",
    ),
    *required(CAMPAIGN, "spec.targetSets.0.name"),
    *wrong(CAMPAIGN, "spec.targetSets.0.name", {"with capitals": "Mol"}, OBJECT_NAME),
    *wrong(CAMPAIGN, "spec.targetSets", {"empty": []}, "at least 1 item"),
    *wrong(
        CAMPAIGN,
        "spec.targetSets",
        {"too many": [{"name": f"set-{n}"} for n in range(11)]},
        "must have at most 10 items",
        "Too many",
    ),
    *required(CAMPAIGN, "spec.airtimes"),
    *wrong(CAMPAIGN, "spec.airtimes", {"empty": []}, "at least 1 item"),
    *wrong(
        CAMPAIGN,
        "spec.airtimes",
        {"too many": [AIRTIME | {"name": f"airtime-{n}"} for n in range(33)]},
        "must have at most 32 items",
        "Too many",
    ),
    Refusal(
        "two airtimes of one name",
        CAMPAIGN,
        {"spec.airtimes.1": AIRTIME},
        "spec.airtimes",
        'has the name "episode" twice',
        "Duplicate value",
    ),
    *required(CAMPAIGN, "spec.airtimes.0.name"),
    *required(CAMPAIGN, "spec.airtimes.0.start"),
    *required(CAMPAIGN, "spec.airtimes.0.duration"),
    *wrong(CAMPAIGN, "spec.airtimes.0.name", {"with a space": "Episode 1", "empty": ""}, NAME),
    *wrong(
        CAMPAIGN,
        "spec.airtimes.0.start",
        {
            "on 30 February": "2027-02-30T20:30:00",
            "without a time": "2027-01-09",
            "at 25 o'clock": "2027-01-09T25:00:00",
            "with an offset of two days": "2027-01-09T20:30:00+48:00",
            "in the year 9999": "9999-01-09T20:30:00",
            "with a newline": "2027-01-09T20:30:00\n",
            "in words": "Saturday",
        },
        DATE_TIME,
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
    *wrong(CAMPAIGN, "spec.airtimes.0.endSlack", {"too long": "13h"}, DURATION.format("0s", "12h")),
    *wrong(
        CAMPAIGN,
        "spec.airtimes.0.repeat",
        {
            "daily": "FREQ=DAILY",
            "in words": "weekly",
            "with hours": "FREQ=WEEKLY;BYHOUR=1,2",
            "with a newline": "FREQ=WEEKLY\nRRULE",
        },
        RULE,
    ),
    *wrong(
        CAMPAIGN,
        "spec.airtimes.0.except.0",
        {"on 31 September": "2027-09-31", "in words": "Easter"},
        DATE,
    ),
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
