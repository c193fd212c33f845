"""The evening that every arm lives through: design's Episode, shortened where nothing happens.

What decides is at its real speed: the crowd comes within 60 s after the end, and the HPA has
Kubernetes' own settings. Shortened are the bump before the start (15 min to 12 s), the broadcast
(65 min to 20 s), the hold (5 min to 60 s) and the tail (54 min with a half-life of 10 min to 32 s
with one of 16 s). The crowd is 1/18 of the example's 5,000 requests/s beside 1/8 of its usual load.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

START, END = "start", "end"
HALF_LIFE = 16
TAIL = (8, 16, 24, 32)
POINTS = (
    (START, -12, 0.25),
    (START, 0, 0.25),
    (START, 0, 0.15),
    (END, 0, 0.15),
    (END, 60, 1.0),
    (END, 120, 1.0),
    *((END, 120 + after, round(math.pow(0.5, after / HALF_LIFE), 3)) for after in TAIL),
)
"""The shape as a campaign's points: anchor, seconds after it, level; lines between, 0 outside."""

QUIET, LEAD = 5, 20
"""Seconds of usual load before the warm-up, and of warm-up before the first point."""

BROADCAST = 20
HOLD, STEP, EVERY = 4, 50, 8
"""OnAir's cool-down: seconds, percent, seconds."""

AFTERWARDS = 5
"""Seconds of usual load that are still watched when the cool-down is over."""

USUAL_RATE, PEAK = 40, 280
"""Requests/s: what is always there, and what the crowd adds at its peak."""

USUAL_REPLICAS = 4
START_UP = 8
"""Seconds from the start of a pod's process until it is Ready."""

LAST_TIME = 2 / 3
"""What the last episode drew, of tonight's crowd: tonight is the final."""


@dataclass(frozen=True, slots=True)
class Episode:
    """One evening; every number of seconds here is a real one.

    `speed` shortens everything above alike. `turnout` is how big the crowd turns out to be, of
    what was announced. `hpa_ahead` is how many seconds the HPA has been looking at the usual load
    before all begins: it looks every 15 s, and where in between the crowd comes is chance.
    """

    speed: int = 1
    turnout: float = 1.0
    hpa_ahead: float = 0.0

    @property
    def start(self) -> float:
        """Seconds from the beginning of the measurement to the start of the broadcast."""
        return (QUIET + LEAD - POINTS[0][1]) / self.speed

    @property
    def end(self) -> float:
        """Seconds to its end."""
        return self.start + BROADCAST / self.speed

    @property
    def crowd_gone(self) -> float:
        """Seconds to the instant at which only the usual load is left."""
        return self.end + POINTS[-1][1] / self.speed

    @property
    def length(self) -> float:
        """Seconds that are measured, in every arm alike: until OnAir's cool-down is over, too."""
        cool_down = HOLD + EVERY * math.ceil(100 / STEP) + AFTERWARDS
        return self.crowd_gone + cool_down / self.speed

    @property
    def lead(self) -> timedelta:
        """The campaign's warm-up."""
        return timedelta(seconds=LEAD / self.speed)

    @property
    def start_up(self) -> timedelta:
        """The application's own start."""
        return timedelta(seconds=START_UP / self.speed)

    def level(self, second: float) -> float:
        """Return how much of the crowd's peak is there."""
        points = [(self._second(anchor, after), level) for anchor, after, level in POINTS]
        for (begin, low), (finish, high) in pairwise(points):
            if begin <= second < finish:
                return low + (high - low) * (second - begin) / (finish - begin)
        return 0.0

    def rate(self, second: float) -> float:
        """Return the requests/s that come."""
        return USUAL_RATE + PEAK * self.turnout * self.level(second)

    def _second(self, anchor: str, after: int) -> float:
        return (self.start if anchor == START else self.end) + after / self.speed
