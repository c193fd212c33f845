"""The replicas of a target: waiting for a node, starting, Ready."""

from collections import deque
from math import inf

from onair.simulation.course import Steps
from onair.simulation.settings import Settings


class Pods:
    """Counts that change in time; whoever asks says the instant first, and never goes back.

    The newest go first, as of a ReplicaSet: those without a node, those that are not Ready, those
    that are Ready for the shortest time (kubernetes/pkg/controller, ActivePodsWithRanks).
    """

    def __init__(self, settings: Settings, replicas: int) -> None:
        """Begin at 0 s with replicas that have been Ready for long."""
        self._settings = settings
        self._waiting: deque[tuple[float, int]] = deque()  # when their nodes come
        self._starting: deque[tuple[float, int]] = deque()  # when they are Ready
        self._unmeasured: deque[tuple[float, int]] = deque()  # when the HPA begins to count them
        self._ready = replicas
        self._placed = replicas
        self._before: deque[tuple[float, int]] = deque()  # until when how many were on nodes
        self._settled = -inf
        self.placed, self.ready = Steps(), Steps()
        self._note(0)

    @property
    def settled(self) -> float:
        """Since when the same number has been Ready; infinity if that is about to change."""
        return inf if self._waiting or self._starting else self._settled

    def next(self) -> float:
        """Return when the next of them get a node or Ready."""
        node = self._waiting[0][0] if self._waiting else inf
        ready = self._starting[0][0] if self._starting else inf
        return min(node, ready)

    def advance(self, now: float) -> None:
        """Let happen what happens at `now`, which is not after `next()`."""
        while self._starting and self._starting[0][0] <= now:
            _, count = self._starting.popleft()
            self._become_ready(now, count)
        while self._waiting and self._waiting[0][0] <= now:
            self._start(now, self._waiting.popleft()[1])
        self._note(now)

    def scale(self, now: float, change: int) -> None:
        """Add replicas, or take some away if `change` is below 0."""
        if change > 0:
            self._add(now, change)
        else:
            self._remove(now, -change)
        self._note(now)

    def measured(self, now: float) -> int:
        """Return those whose CPU the HPA counts.

        They are Ready for a whole window of the metric, or beyond their initialization
        (kubernetes/pkg/controller/podautoscaler/replica_calculator.go, groupPods).
        """
        while self._unmeasured and self._unmeasured[0][0] <= now:
            self._unmeasured.popleft()
        return self._ready - sum(count for _, count in self._unmeasured)

    def _add(self, now: float, count: int) -> None:
        placed = min(count, self._room(now) - self._placed)
        if self._settings.node_wait == 0:
            placed = count
        if placed:
            self._start(now, placed)
        if count > placed:
            self._waiting.append((now + self._settings.node_wait, count - placed))

    def _remove(self, now: float, count: int) -> None:
        count -= _take(self._waiting, count)
        self._place(now, self._placed - count)
        count -= _take(self._starting, count)
        if count:
            self._ready -= count
            self._settled = now
            _take(self._unmeasured, count)

    def _start(self, now: float, count: int) -> None:
        self._place(now, self._placed + count)
        if self._settings.start_up:
            self._starting.append((now + self._settings.start_up, count))
        else:
            self._become_ready(now, count)

    def _become_ready(self, now: float, count: int) -> None:
        hpa, start_up = self._settings.hpa, self._settings.start_up
        self._ready += count
        self._settled = now
        measured = min(hpa.metric.shows(now), max(now, now - start_up + hpa.initialization))
        self._unmeasured.append((measured, count))

    def _place(self, now: float, placed: int) -> None:
        """Note how many are on nodes, and until when how many were: their nodes are kept."""
        while self._before and self._before[-1][1] <= self._placed:
            self._before.pop()
        self._before.append((now, self._placed))
        self._placed = placed

    def _room(self, now: float) -> int:
        """Return how many replicas there are nodes for."""
        while self._before and self._before[0][0] <= now - self._settings.nodes_kept:
            self._before.popleft()
        return max(self._placed, self._before[0][1] if self._before else 0)

    def _note(self, now: float) -> None:
        self.placed.put(now, self._placed)
        self.ready.put(now, self._ready)


def _take(batches: deque[tuple[float, int]], count: int) -> int:
    """Take up to `count` away from the newest batches; returns how many there were."""
    left = count
    while left and batches:
        at, size = batches.pop()
        if size > left:
            batches.append((at, size - left))
        left -= min(size, left)
    return count - left
