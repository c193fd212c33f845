"""What a campaign may not say, its airtimes and its load aside."""

from typing import Final

from tests.unit.model.manifests import ABSENT, CAMPAIGN, INLINE, changed
from tests.unit.model.refusal import OBJECT_NAME, Refusal, required, typed, wrong

ZONE: Final = "must be the name of a time zone, such as Europe/Amsterdam"
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
    *wrong(
        CAMPAIGN, "spec.load", {"null": None}, "load is required, unless every airtime has its own"
    ),
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
]
