"""What `make crowd` prints: the conditions, the table, the bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import MARKDOWN
from rich.table import Table

from onair.model.quantities import format_duration
from tests.bench.figures import Figure
from tests.crowd.arms import ARMS, CRON_MINIMUM, HPA, ONAIR
from tests.crowd.episode import (
    LAST_TIME,
    LEAD,
    PEAK,
    START_UP,
    USUAL_RATE,
    USUAL_REPLICAS,
    Episode,
)
from tests.crowd.manifests import (
    FULL_SLOTS,
    HEADROOM,
    HPA_MINIMUM,
    HPA_TARGET,
    PER_REPLICA,
    SERVICE_TIME,
    SLOTS,
)
from tests.crowd.prediction import predictions
from tests.crowd.summary import Spread, Summary, ratios

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

FAILURES_BOUND, COST_BOUND = 0.1, 1.5

RESET_SECONDS = 50
"""Between two evenings, about."""

ROWS: dict[str, Callable[[Summary], float]] = {
    "requests": lambda s: s.requests,
    "failed": lambda s: s.failed,
    "failed, %": lambda s: s.failed_percent,
    "- until the end of the broadcast": lambda s: s.failed_by_end,
    "- after it": lambda s: s.failed - s.failed_by_end,
    "- refused by a full pod (503)": lambda s: s.full,
    "- timed out after 2 s": lambda s: s.timeout,
    "- no connection": lambda s: s.refused + s.error,
    "served, p50 ms": lambda s: s.p50,
    "served, p95 ms": lambda s: s.p95,
    "served, p99 ms": lambda s: s.p99,
    "Ready pods, mean": lambda s: s.mean_ready,
    "Ready pods, peak": lambda s: s.peak_ready,
    "pod-seconds": lambda s: s.pod_seconds,
    "machine busy, %": lambda s: s.busy,
    "machine busy, seconds of 90 % or more": lambda s: s.busy_seconds,
}


def conditions(episode: Episode, pairs: int) -> str:
    """Return under which conditions the figures arise."""
    speed = episode.speed
    short = f"The short form: all but the HPA is {speed} times as fast as told here.\n"
    minutes = pairs * len(ARMS) * (episode.length + RESET_SECONDS) / 60
    return f"""\
{short if speed > 1 else ""}\
{pairs} x {len(ARMS)} evenings of {Episode().length:.0f} s on real pods of one real node.
That takes about {minutes:.0f} minutes; leave the machine alone meanwhile.
- The crowd: {USUAL_RATE} requests/s always; the episode adds {PEAK} at its peak, within 60 s after
  its end. That ramp is as fast as the example's. Shortened are the bump before the start
  (15 min to 12 s), the broadcast (65 min to 20 s), the hold (5 min to 60 s) and the tail (54 min
  to 32 s); the peak is 1/18 of the example's. What is left out is what every arm copes with: over
  a whole evening about as many requests fail, which are 20 times fewer percent.
- The forecast: the turnout is 90 to 110 % of what was announced; start, end and shape are exact.
- A replica: {SLOTS} slots of {format_duration(SERVICE_TIME)}; Ready {START_UP} s after its start.
- hpa: minimum {HPA_MINIMUM}, target {HPA_TARGET} % of the CPU request (full slots use about
  {FULL_SLOTS} %), else Kubernetes' own settings; metrics every 10 s. It looks every 15 s, in each
  pair at other seconds of the evening.
- hpa+cron: minimum {CRON_MINIMUM} from the start until the crowd has gone: what the last episode's
  peak came to, which drew {100 * LAST_TIME:.0f} % of tonight's crowd. The bump comes before it.
  It holds them through the broadcast, which is shortened most of all: its real cost is higher.
- hpa+onair: that shape announced with {PEAK}/s; {PER_REPLICA}/s a replica, headroom {HEADROOM} %,
  lead {LEAD} s, usually {USUAL_REPLICAS} replicas. Its own pod is not counted.
- Pods are counted until OnAir has given back. The HPA keeps the replicas that it has then for five
  minutes more, in every arm; these are counted in none.
"""


def line(arm: str, pair: int, summary: Summary) -> str:
    """Return one run in one line."""
    said = (
        f"pair {pair}, {arm}: {summary.requests:,} requests, {summary.failed:,} failed"
        f" ({summary.failed_percent:.2f} %), p95 {summary.p95:.0f} ms,"
        f" {summary.mean_ready:.1f} Ready pods ({summary.peak_ready:.0f} at peak),"
        f" {summary.pod_seconds:,.0f} pod-seconds, machine {summary.busy:.0f} % busy,"
        f" sent at most {summary.lag_p99:.0f} ms late (p99)"
    )
    return said + (": TOO BUSY" if summary.too_busy else "")


def table(summaries: Mapping[str, Sequence[Summary]]) -> Table:
    """Return a row for each figure and a column for each arm: median (least to most)."""
    drawn = Table("", *summaries, box=MARKDOWN)
    for name, figure in ROWS.items():
        cells = (Spread.of([figure(each) for each in of_arm]) for of_arm in summaries.values())
        drawn.add_row(name, *map(_cell, cells))
    return drawn


def figures(summaries: Mapping[str, Sequence[Summary]], *, bounded: bool) -> Iterator[Figure]:
    """Yield what is to be judged: medians of OnAir's runs over the HPA's, and their spread."""
    for name, bound, figure in (
        ("failures_ratio", FAILURES_BOUND, ROWS["failed"]),
        ("pod_seconds_ratio", COST_BOUND, ROWS["pod-seconds"]),
    ):
        spread = ratios(summaries[ONAIR], summaries[HPA], figure)
        yield Figure(name, spread.median, "times", bound if bounded else None)
        yield Figure(f"{name}_least", spread.least, "times")
        yield Figure(f"{name}_most", spread.most, "times")


def compared(summaries: Mapping[str, Sequence[Summary]]) -> Iterator[str]:
    """Yield a line for each arm: what the simulation expected of these pairs, and what was."""
    pairs = len(summaries[HPA])
    for arm, expected in predictions(pairs).items():
        failed, pod_seconds = (
            Spread.of([ROWS[name](each) for each in summaries[arm]]).median
            for name in ("failed", "pod-seconds")
        )
        yield (
            f"{arm}: {_number(expected.failed)} failures predicted, {_number(failed)} observed;"
            f" {expected.pod_seconds:,.0f} pod-seconds predicted, {pod_seconds:,.0f} observed"
        )


def _cell(spread: Spread) -> str:
    if spread.least == spread.most:
        return _number(spread.median)
    return f"{_number(spread.median)} ({_number(spread.least)} to {_number(spread.most)})"


def _number(value: float) -> str:
    if value >= 10 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 1 else f"{value:.2g}"
