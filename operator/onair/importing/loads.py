"""The load of a row or an event: its own fields, and defaults for what it does not say."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from onair.importing.manifests import campaign
from onair.importing.notes import LeftOutError

Fields = Mapping[str, str]
"""Fields by the name that manifests give them, such as requestsPerSecond."""

_AUDIENCE: Final = ("people", "response", "requestsPerPerson", "within")
SIZES: Final = ("people", "requestsPerSecond", "multiplier")
_NUMBERS: Final = (*SIZES, "requestsPerPerson")
FIELDS: Final = ("shape", *_AUDIENCE, "requestsPerSecond", "multiplier", "headroom")
ANY_START: Final = "2027-01-09T20:30:00"
"""Of a campaign that is made only to learn whether OnAir takes the rest of it."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds where the file does not say it.

    Attributes:
        time_zone: IANA name.
        target_sets: names of TargetSets.
        namespace: of all campaigns; None for that of whoever applies them.
        title: what a campaign is called.
        duration: how long an airing takes, as manifests write it.
        date_order: `dmy`, `mdy` or `ymd`.
        load: fields of the load by the names that manifests give them.
    """

    time_zone: str | None = None
    target_sets: tuple[str, ...] = ()
    namespace: str | None = None
    title: str | None = None
    duration: str | None = None
    date_order: str | None = None
    load: Fields = field(default_factory=dict)

    def check(self) -> None:
        """Refuse what could stand in no manifest.

        Raises:
            LeftOutError: the message begins with the field.
        """
        sizes = [size for size in SIZES if size in self.load]
        if len(sizes) > 1:
            raise LeftOutError(f"{' and '.join(sizes)} say the size of the crowd twice: keep one")
        for size in {"people", *sizes}:  # what describes people is for rows that count them
            stand_in = {"shape": "Flat", size: "1", **self.load}
            crowd = load({size: stand_in[size]}, stand_in)
            airtime = {"name": "any", "start": ANY_START, "duration": self.duration or "1m"}
            sets = self.target_sets or ("any",)
            title = self.title or "any"
            campaign("any", title, "UTC", [airtime | {"load": crowd}], sets, self.namespace)


def unused(defaults: Fields, bodies: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the defaults that belong beside none of the sizes that campaigns have."""
    sizes = {size for body in bodies for size in _sizes(body["spec"])}
    fitting = {field for size in sizes for field in _fitting(size)} | {*SIZES}
    return [field for field in FIELDS if field in defaults and field not in fitting]


def _sizes(spec: Mapping[str, Any]) -> Iterator[str]:
    loads = [spec["load"]] if "load" in spec else [each["load"] for each in spec["airtimes"]]
    for each in loads:
        yield next(size for size in SIZES if size in each or size in each.get("audience", {}))


def load(own: Fields, defaults: Fields) -> dict[str, Any]:
    """Return the load of a manifest.

    A size of its own replaces the default size, whatever that counts. Defaults that belong to
    another size do not apply.

    Raises:
        LeftOutError: there is no shape or no size, or there are several sizes.
    """
    sizes = [name for name in SIZES if name in own] or [name for name in SIZES if name in defaults]
    if len(sizes) > 1:
        raise LeftOutError(f"it says the size of the crowd as {' and '.join(sizes)}: keep one")
    if not sizes:
        raise LeftOutError(f"it does not say the size of the crowd: {', '.join(SIZES)}")
    fitting = _fitting(sizes[0])
    said = {key: text for key, text in defaults.items() if key in fitting} | {
        key: text for key, text in own.items() if key in FIELDS
    }
    if strange := sorted(said.keys() - fitting):
        raise LeftOutError(f"{', '.join(strange)} does not belong beside {sizes[0]}")
    if "shape" not in said:
        raise LeftOutError("it does not say how the crowd comes: shape, such as TVSpot or Episode")
    return _manifest(said)


def _fitting(size: str) -> set[str]:
    """Return the fields that may stand beside a size."""
    if size == "multiplier":
        return {"shape", size}
    return {"shape", size, "headroom", *(_AUDIENCE if size == "people" else ())}


def _manifest(said: Fields) -> dict[str, Any]:
    audience = {key: _value(key, said[key]) for key in _AUDIENCE if key in said}
    rest = {key: _value(key, said[key]) for key in FIELDS if key in said and key not in _AUDIENCE}
    shape = {"shape": rest.pop("shape")}
    return shape | ({"audience": audience} if audience else {}) | rest


def _value(field: str, text: str) -> str | int:
    """Return a whole number as such, as manifests write it without quotes."""
    is_whole = field in _NUMBERS and re.fullmatch("[0-9]{1,15}", text)
    return int(text) if is_whole else text
