"""The largest campaign that the schema takes: what its rules may cost the API server at most."""

from typing import Final

from tests.unit.model.manifests import INLINE, changed

_POINTS: Final = [
    *(
        {"at": f"start-{23 - n // 60:05}h{59 - n % 60:05}m00000s000ms", "level": "99.999%"}
        for n in range(32)
    ),
    *({"at": f"end+{n:05}m00000s00000s000ms", "level": "99.999%"} for n in range(32)),
]
_LOAD: Final = {"shape": "Custom", "points": _POINTS, "requestsPerSecond": "999999999.999999"}
_LISTS: Final = [
    {
        "name": f"{n:02}".ljust(63, "x"),
        "starts": [
            f"20{n:02}-{1 + day // 28:02}-{1 + day % 28:02}T20:30:00+00:00" for day in range(100)
        ],
        "duration": "00001h00005m00000s00000ms",
        "endSlack": "00001h00005m00000s00000ms",
        "load": _LOAD,
    }
    for n in range(16)
]
_RULES: Final = [
    {
        "name": f"{n:02}".ljust(63, "y"),
        "start": "2027-01-01T20:30:00+00:00",
        "end": "2027-01-01T21:30:00+00:00",
        "repeat": "FREQ=YEARLY;BYYEARDAY=" + ",".join(map(str, range(1, 46))),
        "except": [
            f"20{n:02}-{1 + day // 28:02}-{1 + day % 28:02}T20:30:00+00:00" for day in range(100)
        ],
        "load": _LOAD,
    }
    for n in range(16)
]
_TARGETS: Final = [
    {
        **INLINE["spec"]["targets"][0],
        "name": f"{n:02}".ljust(63, "z"),
        "scaleTargetRef": {"name": f"{n:02}".ljust(253, "z")},
    }
    for n in range(50)
]

LARGEST: Final = changed(
    INLINE,
    {
        "spec.title": "x" * 100,
        "spec.airtimes": [*_LISTS, *_RULES],
        "spec.load": _LOAD,
        "spec.targets": _TARGETS,
    },
)
"""Every list full, every text nearly as long as it may be."""
