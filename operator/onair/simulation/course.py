"""What comes of a simulated arm over time: step functions over seconds since its trace begins."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Steps:
    """A step function: `values[n]` from `times[n]` (seconds, increasing) on; the first is 0 s."""

    times: array[float] = field(default_factory=lambda: array("d"))
    values: array[int] = field(default_factory=lambda: array("q"))

    @classmethod
    def of(cls, value: int) -> Steps:
        """Return one that never changes."""
        return cls(array("d", [0]), array("q", [value]))

    def put(self, at: float, value: int) -> None:
        """Let it be `value` from `at` on, which is not before its last step."""
        times, values = self.times, self.values
        if times and times[-1] == at:
            times.pop()
            values.pop()
        if not values or values[-1] != value:
            times.append(at)
            values.append(value)

    def at(self, instant: float) -> int:
        """Return its value at an instant."""
        return self.values[max(0, bisect_right(self.times, instant) - 1)]

    def between(self, after: float, before: float) -> Iterator[tuple[float, float, int]]:
        """Yield its pieces between two instants, the last first: begin, end, value.

        Before 0 s it is what it is then.
        """
        number = bisect_left(self.times, before) - 1
        while number > 0 and self.times[number] > after:
            yield self.times[number], before, self.values[number]
            before = self.times[number]
            number -= 1
        yield after, before, self.values[max(0, number)]


class Cut(NamedTuple):
    """From `at` (seconds) on a limit, by its name, cuts what is `required` down to a floor."""

    at: float
    required: int
    floor: int
    limit: str


@dataclass(frozen=True, slots=True)
class Course:
    """Replicas over time.

    Attributes:
        pods: those that are on a node, starting or Ready: what is paid for.
        ready: those that are Ready: what serves.
        floor: the HPA's minReplicas in force.
        cuts: where a limit kept a planned floor below what was required, in order of time.
    """

    pods: Steps = field(default_factory=Steps)
    ready: Steps = field(default_factory=Steps)
    floor: Steps = field(default_factory=Steps)
    cuts: Sequence[Cut] = ()
