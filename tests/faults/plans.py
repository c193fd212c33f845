"""Plans: which fault befalls which request, event or restart of a story.

As Sieve (OSDI'22) does it: three for every write of a run without faults (killed before, killed
after, reply lost), and for every change of an object those in which a restarted operator sees the
past (stale) and one in which the change is not seen (unseen).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from math import inf
from typing import TYPE_CHECKING, Final

from tests.faults.proxy.faults import DropReply, KillAfter, KillBefore
from tests.faults.proxy.rules import Match, Rule
from tests.faults.trails import PLURALS, changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.faults.evidence import Evidence
    from tests.faults.proxy.faults import Fault
    from tests.faults.proxy.journal import Entry
    from tests.faults.stories import Story

LEDGER: Final = "controllerrevisions"
ANY_NAME: Final = (LEDGER, "events")
"""Kinds whose names differ from run to run."""

BEATS: Final = ("events", "leases")
PLAIN: Final = "deployment"
"""Kinds that are alike in all stories: the first write of each verb gets plans in a plain one."""

BY_WRITE: Final[dict[str, Fault]] = {
    "killed before": KillBefore(),
    "killed after": KillAfter(),
    "reply lost from": DropReply(),
}
TOGETHER: Final = 0.5
"""Minutes within which changes of one object are one moment of the story."""

BLIND_FOR: Final = 5.0
"""Minutes until a stale view is new again, or a change is seen if nothing else happens."""

BEFORE: Final = 0.3
"""Minutes by which a view from before a change is older than it."""

JUST_AFTER: Final = 0.3
ON_AIR: Final = 0.5
"""Minutes: a restart is right after the change that it does not see, and once more on air."""


@dataclass(frozen=True, slots=True)
class Blindness:
    """An object's change at a minute that is not seen until another minute.

    An operator that is restarted at a minute lists the past; one that is not (None) misses events.
    `name` is empty for all objects of the resource.
    """

    resource: str
    name: str
    minute: float
    until: float
    restart: float | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """One fault of one story; without either it is the run that others are compared with."""

    story: str
    name: str = "no fault"
    rules: tuple[Rule, ...] = ()
    blindness: Blindness | None = None

    def __str__(self) -> str:
        """Return how it is called."""
        return f"{self.story}: {self.name}"


def plans_of(journal: Iterable[Entry], evidence: Evidence) -> list[Plan]:
    """Return every plan that a run without faults leads to."""
    story = evidence.story.name
    beats = story == PLAIN
    by_write = (Plan(story, name, (rule,)) for name, rule in _by_write(journal, beats=beats))
    blind = (Plan(story, _said(b), blindness=b) for b in _blindnesses(evidence))
    return [*by_write, *blind]


def _by_write(journal: Iterable[Entry], *, beats: bool) -> Iterator[tuple[str, Rule]]:
    seen: dict[Match, int] = {}
    for entry in journal:
        asked = entry.asked
        if not asked.is_write or not 200 <= entry.served < 300:
            continue
        name = "" if asked.resource in ANY_NAME else asked.name
        match = Match((asked.verb,), asked.resource, asked.subresource, name=name)
        seen[match] = seen.get(match, 0) + 1
        if asked.resource in BEATS and (seen[match] > 1 or not beats):
            continue
        what = "/".join(filter(None, (asked.resource, name, asked.subresource)))
        for how, fault in BY_WRITE.items():
            said = f"{how} {asked.verb} {seen[match]} of {what}"
            yield said, Rule(match, fault, first=seen[match], times=1)


def _blindnesses(evidence: Evidence) -> Iterator[Blindness]:
    for resource, name in _objects(evidence.story):
        moments = list(_moments(evidence, resource, name))
        for minute, following in zip_longest(moments, moments[1:], fillvalue=inf):
            restarts = {minute + JUST_AFTER, max(ON_AIR, minute + JUST_AFTER)}
            for restart in sorted(restarts):
                yield Blindness(resource, name, minute, restart + BLIND_FOR, restart)
            yield Blindness(resource, name, minute, min(minute + BLIND_FOR, following - BEFORE))


def _objects(story: Story) -> list[tuple[str, str]]:
    """Return campaigns, target set and targets of a story by name, and its whole ledger."""
    campaigns = sorted({name for duty in story.duties for name in duty.campaigns})
    steered = [(PLURALS[duty.kind], duty.name) for duty in story.duties]
    ours = [("campaigns", name) for name in campaigns]
    return [*ours, ("targetsets", "mol"), *steered, (LEDGER, "")]


def _moments(evidence: Evidence, resource: str, name: str) -> Iterator[float]:
    """Yield the minutes at which an object changes, other than in its status, from our start on."""
    last = float("-inf")
    began = min(request.at for request in evidence.ours())
    for request in evidence.requests:
        if request.resource != resource or name not in {"", request.name}:
            continue
        if not changes(request) or request.subresource == "status" or request.at < began:
            continue
        minute = evidence.minute(request.at)
        if minute - last > TOGETHER:
            yield minute
        last = minute


def _said(blindness: Blindness) -> str:
    what = "/".join(filter(None, (blindness.resource, blindness.name)))
    change = f"the change of {what} in minute {blindness.minute:.1f}"
    if blindness.restart is None:
        return f"blind to {change}"
    return f"restarted in minute {blindness.restart:.1f} with a view from before {change}"
