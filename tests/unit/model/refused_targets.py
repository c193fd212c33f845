"""What targets may not say, inline and in a TargetSet."""

from typing import Final

from tests.unit.model.manifests import ABSENT, INLINE, TARGET_SET
from tests.unit.model.refusal import (
    DURATION,
    NAME,
    NUMBER,
    OBJECT_NAME,
    PERCENTAGE,
    Refusal,
    required,
    typed,
    wrong,
)

ONE_SIZE: Final = (
    "say only one of perReplica (requests/s that one replica serves) and replicas (a fixed number)"
)
UNCARRIED: Final = (
    "a target without perReplica and replicas can carry nothing but a multiplier's load"
)
ONCE: Final = "each workload stands only once: no two targets may have the same scaleTargetRef"
SHARE: Final = "share is a part of the load and stands only beside perReplica"
COOL_DOWN: Final = "a cool-down must end within 48h: hold, and every for each of its steps"
TARGET: Final = INLINE["spec"]["targets"][0]

TARGETS: Final[list[Refusal]] = [
    *wrong(INLINE, "spec.warmUp.lead", {"too long": "25h"}, DURATION.format("0s", "24h")),
    *wrong(INLINE, "spec.coolDown.hold", {"too long": "25h"}, DURATION.format("0s", "24h")),
    *wrong(INLINE, "spec.coolDown.every", {"zero": "0s"}, DURATION.format("1s", "24h")),
    *wrong(
        INLINE,
        "spec.coolDown.step",
        {"zero": "0%", "more than everything": "101%"},
        PERCENTAGE.format("1%", "100%"),
    ),
    *wrong(INLINE, "spec.coolDown.step", {"tiny": "0.999%"}, PERCENTAGE.format("1%", "100%")),
    *(
        Refusal(name, base, {"spec.coolDown": cool_down}, "spec.coolDown", COOL_DOWN)
        for name, base, cool_down in (
            ("a cool-down of many long steps", INLINE, {"step": "1%", "every": "29m"}),
            ("a cool-down of few long steps", INLINE, {"step": "49%", "every": "16h"}),
            ("a cool-down whose hold is too much", TARGET_SET, {"hold": "24h", "every": "6h1s"}),
        )
    ),
    *wrong(INLINE, "spec.targets", {"empty": []}, "at least 1 item"),
    *wrong(
        INLINE,
        "spec.targets",
        {"too many": [TARGET | {"name": f"target-{n}"} for n in range(51)]},
        "must have at most 50 items",
        "Too many",
    ),
    Refusal(
        "two targets of one name",
        INLINE,
        {"spec.targets.1.name": "api"},
        "spec.targets",
        'has the name "api" twice',
        "Duplicate value",
    ),
    Refusal(
        "one workload twice",
        INLINE,
        {"spec.targets.2": TARGET | {"name": "media"}},
        "spec.targets",
        ONCE,
    ),
    Refusal(
        "one workload twice, its kind said once",
        TARGET_SET,
        {"spec.targets.2": TARGET | {"name": "media", "scaleTargetRef": {"name": "mol-api"}}},
        "spec.targets",
        ONCE,
    ),
    *required(INLINE, "spec.targets.0.name"),
    *required(INLINE, "spec.targets.0.scaleTargetRef"),
    *required(INLINE, "spec.targets.0.scaleTargetRef.name"),
    *required(INLINE, "spec.targets.0.maxReplicas"),
    *wrong(INLINE, "spec.targets.0.name", {"with a dot": "mol.api"}, NAME),
    *wrong(
        INLINE,
        "spec.targets.0.scaleTargetRef.apiVersion",
        {"unknown": "apps/v2"},
        "must be 'apps/v1'",
        'supported values: "apps/v1"',
    ),
    *wrong(
        INLINE,
        "spec.targets.0.scaleTargetRef.kind",
        {"unknown": "DaemonSet"},
        "must be 'Deployment' or 'StatefulSet'",
        'supported values: "Deployment", "StatefulSet"',
    ),
    *wrong(
        INLINE, "spec.targets.0.scaleTargetRef.name", {"with an underscore": "mol_api"}, OBJECT_NAME
    ),
    *wrong(
        INLINE,
        "spec.targets.0.share",
        {"zero": "0%", "more than tenfold": "1001%"},
        PERCENTAGE.format("0.001%", "1000%"),
    ),
    *wrong(
        INLINE,
        "spec.targets.0.perReplica",
        {"zero": "0", "in thousandths": "500m"},
        NUMBER.format("1", "1G"),
    ),
    Refusal(
        "neither perReplica nor replicas",
        INLINE,
        {"spec.targets.1.replicas": ABSENT},
        "spec.targets",
        UNCARRIED,
    ),
    Refusal(
        "neither perReplica nor replicas beside a multiplier and a rate",
        INLINE,
        {
            "spec.targets.1.replicas": ABSENT,
            "spec.airtimes.0.load": {"shape": "Flat", "multiplier": "4"},
            "spec.airtimes.1": INLINE["spec"]["airtimes"][0] | {"name": "repeat"},
        },
        "spec.targets",
        UNCARRIED,
    ),
    Refusal(
        "perReplica and replicas",
        INLINE,
        {"spec.targets.1.perReplica": 5},
        "spec.targets[1]",
        ONE_SIZE,
    ),
    *wrong(INLINE, "spec.targets.1.share", {"beside replicas": "50%"}, SHARE),
    *wrong(
        INLINE, "spec.targets.1.replicas", {"zero": 0}, "at least 1", "greater than or equal to 1"
    ),
    *wrong(
        INLINE,
        "spec.targets.1.replicas",
        {"above maxReplicas": 21},
        "replicas must be at most maxReplicas",
    ),
    *wrong(
        INLINE,
        "spec.targets.0.maxReplicas",
        {"zero": 0},
        "must be at least 1",
        "greater than or equal to 1",
    ),
    *wrong(
        INLINE,
        "spec.targets.0.maxReplicas",
        {"too many": 100_001},
        "must be at most 100000",
        "less than or equal to 100000",
    ),
    *typed(INLINE, "spec.targets.0.maxReplicas", "300", "must be an integer", "string"),
    *wrong(
        INLINE,
        "spec.targets.0.usualReplicas",
        {"negative": -1},
        "must be at least 0",
        "greater than or equal to 0",
    ),
    *wrong(
        INLINE,
        "spec.targets.0.usualReplicas",
        {"above maxReplicas": 301},
        "usualReplicas must be at most maxReplicas",
    ),
    *required(TARGET_SET, "spec"),
    *required(TARGET_SET, "spec.targets"),
    *wrong(TARGET_SET, "spec.targets.0.name", {"with capitals": "API"}, NAME),
    *wrong(TARGET_SET, "spec.targets.1.share", {"beside replicas": "50%"}, SHARE),
    *wrong(TARGET_SET, "spec.warmUp.lead", {"in words": "soon"}, DURATION.format("0s", "24h")),
]
