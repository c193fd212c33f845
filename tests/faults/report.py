"""What a suite has found, in a table for a person."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import TYPE_CHECKING

from rich.table import Table

from tests.faults.evidence import ON_TIME

if TYPE_CHECKING:
    from tests.faults.suite import Outcome

NO_FAULT = "no fault"

FALSE_ALARMS = 0.035
"""The share of runs without a fault that may be flagged: what Sieve (OSDI'22) has measured."""


class Report:
    """Collects outcomes; `began` is the monotonic second at which the first run began."""

    def __init__(self, total: int, began: float) -> None:
        self._total = total
        self._began = began
        self._by_story: dict[str, list[Outcome]] = defaultdict(list)
        self._taken = 0

    def take(self, outcome: Outcome) -> str:
        """Take in an outcome and return a line about it, and one for each violation."""
        self._by_story[outcome.plan.story].append(outcome)
        self._taken += 1
        held = "held" if outcome.hit or _is_faultless(outcome) else "held, but the fault never came"
        verdict = "BROKEN" if outcome.violations else held
        line = f"{self._taken}/{self._total} {outcome.seconds:5.1f} s  {verdict}  {outcome.plan}"
        return "\n    ".join((line, *map(str, outcome.violations)))

    @property
    def is_clean(self) -> bool:
        """Tell whether no fault broke anything, and both bars are kept over all runs."""
        broken = any(o.violations for o in self._outcomes() if not _is_faultless(o))
        in_time = _percentile(self._rises()) <= ON_TIME.total_seconds()
        return not broken and in_time and self._false_alarms() <= FALSE_ALARMS

    def table(self) -> Table:
        """Return a row for each story."""
        table = Table(
            "story", "plans", "that came", "broken", "false alarms", "rises", "99 % within"
        )
        for story, outcomes in self._by_story.items():
            with_fault = [o for o in outcomes if not _is_faultless(o)]
            without = [o for o in outcomes if _is_faultless(o)]
            rises = [seconds for outcome in outcomes for seconds in outcome.lateness]
            table.add_row(
                story,
                str(len(with_fault)),
                str(sum(o.hit for o in with_fault)),
                str(sum(bool(o.violations) for o in with_fault)),
                f"{sum(bool(o.violations) for o in without)} of {len(without)}",
                str(len(rises)),
                f"{_percentile(rises):.2f} s",
            )
        return table

    def summary(self) -> str:
        """Return one line about all of them."""
        minutes = (time.monotonic() - self._began) / 60
        rises, bar = self._rises(), ON_TIME.total_seconds()
        late = f"99 % of {len(rises)} rises within {_percentile(rises):.2f} s (bar {bar:g} s)"
        alarms = f"{self._false_alarms():.1%} false alarms (bar {FALSE_ALARMS:.1%})"
        return f"{self._taken} runs in {minutes:.0f} minutes; {late}; {alarms}"

    def _outcomes(self) -> list[Outcome]:
        return [outcome for found in self._by_story.values() for outcome in found]

    def _rises(self) -> list[float]:
        return [seconds for outcome in self._outcomes() for seconds in outcome.lateness]

    def _false_alarms(self) -> float:
        """Return the share of the runs without a fault in which something was broken."""
        faultless = [bool(o.violations) for o in self._outcomes() if _is_faultless(o)]
        return sum(faultless) / max(1, len(faultless))


def _is_faultless(outcome: Outcome) -> bool:
    return outcome.plan.name.startswith(NO_FAULT)


def _percentile(seconds: list[float]) -> float:
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))] if ordered else 0.0
