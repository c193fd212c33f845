"""What holds where a file does not say it."""

from dataclasses import dataclass, field
from typing import Final

from onair.importing.loads import SIZES, Fields, load
from onair.importing.manifests import campaign
from onair.importing.notes import LeftOutError

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
