"""The rows of a trace as they are read, in arrays: there may be a million."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from math import floor, nan
from typing import TYPE_CHECKING, Final

from onair.traces.errors import TraceError, instant
from onair.traces.numbers import Numbers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from onair.traces.times import Times

MAX_STEPS: Final = 1_000_000
"""Two years of minutes, or eleven days of seconds."""


@dataclass(slots=True)
class Places:
    """How many places of a file something is said of, and the first of them."""

    count: int = 0
    first: int = 0

    def add(self, place: int) -> None:
        """Count one more place."""
        self.first = self.first or place
        self.count += 1

    def note(self, what: str, unit: str, done: str) -> Iterator[str]:
        """Yield what they are, where, and what was done about them; nothing if there are none."""
        if self.count == 1:
            yield f"{what}: {unit} {self.first}; {done}"
        elif self.count:
            yield f"{what}: {self.count:,} {unit}s, the first is {self.first}; {done}"


@dataclass(slots=True)
class Samples:
    """Times and numbers in the order of the file.

    Attributes:
        unit: what a place is, "line" or "value".
        reader: reads the times.
        seconds: in which there are as many requests as a number says, None for each step.
        is_alone: whether rows say nothing but a time and a number.
        numbers: reads the numbers.
        times: seconds since 1970.
        values: the numbers, NaN of a time without one.
        places: the number of the line or value of each, from 1.
        missing: what has a time and no number.
        rounded: what has a time that is not at a whole second.
        where: the zone whose clocks show the times, None if the file says instants.
    """

    unit: str
    reader: Times
    seconds: int | None
    is_alone: bool
    numbers: Numbers = field(default_factory=Numbers)
    times: array[int] = field(default_factory=lambda: array("q"))
    values: array[float] = field(default_factory=lambda: array("d"))
    places: array[int] = field(default_factory=lambda: array("q"))
    missing: Places = field(default_factory=Places)
    rounded: Places = field(default_factory=Places)
    where: ZoneInfo | None = None

    def add(self, place: int, time: str, number: str) -> None:
        """Read one row.

        Raises:
            TraceError: it cannot be read, or is one too many.
        """
        try:
            seconds = self.reader.seconds(time)
            value = self.numbers.number(number, place)
        except TraceError as error:
            raise TraceError(f"{self.unit} {place}: {error}") from error
        if value is None:
            self.missing.add(place)
        if len(self.times) == MAX_STEPS:
            raise TraceError(
                f"{self.unit} {place}: it has more than {MAX_STEPS:,} rows;"
                " cut the trace, or take longer steps"
            )
        whole = floor(seconds + 0.5)
        if whole != seconds:
            self.rounded.add(place)
        self.times.append(whole)
        self.values.append(nan if value is None else value)
        self.places.append(place)

    def shown(self, index: int, after: int = 0) -> str:
        """Return so many seconds after a row as an instant: as clocks show it if the file does."""
        return instant(self.times[index] + after, self.where)
