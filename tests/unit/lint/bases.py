"""Valid manifests that between them say every field that a manifest can say."""

from collections.abc import Iterator
from typing import Any, Final

from tests.unit.lint.leaves import Leaf
from tests.unit.model.manifests import CAMPAIGN, INLINE, TARGET_SET, changed

_AUDIENCE: Final = {
    "people": "680k",
    "response": "100%",
    "requestsPerPerson": "2.2",
    "within": "5m",
}
_POINTS: Final = [{"at": "start", "level": "25%"}, {"at": "end+1m", "level": "100%"}]

_OWN_LOADS: Final = changed(
    INLINE,
    {
        "spec.airtimes": [
            {
                "name": "spots",
                "starts": ["2027-01-09T20:30:00", "2027-01-10T20:30:00"],
                "duration": "30s",
                "load": {"shape": "TVSpot", "audience": _AUDIENCE, "headroom": "30%"},
            },
            {
                "name": "final",
                "start": "2027-03-13T20:30:00",
                "end": "2027-03-13T22:00:00",
                "load": {"shape": "Custom", "points": _POINTS, "requestsPerSecond": "5k"},
            },
            {
                "name": "repeat",
                "start": "2027-03-14T20:30:00",
                "duration": "1h",
                "load": {"shape": "Flat", "multiplier": "2"},
            },
        ]
    },
)

_MULTIPLIER: Final = changed(CAMPAIGN, {"spec.load": {"shape": "Flat", "multiplier": "4"}})

BASES: Final = (CAMPAIGN, INLINE, TARGET_SET, _OWN_LOADS, _MULTIPLIER)


def placed(leaf: Leaf) -> tuple[dict[str, Any], str]:
    """Return a manifest that has a field, and the field's path in it, such as `spec.a.0.b`.

    Raises:
        LookupError: no manifest here has it.
    """
    for base in BASES:
        if base["kind"] == leaf.kind:
            # The server drops a status, whatever is in it: any manifest can have one.
            said = base | {"status": _filled(leaf.path)} if leaf.path.startswith("status") else base
            for path in _paths(said, leaf.path.replace("[]", ".[]").split("."), ""):
                return said, path
    raise LookupError(f"no valid manifest says {leaf}; add it to one in bases.py")


def _paths(value: Any, keys: list[str], path: str) -> Iterator[str]:  # noqa: ANN401  # of JSON
    if not keys:
        yield path
    elif keys[0] == "[]" and isinstance(value, list):
        for n, item in enumerate(value):
            yield from _paths(item, keys[1:], f"{path}.{n}")
    elif isinstance(value, dict) and keys[0] in value:
        yield from _paths(value[keys[0]], keys[1:], f"{path}.{keys[0]}".removeprefix("."))


def _filled(path: str) -> Any:  # noqa: ANN401  # of JSON
    """Return the least status that has a field at a path such as `status.targets[].name`."""
    value: Any = {}
    for key in reversed(path.split(".")[1:]):
        value = {key.removesuffix("[]"): [value] if key.endswith("[]") else value}
    return value
