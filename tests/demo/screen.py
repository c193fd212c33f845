"""The evening as a chart that grows with time: for people at a terminal."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Self

from rich.console import Console, Group
from rich.live import Live
from rich.panel import Panel
from rich.text import Text

from tests.demo.stage import API

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from types import TracebackType

    from tests.demo.announced import Announced, Workload
    from tests.demo.stage import Sample

EIGHTHS = " ▁▂▃▄▅▆▇█"
PODS_ROWS, DEMAND_ROWS = 12, 4
LABELS = 8
WIDEST = 130
TOP = 1.25
"""Times the highest floor: where the HPA's maximum is at the peak."""


class Screen:
    """Shows one sample after the other in the same place."""

    def __init__(self, announced: Announced, begin: datetime, console: Console) -> None:
        """Take what is announced, the first instant of the chart and where to draw."""
        self._announced = announced
        self._begin = begin
        self._columns = min(console.width, WIDEST) - LABELS - 4
        self._each = (announced.over + timedelta(minutes=6) - begin) / self._columns
        self._seen: dict[int, Sample] = {}
        self._live = Live(console=console, refresh_per_second=4)

    def __enter__(self) -> Self:
        """Begin to draw."""
        self._live.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the last picture where it is."""
        self._live.__exit__(kind, error, trace)

    def show(self, sample: Sample) -> None:
        """Draw everything up to a sample."""
        self._seen[min(self._columns - 1, (sample.at - self._begin) // self._each)] = sample
        self._live.update(self._picture(sample))

    def _picture(self, sample: Sample) -> Panel:
        announced = self._announced
        local = sample.at.astimezone(announced.zone)
        heading = Text.assemble(
            (f"{local:%H:%M}  ", "bold"), (f"{sample.phase:<12}", "bold cyan"), sample.summary
        )
        legend = Text.assemble(
            ("█ Ready pods ", "green"),
            ("━ floor ", "yellow"),
            ("╌ the HPA's maximum ", "magenta"),
            ("█ demand", "blue"),
        )
        parts = [heading, *self._demand(), *self._pods(), self._axis(), legend]
        parts += [Text(_numbers(workload, sample)) for workload in announced.workloads]
        title = f"{announced.title}, {announced.airing.start.astimezone(announced.zone):%A %H:%M}"
        return Panel(Group(*parts), title=title, expand=False)

    def _demand(self) -> list[Text]:
        demand = self._announced.demand_at
        most = demand(self._announced.moments[-1])
        drawn = self._row_by_row(DEMAND_ROWS, most, lambda s: [(demand(s.at), "█", "blue")])
        return _labelled(drawn, f"{most:,}/s")

    def _pods(self) -> list[Text]:
        steps = self._announced.workloads[0].timeline
        most = ceil(TOP * max(step.floor for step in steps.steps))

        def marks(sample: Sample) -> list[tuple[int, str, str]]:
            floor = steps.at(sample.at).floor
            return [
                (sample.ready[API], "█", "green"),
                (floor, "━", "yellow"),
                (sample.maximum, "╌", "magenta"),
            ]

        return _labelled(self._row_by_row(PODS_ROWS, most, marks), f"{most} pods")

    def _row_by_row(
        self, rows: int, most: int, marks: Callable[[Sample], Sequence[tuple[int, str, str]]]
    ) -> list[Text]:
        columns = [
            _column(marks(self._seen[c]), rows, most) if c in self._seen else [(" ", "")] * rows
            for c in range(self._columns)
        ]
        return [Text.assemble(*(column[row] for column in columns)) for row in range(rows)]

    def _axis(self) -> Text:
        axis = [" "] * (self._columns + 5)
        for column in range(self._columns):
            at = (self._begin + column * self._each).astimezone(self._announced.zone)
            before = at - self._each
            if at.minute // 30 != before.minute // 30 or at.hour != before.hour:
                axis[column : column + 5] = f"{at:%H}:{at.minute // 30 * 30:02}"
        return Text(" " * LABELS + "".join(axis), style="dim")


def _numbers(workload: Workload, sample: Sample) -> str:
    name, floor = workload.name, workload.timeline.at(sample.at).floor
    what = "HPA" if workload.kind == "Deployment" else "set to"
    set_to, ready = f"{what} {sample.set_to[name]}", sample.ready[name]
    return f"{name:<9} floor {floor:>3}, {set_to:<13} Ready {ready:>3}"


def _column(marks: Sequence[tuple[int, str, str]], rows: int, most: int) -> list[tuple[str, str]]:
    """Return the cells of a column from the top: the first mark is a bar, the others lines."""
    (bar, _, colour), *lines = marks
    cells = []
    for row in reversed(range(rows)):
        filled = bar * rows / most - row
        cell = (EIGHTHS[max(0, min(8, round(filled * 8)))], colour)
        for value, mark, style in lines:
            if value and row == min(rows - 1, value * rows // most):
                cell = (mark, f"{style} on {colour}" if filled >= 1 else style)
        cells.append(cell)
    return cells


def _labelled(rows: list[Text], label: str) -> list[Text]:
    labels = [f"{label:>{LABELS - 1}} ", *[" " * LABELS] * (len(rows) - 1)]
    return [Text(label, style="dim") + row for label, row in zip(labels, rows, strict=True)]
