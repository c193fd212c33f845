"""Which request suffers what: plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.faults.proxy.asked import Asked
    from tests.faults.proxy.faults import Fault


@dataclass(frozen=True, slots=True)
class Match:
    """Which requests: whatever is empty or None fits all.

    Of a watch, faults of single events take `namespace` and `name` for those of the object.
    """

    verbs: tuple[str, ...] = ()
    resource: str = ""
    subresource: str | None = None
    namespace: str = ""
    name: str = ""
    dry_run: bool | None = False

    def fits(self, asked: Asked) -> bool:
        """Tell whether a request is one of these."""
        return self.fits_collection(asked) and self.names(asked.namespace, asked.name)

    def fits_collection(self, asked: Asked) -> bool:
        """Tell whether it is, whatever its object."""
        return (
            (not self.verbs or asked.verb in self.verbs)
            and self.resource in {"", asked.resource}
            and self.subresource in {None, asked.subresource}
            and self.dry_run in {None, asked.dry_run}
        )

    def names(self, namespace: str, name: str) -> bool:
        """Tell whether an object is one of these."""
        return self.namespace in {"", namespace} and self.name in {"", name}


@dataclass(frozen=True, slots=True)
class Rule:
    """A fault for the requests that match, from the `first` on, so many `times` (None: all).

    Counted from when the rule is in force; with `every` 3 only each third of them, beginning with
    `first`. Of several rules the first that applies wins; ShiftDate goes with any of them. For
    Hold, Cut and ErrorEvent a watch that is open already counts as a request of this moment, and
    faults of single events count the events of the objects that match.
    """

    match: Match
    fault: Fault
    first: int = 1
    times: int | None = None
    every: int = 1

    def applies(self, occurrence: int) -> bool:
        """Tell whether the fault hits the n-th match, counted from 1."""
        since, over = divmod(occurrence - self.first, self.every)
        return since >= 0 and over == 0 and (self.times is None or since < self.times)
