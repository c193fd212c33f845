"""From what was simulated to what is said of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Literal

from onair.simulation import results
from onair.simulation.arms.registry import CRON, ONAIR
from onair.simulation.figures import Figures
from onair.simulation.simulating import Outcome, Scene, Simulated


def report(
    scene: Scene,
    simulated: Simulated,
    hpa_known_from: Literal["manifest", "default"],
    sweep: results.Sweep | None,
) -> results.Simulation:
    """Return what to say of a simulated scene, and of a sweep where there is one."""
    key, alone = scene.aims[0].key, _alone(scene, simulated)
    return results.Simulation(
        from_=scene.after,
        until=scene.before,
        trace_from=scene.trace.begin,
        speed=scene.speed,
        namespace=key.namespace,
        kind=key.kind,
        name=key.name,
        assumed=_assumed(scene, hpa_known_from),
        arms=tuple(
            results.Arm(
                arm=arm.name,
                replicas=simulated.cron if arm.name == CRON else None,
                **_figures(arm.figures, alone.figures, scene.after),
            )
            for arm in simulated.arms
        ),
        limited_by=tuple(_limited(scene, simulated)),
        airings=tuple(
            _airing(scene, simulated, number) for number, _ in enumerate(simulated.airings)
        ),
        sweep=sweep,
    )


def _assumed(scene: Scene, hpa_known_from: Literal["manifest", "default"]) -> results.Assumed:
    settings = scene.settings
    hpa = settings.hpa
    return results.Assumed(
        capacity=settings.capacity,
        per_replica=settings.per_replica,
        share=float(100 * scene.aims[0].target.share),
        start_up=settings.start_up,
        node_wait=settings.node_wait,
        hpa=results.Hpa(
            known_from=hpa_known_from,
            minimum=hpa.minimum,
            maximum=hpa.maximum,
            target=hpa.target,
            metric=hpa.metric.kind,
        ),
    )


def _limited(scene: Scene, simulated: Simulated) -> Iterator[results.Limited]:
    """Yield each limit that kept OnAir's floor below what was asked for, where most was."""
    cuts = next(arm.course.cuts for arm in simulated.arms if arm.name == ONAIR)
    for name in sorted({cut.limit for cut in cuts}):
        most = max((cut for cut in cuts if cut.limit == name), key=lambda cut: cut.required)
        at = scene.after + timedelta(seconds=most.at)
        yield results.Limited(limit=name, at=at, required=most.required, floor=most.floor)


def _airing(scene: Scene, simulated: Simulated, number: int) -> results.Airing:
    airing = simulated.airings[number]
    alone = _alone(scene, simulated).airings[number]
    return results.Airing(
        campaign=airing.campaign,
        airtime=airing.airtime,
        start=airing.start,
        end=airing.end,
        from_=airing.since,
        until=airing.until,
        cut=airing.cut,
        arms=tuple(
            results.OfArm(arm=arm.name, **_figures(arm.airings[number], alone, scene.after))
            for arm in simulated.arms
        ),
    )


def _alone(scene: Scene, simulated: Simulated) -> Outcome:
    """Return the arm of the HPA alone, on the metric on which it runs beneath floors."""
    name = f"hpa-{scene.settings.hpa.metric.kind}"
    return next(arm for arm in simulated.arms if arm.name == name)


def _figures(figures: Figures, alone: Figures, begin: datetime) -> dict[str, Any]:
    worst = figures.worst
    return {
        "requests": figures.requests,
        "requests_above_capacity": figures.lost,
        "above_capacity": 100 * figures.share,
        "worst_minute": worst
        and results.Worst(at=begin + timedelta(seconds=worst.at), above_capacity=100 * worst.share),
        "theta_u": figures.theta_u,
        "theta_o": figures.theta_o,
        "tau_u": figures.tau_u,
        "tau_o": figures.tau_o,
        "instability": figures.instability,
        "jitter": figures.jitter,
        "elastic_speed_up": figures.speed_up(alone),
        "mean_pods": figures.mean_pods,
        "peak_pods": figures.peak_pods,
        "pod_hours": figures.pod_hours,
    }
