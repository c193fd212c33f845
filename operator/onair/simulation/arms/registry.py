"""All arms, in the order in which they are shown."""

from collections.abc import Callable
from typing import Final

from onair.simulation.arms.alone import on_cpu, on_rate
from onair.simulation.arms.cron import cron
from onair.simulation.arms.earlier import last_week, yesterday
from onair.simulation.arms.foresight import foresight
from onair.simulation.arms.planned import planned
from onair.simulation.arms.stage import Stage
from onair.simulation.course import Course

CRON: Final = "cron"
ONAIR: Final = "onair"

ARMS: Final[dict[str, Callable[[Stage], Course]]] = {
    "hpa-cpu": on_cpu,
    "hpa-rate": on_rate,
    "yesterday": yesterday,
    "last-week": last_week,
    CRON: cron,
    ONAIR: planned,
    "foresight": foresight,
}
