"""The simulation of one target: a trace comes, and each arm has its replicas ready, or not."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from onair.plan.demand import span
from onair.plan.same import Same
from onair.simulation.arms.registry import ARMS, CRON, ONAIR
from onair.simulation.arms.stage import Stage
from onair.simulation.judging import Judge
from onair.simulation.offered import Offered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from onair.plan.aims import Aim
    from onair.simulation.course import Course
    from onair.simulation.figures import Figures
    from onair.simulation.settings import Settings
    from onair.traces.trace import Trace


@dataclass(frozen=True)
class Scene:
    """One target with its campaigns, a trace, and how to play it.

    Attributes:
        trace: what all targets get together, its earlier days included.
        after: what is simulated and counted begins here, within the trace and between two steps.
        before: and ends here.
        aims: what campaigns want of the target; of none if there are none.
        most: the operator's limit on any target.
        settings: of the target's cluster, as they are at speed 1.
        speed: how many times as fast as in the trace the crowd comes.
        cron: the replicas of the cron job; None for the highest floor of the campaigns.
    """

    trace: Trace
    after: datetime
    before: datetime
    aims: tuple[Aim, ...]
    most: int
    settings: Settings
    speed: float = 1
    cron: int | None = None


class Aired(NamedTuple):
    """An airing, and from when (its first floor) until when (its cool-down's end) it counts.

    It is `cut` where what is simulated begins or ends within that.
    """

    campaign: str
    airtime: str
    start: datetime
    end: datetime
    since: datetime
    until: datetime
    cut: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of an arm.

    Attributes:
        name: of the arm.
        course: its replicas over seconds since `Simulated.trace` begins.
        figures: over the whole.
        airings: over each of the airings, which may overlap.
    """

    name: str
    course: Course
    figures: Figures
    airings: tuple[Figures, ...]


@dataclass(frozen=True, slots=True)
class Simulated:
    """What comes of all arms.

    `trace` is what reaches the target while it is simulated; `cron` the replicas of that arm, None
    if it was not simulated.
    """

    trace: Trace
    cron: int | None
    airings: tuple[Aired, ...]
    arms: tuple[Outcome, ...]


def simulate(scene: Scene, arms: Sequence[str] = tuple(ARMS)) -> Simulated:
    """Return what comes of some arms, in the order of the registry.

    Raises:
        ValueError: the trace has no whole step in the window, or the campaigns do not agree on the
            share of the load that reaches the target.
    """
    stage = staged(scene)
    courses: dict[str, Course] = {}
    if CRON in arms and scene.cron is None:
        courses[ONAIR] = ARMS[ONAIR](stage)
        stage = replace(stage, fixed=max(courses[ONAIR].floor.values))
    for name in arms:
        courses[name] = courses.get(name) or ARMS[name](stage)
    judge = _judge(Same(stage.offered), stage.settings.capacity, scene.speed)
    airings = tuple(_airings(stage))
    return Simulated(
        trace=stage.trace,
        cron=stage.fixed if CRON in arms else None,
        airings=airings,
        arms=tuple(
            _outcome(name, courses[name], stage, judge, airings) for name in ARMS if name in arms
        ),
    )


def staged(scene: Scene) -> Stage:
    """Return what the arms of a scene share.

    Raises:
        ValueError: the trace has no whole step in the window, or the campaigns do not agree on the
            share of the load that reaches the target.
    """
    shares = {aim.target.share for aim in scene.aims if not aim.spec.suspend} or {Fraction(1)}
    if len(shares) > 1:
        said = " and ".join(f"{float(share):.4g}" for share in sorted(shares))
        raise ValueError(
            f"campaigns send different shares of the load to the target ({said}); say one share"
        )
    trace, offered, past = _offered(Same(scene.trace), scene.after, scene.before, *shares)
    return Stage(
        trace=trace,
        offered=offered,
        past=past,
        ago=round((trace.begin - scene.trace.begin).total_seconds()),
        settings=scene.settings.at_speed(scene.speed),
        aims=tuple(_slowed(aim, scene.speed) for aim in scene.aims if not aim.spec.suspend),
        most=scene.most,
        speed=scene.speed,
        fixed=scene.cron,
    )


@lru_cache(2)
def _offered(
    whole: Same[Trace], after: datetime, before: datetime, share: Fraction
) -> tuple[Trace, Offered, Offered]:
    """Return what reaches a target: between two instants, as a load, and all of it.

    It is kept for a sweep, which asks for the same again and again, and so is the judge.
    """
    part = float(share)
    trace = whole.value
    trace = replace(trace, rates=array("d", [rate * part for rate in trace.rates]))
    cut = trace.between(after, before)
    return cut, Offered(cut.rates, cut.step), Offered(trace.rates, trace.step)


@lru_cache(2)
def _judge(offered: Same[Offered], capacity: float, speed: float) -> Judge:
    return Judge(offered.value, capacity, speed)


def _slowed(aim: Aim, speed: float) -> Aim:
    """Return an aim whose delays are as long as ever while its crowd comes faster."""
    cool = aim.cool_down
    slow = cool.model_copy(update={"hold": cool.hold * speed, "every": cool.every * speed})
    return replace(aim, lead=aim.lead * speed, cool_down=slow)


def _airings(stage: Stage) -> Iterator[Aired]:
    """Yield the airings of the campaigns, as far as they count, in order of time."""
    found = set()
    end = stage.trace.end
    for need in stage.needs:
        for airing in need.airings:
            begins, ends = span(airing)
            whole = begins - need.lead, ends + need.cool_down.length
            part = max(whole[0], stage.begin), min(whole[1], end)
            if part[0] < part[1]:
                said = need.campaign, airing.airtime, airing.start, airing.end
                found.add(Aired(*said, *part, cut=part != whole))
    yield from sorted(found, key=lambda each: (each.start, each))


def _outcome(
    name: str, course: Course, stage: Stage, judge: Judge, airings: Sequence[Aired]
) -> Outcome:
    spans = ((stage.seconds(each.since), stage.seconds(each.until)) for each in airings)
    return Outcome(
        name=name,
        course=course,
        figures=judge.figures(course, 0, stage.offered.end),
        airings=tuple(judge.figures(course, *each) for each in spans),
    )
