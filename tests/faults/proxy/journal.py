"""What the operator asked for and was told, in order, readable while it goes on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onair.clock import Clock

if TYPE_CHECKING:
    from datetime import datetime

    from tests.faults.proxy.asked import Asked
    from tests.faults.proxy.faults import Fault


@dataclass(frozen=True, slots=True)
class Entry:
    """One request; `at` is when it came, real time UTC, `number` its place from 0.

    `occurrence` counts from 1 the requests that are equal but for the version asked for. `served`
    is the HTTP status by the API server, `answered` the one that the operator was told (0: none, or
    not yet); `version` the resource version in the answer, of the object or the list, 0 for none.
    """

    number: int
    at: datetime
    asked: Asked
    occurrence: int
    fault: Fault | None = None
    served: int = 0
    answered: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a watch as the API server sent it, and what befell it on the way."""

    at: datetime
    kind: str
    resource: str
    namespace: str
    name: str
    version: int
    fault: Fault | None


class Journal:
    """All requests and all events of watches, in the order in which they came to the proxy."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.events: list[Event] = []
        self._occurred: Counter[Asked] = Counter()

    def begin(self, asked: Asked) -> int:
        """Note a request; returns its number."""
        alike = replace(asked, version=0)
        self._occurred[alike] += 1
        number = len(self.entries)
        self.entries.append(Entry(number, Clock.real_now(), asked, self._occurred[alike]))
        return number

    def note(self, number: int, **what: Fault | int | None) -> None:
        """Note what became of a request: any field of its entry."""
        self.entries[number] = replace(self.entries[number], **what)  # type: ignore[arg-type]
