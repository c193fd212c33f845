"""Who undoes floors again and again, and how often that is answered (invariant S7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from onair.plan.observed import Limits, TargetKey

AT_ONCE = 2
EVERY = 60.0
FORGOTTEN = 600.0
"""Real seconds: two answers at once, then one a minute; ten minutes without one end a contest."""

KEPT = 12
"""As many answers as there can be in ten minutes."""


class Answer(NamedTuple):
    """One answer to what somebody else wrote: when, and whose, if it had undone the floor."""

    at: float
    rivals: tuple[str, ...]


class Contests:
    """The answers given of late, by target; `now` are monotonic seconds.

    What another writer did is answered by writing the floor again, or by a new baseline where it
    was an owner's edit. Both count: who writes a different number each time gets no more of them.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._answers: dict[TargetKey, list[Answer]] = {}
        self._marks: dict[TargetKey, Limits] = {}

    def answered(self, key: TargetKey, rivals: tuple[str, ...]) -> None:
        """Note an answer; `rivals` have undone the floor, none where it stood all the same."""
        self._answers[key] = [*self._of(key), Answer(self._now(), rivals)][-KEPT:]

    def marked(self, key: TargetKey, limits: Limits) -> None:
        """Note limits that were marked; the same once more answers who has taken them off."""
        if self._marks.get(key) == limits:
            self.answered(key, ())
        self._marks[key] = limits

    def allowed(self, key: TargetKey) -> bool:
        """Tell whether an answer may be given now."""
        return self._pause(key) <= 0

    def rivals(self, key: TargetKey) -> tuple[str, ...]:
        """Return who has undone the floor, if that was at least twice in this contest."""
        undone = [answer.rivals for answer in self._of(key) if answer.rivals]
        return tuple(sorted(set().union(*undone))) if len(undone) > 1 else ()

    def look_again(self, key: TargetKey) -> float | None:
        """Return after how many seconds there is more to do or less to say, None if never."""
        answers = self._of(key)
        if not answers:
            return None
        pause = self._pause(key)
        return pause if pause > 0 else answers[-1].at + FORGOTTEN - self._now()

    def forget(self, key: TargetKey) -> None:
        """Forget a target whose hold is over."""
        self._answers.pop(key, None)
        self._marks.pop(key, None)

    def _pause(self, key: TargetKey) -> float:
        answers = self._of(key)
        return answers[-1].at + EVERY - self._now() if len(answers) >= AT_ONCE else 0.0

    def _of(self, key: TargetKey) -> list[Answer]:
        answers = self._answers.get(key, [])
        if answers and self._now() - answers[-1].at >= FORGOTTEN:
            del self._answers[key]
            return []
        return answers
