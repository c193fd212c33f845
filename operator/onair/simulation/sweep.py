"""One setting at several values: what OnAir loses and costs at each, beside cron at equal cost."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil
from typing import Any, Final, Literal, NamedTuple

from onair.model.campaigns import CampaignSpec
from onair.model.loads import Load
from onair.model.quantities import format_duration
from onair.plan.aims import Aim
from onair.plan.seconds import length_of
from onair.simulation import results
from onair.simulation.arms.registry import CRON, ONAIR
from onair.simulation.figures import Figures
from onair.simulation.knee import Point, choose, knee
from onair.simulation.simulating import Scene, simulate

SETTINGS: Final = 11
"""How many values a sweep has at most: each tenth of its range, and both ends."""

_FINEST: Final = {"headroom": Fraction(1, 100_000), "lead": Fraction(1)}
"""How finely they are set: as a manifest says a percentage, and in whole seconds."""

_SIZES: Final = 10
"""How many sizes of a cron job are looked at beside those that cost as much as a setting."""

_SHOWN: Final = 4
"""Decimals of a loss that are seen as hundredths of a percent; what differs less, is the same."""

_NO_LOSS: Final = "nothing is lost at any setting on this trace, and none is cheaper"


class Setting(NamedTuple):
    """A headroom for every load in requests, in parts of 1; or a lead for every target, in seconds.

    It is shown as a manifest says it: `30%` or `10m`.
    """

    of: Literal["headroom", "lead"]
    value: Fraction

    def __str__(self) -> str:  # noqa: D105 - see the class
        if self.of == "lead":
            return format_duration(length_of(self.value))
        return f"{float(self.value * 100):g}%"


def between(first: Setting, last: Setting) -> list[Setting]:
    """Return the settings of a sweep, evenly from the first to the last, as can be set."""
    step = (last.value - first.value) / (SETTINGS - 1)
    finest = _FINEST[first.of]
    evenly = (first.value + step * number for number in range(SETTINGS))
    return [
        first._replace(value=value) for value in {round(n / finest) * finest: 0 for n in evenly}
    ]


def changed(aims: Sequence[Aim], setting: Setting) -> tuple[Aim, ...]:
    """Return aims as they would be at a setting; a multiplier has no headroom and stays."""
    if setting.of == "lead":
        return tuple(replace(aim, lead=length_of(setting.value)) for aim in aims)
    return tuple(replace(aim, spec=_roomier(aim.spec, setting.value)) for aim in aims)


def sweep(scene: Scene, settings: Sequence[Setting]) -> results.Sweep:
    """Return what OnAir loses and costs at each setting, and what cron loses at no more cost.

    One setting is to be chosen: the knee of the curve of loss against pod-hours, than which no
    cheaper one loses as little; without a knee, the cheapest of those that lose least. Losses
    count as they are shown.
    """
    found = [_onair(scene, setting) for setting in settings]
    crons = _crons(scene, found)
    points = [Point(each.pod_hours, round(each.share, _SHOWN)) for each in found]
    chosen, bend = choose(points), knee(points)
    return results.Sweep(
        of=settings[0].of,
        settings=tuple(
            results.Setting(
                setting=str(setting),
                **_loss(each),
                cron_at_equal_cost=best_cron(crons, each.pod_hours),
            )
            for setting, each in zip(settings, found, strict=True)
        ),
        cron=tuple(crons),
        knee=None if bend is None else str(settings[bend]),
        choice=str(settings[chosen]),
        why=_why(settings, points, bend) if any(each.lost for each in found) else _NO_LOSS,
    )


def _crons(scene: Scene, settings: Sequence[Figures]) -> list[results.Cron]:
    """Return the cron arm at some sizes, the smallest first, up to the most pods of any setting.

    They are spread evenly, and beside them is the largest that costs no more than each setting. A
    larger one nearly always costs more: not where a smaller one has an HPA overshoot.
    """
    looked_at: dict[int, Figures] = {}

    def cost(size: int) -> float:
        if size not in looked_at:
            (cron,) = simulate(replace(scene, cron=size), (CRON,)).arms
            looked_at[size] = cron.figures
        return looked_at[size].pod_hours

    largest = max(each.peak_pods for each in settings)
    for size in (*range(1, largest, ceil(largest / _SIZES)), largest):
        cost(size)
    for each in settings:
        _close_in(each.pod_hours, cost, looked_at)
    return [results.Cron(replicas=size, **_loss(looked_at[size])) for size in sorted(looked_at)]


def _close_in(
    pod_hours: float, cost: Callable[[int], float], looked_at: Mapping[int, object]
) -> None:
    """Look at sizes until two neighbours cost at most, and more than, so many pod-hours.

    Each next size is where a straight line between the two nearest has that cost: costs grow nearly
    evenly, so a few will do.
    """
    low = max((size for size in looked_at if cost(size) <= pod_hours), default=None)
    high = min(
        (size for size in looked_at if cost(size) > pod_hours and size > (low or 0)), default=None
    )
    while low is not None and high is not None and high - low > 1:
        part = (pod_hours - cost(low)) / (cost(high) - cost(low))
        size = min(max(low + round(part * (high - low)), low + 1), high - 1)
        if cost(size) <= pod_hours:
            low = size
        else:
            high = size


def best_cron(crons: Sequence[results.Cron], pod_hours: float) -> results.Cron | None:
    """Return the cron that loses least for no more pod-hours; None where each costs more."""
    enough = [each for each in crons if each.pod_hours <= pod_hours]
    return min(enough, key=lambda each: (each.above_capacity, each.pod_hours), default=None)


def _onair(scene: Scene, setting: Setting) -> Figures:
    (onair,) = simulate(replace(scene, aims=changed(scene.aims, setting)), (ONAIR,)).arms
    return onair.figures


def _roomier(spec: CampaignSpec, headroom: Fraction) -> CampaignSpec:
    airtimes = tuple(
        airtime.model_copy(update={"load": _with(airtime.load, headroom)})
        for airtime in spec.airtimes
    )
    return spec.model_copy(update={"airtimes": airtimes, "load": _with(spec.load, headroom)})


def _with(load: Load | None, headroom: Fraction) -> Load | None:
    if load is None or load.multiplier is not None:
        return load
    return load.model_copy(update={"headroom": headroom})


def _loss(figures: Figures) -> dict[str, Any]:
    return {
        "requests_above_capacity": figures.lost,
        "above_capacity": 100 * figures.share,
        "mean_pods": figures.mean_pods,
        "pod_hours": figures.pod_hours,
    }


def _why(settings: Sequence[Setting], points: Sequence[Point], bend: int | None) -> str:
    """Return why a setting is to be chosen, in a sentence."""
    if len({each.loss for each in points}) == 1:
        return "the same is lost at any setting on this trace, and none is cheaper"
    if bend is None:
        return "the loss falls evenly with the cost, without a knee, and this is least lost"
    numbers = range(len(points))
    cheapest = min(numbers, key=lambda number: points[number])
    safest = min(numbers, key=lambda number: points[number][::-1])
    why = "it is the knee of the curve"
    if cheapest != bend:
        why += f"; against {settings[cheapest]} it saves {_more(points[cheapest], points[bend])}"
    if points[safest].loss < points[bend].loss:
        why += f"; {settings[safest]} would save another {_more(points[bend], points[safest])}"
    return why


def _more(point: Point, dearer: Point) -> str:
    """Say what a dearer point saves, and for how much more."""
    saved, more = point.loss - dearer.loss, dearer.cost / point.cost - 1
    return f"{100 * saved:.2f} % of all requests for {100 * more:.0f} % more pod-hours"
