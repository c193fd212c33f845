"""Wrong values for every field: of the wrong kind, and of the right kind but impossible."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from tests.unit.lint.bases import placed
from tests.unit.lint.leaves import Leaf
from tests.unit.model.manifests import ABSENT, changed

ANYTHING: Final[dict[str, Any]] = {
    "absent": ABSENT,
    "null": None,
    "an empty text": "",
    "a space": " ",
    "a word": "soon",
    "zero": 0,
    "minus one": -1,
    "a fraction": 1.5,
    "a truth": True,
    "32 bits and one": 2**31,
    "64 bits": 2**63 - 1,
    "beyond 64 bits": 2**64,
    "a huge number": 1e300,
    "zero in quotes": "0",
    "a negative number in quotes": "-5",
    "a huge number in quotes": "9" * 20,
    "not a number": "NaN",
    "infinity": "inf",
    "an exponent": "1e3",
    "a picture": "🎬",
    "an Arabic digit": "\N{ARABIC-INDIC DIGIT FIVE}",
    "a wide digit": "\N{FULLWIDTH DIGIT FIVE}",
    "a newline": "5\n",
    "a zero byte": "\x00",
    "ten thousand characters": "x" * 10_000,
    "an empty list": [],
    "a list": ["5"],
    "an empty group": {},
    "a group": {"soon": "5"},
    "a group of null": {"soon": None},
}

_QUANTITIES: Final = (
    "680m",
    "5K",
    "5Ki",
    "5.k",
    ".5",
    "1e3",
    "0.0000001",
    "10000000000000000",
    "0k",
)
_DURATIONS: Final = ("5", "1:05", "1h 5m", "-5m", "+5m", "1d", "1.5h", "100000h", "0s", "999999m")
_PERCENTAGES: Final = ("50", "0.5", "50 %", "-5%", "0%", "0.0001%", "100000%", "101%")
_NAMES: Final = ("Mol", "mol_api", "-mol", "mol-", "mol api", "möl", "mol.", "x" * 64, "../mol")
_OBJECT_NAMES: Final = (*_NAMES[:-2], "mol..api", "mol/api", "x" * 254)
_DATES: Final = (
    "2027-02-30T20:30:00",
    "2027-01-09T24:00:00",
    "2027-01-09T20:30",
    "2027-01-09 20:30:00",
    "20270109T203000",
    "2027-01-09T20:30:00+25:00",
    "2027-01-09T20:30:60",
    "9999-12-31T23:59:59Z",
    "0001-01-01T00:00:00",
    "2027-01-09T20:30:00.5",
    "2027-01-09t20:30:00z",
    "tomorrow",
)
_COUNTS: Final = (0.5, "5", -(2**63), 100_001)
_KINDS: Final = ("DaemonSet", "deployment", "Pod", "ReplicaSet")

_OF_OBJECTS: Final[dict[str, tuple[Any, ...]]] = {
    "apiVersion": ("onair.dev/v1", "onair.dev/v1alpha1/x", "onair.dev"),
    "kind": ("campaign", "Campaigns", "Deployment"),
    "metadata": (
        {"name": "Mol"},
        {"name": "mol", "namespace": "TV"},
        {"name": "mol", "labels": {"a": 1}},
        {"name": "mol", "labels": {"a b": "c"}},
        {"name": "mol", "labels": {"a": "c d"}},
        {"name": "mol", "annotations": {"a/b/c": ""}},
        {"name": "mol", "annotations": {"a": "x" * 300_000}},
        {"name": "x" * 254},
        {"name": "mol", "title": "Mol"},
        {"generateName": "Mol-"},
        {"namespace": "tv"},
    ),
    "spec": (),
    "spec.title": ("x" * 101,),
    "spec.timeZone": ("Amsterdam", "CEST", "+01:00", "Europe/", "/etc/passwd", "../UTC", "x" * 65),
    "spec.airtimes": (),
    "spec.airtimes[]": (),
    "spec.airtimes[].name": _NAMES,
    "spec.airtimes[].start": _DATES,
    "spec.airtimes[].starts": (
        ["2027-01-09T20:30:00"] * 2,
        ["2027-01-09T20:30:00"] * 101,
        ["2027-01-09T20:30:00Z", "2027-01-09T20:30:00+00:00"],
    ),
    "spec.airtimes[].starts[]": _DATES,
    "spec.airtimes[].duration": _DURATIONS,
    "spec.airtimes[].end": (
        *_DATES,
        "2027-03-13T20:30:00",
        "2027-03-13T19:00:00Z",
        "2027-04-13T20:30:00",
    ),
    "spec.airtimes[].endSlack": _DURATIONS[:-2],
    "spec.airtimes[].repeat": (
        "FREQ=HOURLY",
        "FREQ=SECONDLY;COUNT=1",
        "FREQ=WEEKLY;BYHOUR=1",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;COUNT=0",
        "FREQ=WEEKLY;COUNT=-1",
        "FREQ=WEEKLY;COUNT=1;COUNT=2",
        "FREQ=WEEKLY;COUNT=1;UNTIL=20270313",
        "FREQ=WEEKLY;UNTIL=20270230",
        "FREQ=WEEKLY;UNTIL=20200101",
        "FREQ=WEEKLY;BYDAY=SU",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=999999999",
        "RRULE:FREQ=WEEKLY",
        "COUNT=10",
        "every Saturday",
        "FREQ=WEEKLY;",
        "freq=weekly",
        "FREQ=WEEKLY\nBYDAY=SA",
    ),
    "spec.airtimes[].except": (["2027-02-06"] * 101,),
    "spec.airtimes[].except[]": (*_DATES, "2027-02-30", "06-02-2027"),
    "spec.airtimes[].load": (
        {"shape": "Flat"},
        {"shape": "Episode", "multiplier": "2", "headroom": "30%"},
    ),
    "spec.targetSets": ([{"name": "mol"}] * 2, [{"name": f"set-{n}"} for n in range(11)]),
    "spec.targetSets[]": ("mol", {"name": "mol", "namespace": "tv"}),
    "spec.targetSets[].name": _OBJECT_NAMES,
    "spec.targets": (
        [
            {"name": name, "scaleTargetRef": {"name": "mol-api"}, "replicas": 1, "maxReplicas": 2}
            for name in ("api", "media")
        ],
    ),
    "spec.targets[]": (),
    "spec.targets[].name": _NAMES,
    "spec.targets[].scaleTargetRef": ("mol-api", {"name": "mol-api", "namespace": "tv"}),
    "spec.targets[].scaleTargetRef.apiVersion": ("apps/v2", "extensions/v1beta1", "v1"),
    "spec.targets[].scaleTargetRef.kind": _KINDS,
    "spec.targets[].scaleTargetRef.name": _OBJECT_NAMES,
    "spec.targets[].share": (*_PERCENTAGES[:-1], "1001%"),
    "spec.targets[].perReplica": (*_QUANTITIES, "2G"),
    "spec.targets[].replicas": (*_COUNTS, 301),
    "spec.targets[].maxReplicas": _COUNTS,
    "spec.targets[].usualReplicas": (*_COUNTS, 301),
    "spec.warmUp": (),
    "spec.warmUp.lead": (*_DURATIONS[:-2], "25h"),
    "spec.coolDown": ({"hold": "24h", "step": "1%", "every": "24h"},),
    "spec.coolDown.hold": (*_DURATIONS[:-2], "25h"),
    "spec.coolDown.step": (*_PERCENTAGES, "0.9%"),
    "spec.coolDown.every": (*_DURATIONS, "25h"),
    "spec.suspend": ("no", "true", 1),
    "status": (),
}
_OF_LOADS: Final[dict[str, tuple[Any, ...]]] = {
    "": ({"shape": "Flat"}, {"shape": "Flat", "multiplier": "2", "headroom": "30%"}),
    ".shape": ("flat", "Episodes", "TVspot"),
    ".points": ([{"at": "end", "level": "1%"}, {"at": "start", "level": "1%"}],),
    ".points[]": ("start", {"at": "start"}, {"at": "start", "level": "1%", "why": "x"}),
    ".points[].at": ("begin", "start-", "start+25h", "start -15m", "end+1d", "START", "-15m"),
    ".points[].level": (*_PERCENTAGES[:4], "-5%", "101%", "0.0001%"),
    ".audience": ({"response": "100%"}, {"people": "680k", "viewers": "680k"}),
    ".audience.people": (*_QUANTITIES, "11G", "0.5"),
    ".audience.response": _PERCENTAGES,
    ".audience.requestsPerPerson": (*_QUANTITIES, "2M", "0.0001"),
    ".audience.within": _DURATIONS,
    ".requestsPerSecond": (*_QUANTITIES, "2G", "0.5"),
    ".multiplier": (*_QUANTITIES, "0.5", "1001", "4x"),
    ".headroom": (*_PERCENTAGES[:4], "-5%", "1001%", "30"),
}

IMPOSSIBLE: Final[dict[str, tuple[Any, ...]]] = _OF_OBJECTS | {
    f"{load}{path}": values
    for load in ("spec.load", "spec.airtimes[].load")
    for path, values in _OF_LOADS.items()
}
"""Wrong values of the right kind, for every field of both CRDs; the server drops a status."""


@dataclass(frozen=True)
class Case:
    """A manifest in which a field has another value."""

    name: str
    manifest: dict[str, Any]
    place: str
    value: Any

    @property
    def body(self) -> dict[str, Any]:
        """The manifest with the value."""
        return changed(self.manifest, {self.place: self.value})

    @property
    def path(self) -> str:
        """The field as messages name it, such as `spec.airtimes[0].start`."""
        return re.sub(r"\.([0-9]+)", r"[\1]", self.place)


def generator(leaf: Leaf) -> tuple[Any, ...]:
    """Return the impossible values of a field.

    Raises:
        KeyError: nobody has thought of any.
    """
    return IMPOSSIBLE["status" if leaf.path.startswith("status.") else leaf.path]


def of_kind(leaf: Leaf) -> Iterator[Case]:
    """Yield a field with values of every kind."""
    manifest, place = placed(leaf)
    for name, value in ANYTHING.items():
        yield Case(name, manifest, place, value)
    many = _many(manifest, place)
    if many:
        yield Case("ten thousand items", manifest, place, many)


def impossible(leaf: Leaf) -> Iterator[Case]:
    """Yield a field with values that are impossible."""
    manifest, place = placed(leaf)
    for value in generator(leaf):
        yield Case(repr(value)[:60], manifest, place, value)


def _many(manifest: dict[str, Any], place: str) -> list[Any]:
    """Return the items of a list, again and again, with names of their own if they have any."""
    value: Any = manifest
    for key in place.split("."):
        value = value[int(key) if key.isdigit() else key]
    if not isinstance(value, list):
        return []
    if not isinstance(value[0], dict) or "name" not in value[0]:
        return [value[0]] * 10_000
    return [value[0] | {"name": f"item-{n}"} for n in range(10_000)]
