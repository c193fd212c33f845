"""What a load may not say."""

from typing import Final

from tests.unit.model.manifests import ABSENT, CAMPAIGN, INLINE, changed
from tests.unit.model.refusal import DURATION, NUMBER, PERCENTAGE, Refusal, required, typed, wrong

ANCHOR: Final = "must be start or end, at most 24h from it, such as start-15m or end+1m"
CROWD: Final = "say the size of the crowd exactly once: audience, requestsPerSecond or multiplier"
HEADROOM: Final = "headroom is for a crowd in requests; a multiplier is of replicas: make it larger"
SEND: Final = "a send does not run over: beside the shape Push there is no endSlack"
CUSTOM: Final = "points are the shape Custom: it needs them, and no other shape has them"
SORTED: Final = "points must be sorted by time: those at the start first, then those at the end"
SILENT: Final = "at least one of the points must be above 0%"
POINT: Final = {"at": "start", "level": "10%"}

MULTIPLE: Final = changed(
    INLINE, {"spec.load.requestsPerSecond": ABSENT, "spec.load.multiplier": "4"}
)

_OF_LOADS: Final[list[Refusal]] = [
    *required(CAMPAIGN, "spec.load.shape"),
    *wrong(
        CAMPAIGN,
        "spec.load.shape",
        {"unknown": "Wave"},
        "must be 'Flat', 'TVSpot', 'Episode', 'Livestream', 'TicketSale', 'Push' or 'Custom'",
        'supported values: "Flat", "TVSpot", "Episode", "Livestream", "TicketSale", "Push",'
        ' "Custom"',
    ),
    Refusal("a crowd of no size", CAMPAIGN, {"spec.load.audience": ABSENT}, "spec.load", CROWD),
    Refusal(
        "audience and rate", CAMPAIGN, {"spec.load.requestsPerSecond": 5000}, "spec.load", CROWD
    ),
    Refusal("audience and multiplier", CAMPAIGN, {"spec.load.multiplier": "4"}, "spec.load", CROWD),
    Refusal(
        "rate and multiplier", MULTIPLE, {"spec.load.requestsPerSecond": 5000}, "spec.load", CROWD
    ),
    Refusal(
        "all three sizes",
        CAMPAIGN,
        {"spec.load.requestsPerSecond": 5000, "spec.load.multiplier": "4"},
        "spec.load",
        CROWD,
    ),
    *wrong(
        MULTIPLE,
        "spec.load.multiplier",
        {
            "below one": "0.5",
            "zero": 0,
            "negative": "-4",
            "above a thousand": "1001",
            "with an x": "4x",
            "in percent": "400%",
        },
        'must be a number from 1 to 1000, such as 4 or "1.5" (4, not 4x)',
    ),
    *wrong(MULTIPLE, "spec.load.headroom", {"beside a multiplier": "30%"}, HEADROOM),
    Refusal(
        "Custom without points", INLINE, {"spec.load.points": ABSENT}, "spec.load.points", CUSTOM
    ),
    Refusal(
        "points of another shape", INLINE, {"spec.load.shape": "Flat"}, "spec.load.points", CUSTOM
    ),
    *required(CAMPAIGN, "spec.load.audience.people"),
    *wrong(
        CAMPAIGN,
        "spec.load.audience.people",
        {
            "in thousandths": "680m",
            "with a capital K": "680K",
            "zero": 0,
            "negative": -5,
            "half of one": "0.5",
            "below one in thousands": "0.0005k",
            "more than there are": "11G",
            "with an exponent": "1e18",
            "not a number": "NaN",
        },
        NUMBER.format("1", "10G"),
    ),
    *wrong(
        CAMPAIGN,
        "spec.load.audience.people",
        {"too long": "1" * 25},
        "must have at most 24 characters",
        "Too long",
    ),
    *typed(
        CAMPAIGN, "spec.load.audience.people", 1.5, "must be an integer or text in quotes", "number"
    ),
    *typed(
        CAMPAIGN,
        "spec.load.audience.people",
        value=True,
        want="must be an integer or text in quotes",
        kind="boolean",
    ),
    *wrong(
        CAMPAIGN,
        "spec.load.audience.response",
        {"above everybody": "101%", "zero": "0%", "without its sign": "50"},
        PERCENTAGE.format("0.001%", "100%"),
    ),
    *wrong(
        CAMPAIGN,
        "spec.load.audience.requestsPerPerson",
        {"zero": "0", "too many": "2M"},
        NUMBER.format("0.001", "1M"),
    ),
    *wrong(CAMPAIGN, "spec.load.audience.within", {"zero": "0s"}, DURATION.format("1s", "168h")),
    *wrong(
        INLINE,
        "spec.load.requestsPerSecond",
        {"zero": 0, "in thousandths": "680m", "too many": "2G"},
        NUMBER.format("1", "1G"),
    ),
    *wrong(
        CAMPAIGN,
        "spec.load.headroom",
        {"negative": "-5%", "too much": "1001%", "a number": "0.3"},
        PERCENTAGE.format("0%", "1000%"),
    ),
    *wrong(INLINE, "spec.load.points", {"only one": [POINT]}, "at least 2 items"),
    *wrong(
        INLINE,
        "spec.load.points",
        {"too many": [POINT] * 65},
        "must have at most 64 items",
        "Too many",
    ),
    *wrong(
        INLINE,
        "spec.load.points",
        {
            "end before start": [{"at": "end", "level": "10%"}, POINT],
            "at the start unsorted": [POINT, {"at": "start-1m", "level": "10%"}],
            "at the end unsorted": [
                {"at": "end+90s", "level": "10%"},
                {"at": "end+1m", "level": "0%"},
            ],
        },
        SORTED,
    ),
    *wrong(
        INLINE,
        "spec.load.points",
        {"without a crowd": [{"at": "start", "level": "0.0%"}, {"at": "end", "level": "0%"}]},
        SILENT,
    ),
    *required(INLINE, "spec.load.points.0.at"),
    *required(INLINE, "spec.load.points.0.level"),
    *wrong(
        INLINE,
        "spec.load.points.0.at",
        {"in the middle": "middle", "too early": "start-25h", "without a sign": "start15m"},
        ANCHOR,
    ),
    *wrong(
        INLINE,
        "spec.load.points.0.level",
        {"above the peak": "100.001%"},
        PERCENTAGE.format("0%", "100%"),
    ),
]


def _in_airtime(refusal: Refusal) -> Refusal:
    """Return the same refusal of the load that an airtime has of its own."""
    own, shared = "spec.airtimes.0.load", "spec.load"
    return Refusal(
        f"{refusal.name}, of an airtime",
        changed(refusal.base, {own: refusal.base["spec"]["load"], shared: ABSENT}),
        {path.replace(shared, own): value for path, value in refusal.changes.items()},
        refusal.path.replace(shared, "spec.airtimes[0].load"),
        refusal.want,
        refusal.want_server,
    )


_FIRST_OF_FIELDS: Final = {refusal.path: refusal for refusal in reversed(_OF_LOADS)}

LOADS: Final[list[Refusal]] = [
    *_OF_LOADS,
    *(_in_airtime(refusal) for refusal in _FIRST_OF_FIELDS.values()),
    Refusal(
        "no load at all",
        CAMPAIGN,
        {"spec.load": ABSENT},
        "spec.load",
        "load is required, unless every airtime has its own",
    ),
    Refusal(
        "a load of one of two airtimes",
        CAMPAIGN,
        {
            "spec.load": ABSENT,
            "spec.airtimes.0.load": CAMPAIGN["spec"]["load"],
            "spec.airtimes.1": CAMPAIGN["spec"]["airtimes"][0] | {"name": "repeat"},
        },
        "spec.load",
        "load is required, unless every airtime has its own",
    ),
    Refusal("a send that runs over", CAMPAIGN, {"spec.load.shape": "Push"}, "spec.airtimes", SEND),
    Refusal(
        "a send with an endSlack of nothing",
        CAMPAIGN,
        {"spec.load.shape": "Push", "spec.airtimes.0.endSlack": "0s"},
        "spec.airtimes",
        SEND,
    ),
    Refusal(
        "an airtime with a send that runs over",
        CAMPAIGN,
        {"spec.airtimes.0.load": CAMPAIGN["spec"]["load"] | {"shape": "Push"}},
        "spec.airtimes",
        SEND,
    ),
]
