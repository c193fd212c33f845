"""What came of the evening: for who announced it, then with figures for who runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE
from rich.table import Table

from tests.demo.judge import NOT_READY, READY

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from rich.console import Console

    from tests.demo.announced import Announced
    from tests.demo.judge import Readiness, Return
    from tests.demo.stage import Sample


def faults(readiness: list[Readiness], verdicts: dict[datetime, str], last: Sample) -> list[str]:
    """Return in words what was not as it should have been, nothing after a good evening."""
    found = [
        f"{r.workload}: {r.ready_at_moment} of {r.required} Ready at {r.moment:%H:%M}Z"
        for r in readiness
        if r.verdict != READY
    ]
    for moment in sorted({r.moment for r in readiness}):
        all_ready = all(r.verdict == READY for r in readiness if r.moment == moment)
        seen = READY if all_ready else NOT_READY
        said = verdicts.get(moment, "missing")
        if (said == READY) != all_ready or moment not in verdicts:
            found.append(f"the operator's verdict at {moment:%H:%M}Z is {said}, ours is {seen}")
    if not last.given_back:
        found.append("not every number is back at what its owner had set")
    return found


class Report:
    """Prints the tables and the summary."""

    def __init__(self, announced: Announced, speed: float, console: Console) -> None:
        """Take what was announced, how fast the calendar ran and where to print."""
        self._announced = announced
        self._speed = speed
        self._console = console

    def print(
        self, readiness: list[Readiness], returns: list[Return], verdicts: dict[datetime, str]
    ) -> None:
        """Print the measured times."""
        self._console.print("\nInstants are UTC of the calendar; late are real seconds.")
        self._console.print(self._raised(readiness, verdicts), self._given_back(returns))

    def summarize(self, readiness: list[Readiness], faults: list[str]) -> None:
        """Print what a person who has never heard of Kubernetes wants to know."""
        say = self._console.print
        announced = self._announced
        start = announced.airing.start.astimezone(announced.zone)
        say(f"\n[bold]{announced.title}, {start:%A} {start.day} {start:%B %Y %H:%M}[/]")
        for moment in announced.moments:
            here = [r for r in readiness if r.moment == moment]
            say(f"- {self._sentence(moment, here)}")
        for fault in faults:
            say(f"[red]- {fault}[/]")
        if not faults:
            say("- Afterwards everything went back to what its owner had set.")
        say(f"[bold]{'Ready at every moment.' if not faults else 'This evening failed.'}[/]")

    def _sentence(self, moment: datetime, here: list[Readiness]) -> str:
        local, demand = moment.astimezone(self._announced.zone), self._announced.demand_at(moment)
        needed = sum(r.required for r in here)
        last = [r.ready for r in here if r.ready is not None]
        spare = (moment - max(last)).total_seconds() / 60 if len(last) == len(here) else 0
        when = f"ready {spare:.0f} minutes before" if spare > 0 else "not ready in time"
        return f"{local:%H:%M} a crowd of {demand:,} requests/s: {needed} servers needed, {when}."

    def _raised(self, readiness: list[Readiness], verdicts: dict[datetime, str]) -> Table:
        table = _table("workload", "moment", "needs", "planned", "late", "Ready at", "had")
        table.add_column("verdict")
        table.add_column("operator")
        for r in readiness:
            table.add_row(
                r.workload,
                f"{r.moment:%H:%M}",
                str(r.required),
                _clock(r.planned),
                self._late(r.planned, r.written),
                _clock(r.ready),
                str(r.ready_at_moment),
                r.verdict,
                verdicts.get(r.moment, "-"),
            )
        return table

    def _given_back(self, returns: list[Return]) -> Table:
        table = _table("workload", "given back", "to", "planned", "back", "late")
        for r in returns:
            late = self._late(r.planned, r.written)
            times = _clock(r.planned), _clock(r.written)
            table.add_row(r.workload, r.field, str(r.value), *times, late)
        return table

    def _late(self, planned: datetime, written: datetime | None) -> str:
        if written is None:
            return "never"
        late: timedelta = (written - planned) / self._speed
        return f"{late.total_seconds():.2f} s"


def _table(*headings: str) -> Table:
    return Table(*headings, box=SIMPLE, pad_edge=False)


def _clock(instant: datetime | None) -> str:
    return "never" if instant is None else f"{instant:%H:%M:%S}"
