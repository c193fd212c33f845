"""The crowd of a push notification: a send that takes a while, and people who open it later."""

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from operator import itemgetter

from onair.model.quantities import parse_duration
from onair.plan.outlines import PEAK, Mark
from onair.plan.seconds import Number, seconds


@dataclass(frozen=True, slots=True)
class Opens:
    """Who opens a message so long after it came, while messages go out evenly over an airing.

    Attributes:
        said: how a person says it.
        until: when after the end of the send it is over.
        why: what it rests on.
        opened: seconds after a message came, and how many hundred-thousandths of those who open
            it at all have done so; straight lines between, and the last later than any send.
    """

    said: str
    until: str
    why: str
    opened: tuple[tuple[int, int], ...]

    def marks(self, duration: Number) -> tuple[Mark, ...]:
        """Return the points of a send of so many seconds.

        Who opens at an instant got the message within the last `duration` seconds: so the level is
        proportional to opened(t) - opened(t - duration), which is straight between the instants at
        which either is. Each level is rounded up to a hundred-thousandth of the largest.
        """
        over = duration + seconds(parse_duration(self.until))
        known = [time for time, _ in self.opened]
        instants = {*known, *(time + duration for time in known), over}
        times = sorted(time for time in instants if time <= over)
        opening = [self._opened(time) - self._opened(time - duration) for time in times]
        most = max(opening)
        levels = (int(-(-PEAK * each // most)) for each in opening)
        return tuple(Mark("start", *each) for each in zip(times, levels, strict=True))

    def _opened(self, since: Number) -> Number:
        """Return how many have opened a message so many seconds after it came."""
        if since <= 0:
            return 0
        begun = bisect_right(self.opened, since, key=itemgetter(0))
        (start, low), (end, high) = self.opened[begun - 1 : begun + 1]
        return low + Fraction(high - low) * (since - start) / (end - start)
