"""One setting at several values: what OnAir loses and costs at each, beside cron at equal cost."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, Final, Literal, NamedTuple

from onair.model.campaigns import CampaignSpec
from onair.model.loads import Load
from onair.model.quantities import format_duration
from onair.plan.aims import Aim
from onair.plan.seconds import length_of
from onair.simulation import results
from onair.simulation.figures import Figures
from onair.simulation.knee import Point, choose, knee
from onair.simulation.simulating import Scene, simulate

SETTINGS: Final = 11
"""How many values a sweep has: each tenth of its range, and both ends."""


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
    """Return the settings of a sweep, evenly from the first to the last."""
    step = (last.value - first.value) / (SETTINGS - 1)
    return [first._replace(value=first.value + step * number) for number in range(SETTINGS)]


def changed(aims: Sequence[Aim], setting: Setting) -> tuple[Aim, ...]:
    """Return aims as they would be at a setting; a multiplier has no headroom and stays."""
    if setting.of == "lead":
        return tuple(replace(aim, lead=length_of(setting.value)) for aim in aims)
    return tuple(replace(aim, spec=_roomier(aim.spec, setting.value)) for aim in aims)


def sweep(scene: Scene, settings: Sequence[Setting]) -> results.Sweep:
    """Return what OnAir loses and costs at each setting, and the largest cron that costs no more.

    One setting is to be chosen: the knee of the curve of loss against pod-hours, unless a cheaper
    setting loses no more (`knee.choose`).
    """
    found = [_onair(scene, setting) for setting in settings]
    sizes = _Sizes(scene, max(each.peak_pods for each in found))
    points = [Point(each.pod_hours, each.share) for each in found]
    chosen, bend = choose(points), knee(points)
    return results.Sweep(
        of=settings[0].of,
        settings=tuple(
            results.Setting(
                setting=str(setting), **_loss(each), cron_at_equal_cost=sizes.within(each.pod_hours)
            )
            for setting, each in zip(settings, found, strict=True)
        ),
        cron=tuple(sizes.known()),
        knee=None if bend is None else str(settings[bend]),
        choice=str(settings[chosen]),
        why=_why(settings, points, chosen, bend),
    )


class _Sizes:
    """The cron arm at the sizes that were looked at; the more pods, the dearer."""

    def __init__(self, scene: Scene, most: int) -> None:
        self._scene = scene
        self._most = most
        self._known: dict[int, Figures] = {}

    def within(self, pod_hours: float) -> results.Cron | None:
        """Return the largest size that costs no more; None where not even one replica does."""
        least, most = 0, self._most + 1
        while most - least > 1:
            middle = (least + most) // 2
            if self._at(middle).pod_hours <= pod_hours:
                least = middle
            else:
                most = middle
        return self._result(least) if least else None

    def known(self) -> Iterator[results.Cron]:
        """Yield all sizes that were looked at, the smallest first."""
        return map(self._result, sorted(self._known))

    def _result(self, size: int) -> results.Cron:
        return results.Cron(replicas=size, **_loss(self._known[size]))

    def _at(self, size: int) -> Figures:
        if size not in self._known:
            (cron,) = simulate(replace(self._scene, cron=size), ("cron",)).arms
            self._known[size] = cron.figures
        return self._known[size]


def _onair(scene: Scene, setting: Setting) -> Figures:
    (onair,) = simulate(replace(scene, aims=changed(scene.aims, setting)), ("onair",)).arms
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


def _why(
    settings: Sequence[Setting], points: Sequence[Point], chosen: int, bend: int | None
) -> str:
    """Return why a setting is to be chosen, in a sentence."""
    losses = {each.loss for each in points}
    if len(losses) == 1:
        same = "the same" if losses.pop() else "nothing"
        return f"{same} is lost at any setting on this trace, and none is cheaper"
    if bend is None:
        return "the loss falls evenly with the cost, without a knee, and this is least lost"
    if bend != chosen:
        return f"it loses no more than the knee at {settings[bend]} and costs less"
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
