"""Figures of a simulation, as the page and the tests tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onair.cli.texts import percent
from onair.simulation.sweep import best_cron

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onair.simulation.results import Arm, Cron, Simulation

ALONE, CRON, ONAIR, FORESIGHT = "hpa-cpu", "cron", "onair", "foresight"


def arm(found: Simulation, name: str) -> Arm:
    """Return how an arm fared."""
    return next(each for each in found.arms if each.arm == name)


def times_the_pods(found: Simulation) -> float:
    """Return OnAir's pod-hours as so many times those of the HPA alone."""
    return arm(found, ONAIR).pod_hours / arm(found, ALONE).pod_hours


def cron_at(found: Simulation, pod_hours: float) -> Cron:
    """Return the cron job of a sweep that loses least and costs no more."""
    assert found.sweep
    cron = best_cron(found.sweep.cron, pod_hours)
    assert cron
    return cron


def row(found: Simulation) -> list[str]:
    """Return what the HPA alone and OnAir lose, and OnAir's pods as times those of the other."""
    lost = [percent(arm(found, name).above_capacity) for name in (ALONE, ONAIR)]
    return [*lost, f"{times_the_pods(found):.2f}"]


def row_beside_cron(found: Simulation) -> list[str]:
    """Return that row, and what a cron job at OnAir's cost loses."""
    cron = cron_at(found, arm(found, ONAIR).pod_hours)
    return [*row(found), percent(cron.above_capacity)]


def misses(found: Simulation) -> Iterator[str]:
    """Yield a line for each match, with what each way of having replicas loses of it."""
    yield f"\n{found.speed:g} times as fast, above capacity:"
    for airing in found.airings:
        lost = {each.arm: percent(each.above_capacity) for each in airing.arms}
        told = (f"HPA alone {lost[ALONE]:>7}", f"cron {lost[CRON]:>7}", f"OnAir {lost[ONAIR]:>7}")
        yield f"{airing.start:%a %d June %H:%M}Z {airing.campaign:<21} {', '.join(told)}"
