"""The HPA alone, on CPU or on the rate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onair.simulation.arms.floors import on
from onair.simulation.course import Steps
from onair.simulation.settings import CPU, RATE

if TYPE_CHECKING:
    from onair.simulation.arms.stage import Stage
    from onair.simulation.course import Course
    from onair.simulation.settings import Metric


def on_cpu(stage: Stage) -> Course:
    """Let it look at CPU."""
    return _alone(stage, CPU)


def on_rate(stage: Stage) -> Course:
    """Let it look at the rate."""
    return _alone(stage, RATE)


def _alone(stage: Stage, metric: Metric) -> Course:
    hpa = stage.settings.hpa
    if hpa.metric.kind != metric.kind:
        hpa = replace(hpa, metric=metric.slowed(stage.speed))
    return on(Steps(), replace(stage, settings=replace(stage.settings, hpa=hpa)))
