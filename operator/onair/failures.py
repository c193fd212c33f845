"""Steps that do not work: which keep a target from where it should be, how often and since when."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from onair.cluster.errors import ApiError, ChangedError, ForbiddenError, MutatedError
from onair.plan.situation import Put, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from onair.plan.observed import TargetKey

REFUSALS_UNTIL_BLOCKED = 3

UNTIL_SAID = 5.0
"""Real seconds for which a server in trouble is nobody's business; then it is said (L2)."""


class Block(NamedTuple):
    """What keeps a target from where it should be: the step that failed, and how."""

    step: Step
    error: ApiError


class Failures:
    """The steps that failed last, by target; `now` are monotonic seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._refusals: Counter[TargetKey] = Counter()
        self._since: dict[TargetKey, float] = {}
        self._blocked: dict[TargetKey, Block] = {}

    def failed(self, key: TargetKey, step: Step, error: ApiError) -> bool:
        """Note a step that failed; tell whether that is to be said of the target.

        What was written and has become something else is so at once, like a refusal; a conflict is
        so where it comes again and again, and a server in trouble where it is that for long.
        """
        now = self._now()
        lasts = now - self._since.setdefault(key, now) >= UNTIL_SAID
        if isinstance(error, ChangedError):
            self._refusals[key] += 1
        often = self._refusals[key] >= REFUSALS_UNTIL_BLOCKED
        if lasts or often or isinstance(error, ForbiddenError | MutatedError):
            self._blocked[key] = Block(step, error)
            return True
        return False

    def succeeded(self, key: TargetKey, step: Step) -> bool:
        """Note a step that worked; tell whether nothing is known to fail any more.

        A note in the ledger is no sign that a target can be written to.
        """
        self._refusals.pop(key, None)
        self._since.pop(key, None)
        if key in self._blocked and not isinstance(step, type(self._blocked[key].step)):
            return False
        self._blocked.pop(key, None)
        return True

    def forget(self, key: TargetKey) -> None:
        """Forget all that failed for a target."""
        for kept in (self._refusals, self._since, self._blocked):
            kept.pop(key, None)

    def why(self, key: TargetKey) -> str:
        """Return what keeps a target from where it should be, "" if nothing is known to."""
        return str(self._blocked[key].error) if key in self._blocked else ""

    def was_changed(self, key: TargetKey, step: Step) -> bool:
        """Tell whether the last write was changed on its way, as this one then would be."""
        match self._blocked.get(key):
            case Block(Put(after=after), MutatedError()):
                return isinstance(step, Put) and step.after == after
        return False
