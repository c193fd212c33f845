"""What may befall the operator in a minute: each kind plays itself, and says how long it excuses.

A play is a generator: it does something, yields the seconds until it wants to go on, and has lifted
what it did when it ends.
"""

from __future__ import annotations

import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tests.faults.proxy.faults import (
    Answer,
    Cut,
    Delay,
    DropEvents,
    DropReply,
    DuplicateEvents,
    ErrorEvent,
    Hold,
    KillAfter,
    KillBefore,
    OldSnapshot,
    ReorderEvents,
    ShiftDate,
)
from tests.faults.proxy.rules import Match, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.faults.proxy.faults import Fault as Befalls
    from tests.soak.scene import Scene

    _Play = Callable[["Fault", Scene], Iterator[float]]

RESOURCES: Final = (
    "campaigns",
    "controllerrevisions",
    "deployments",
    "horizontalpodautoscalers",
    "targetsets",
)
"""What one fault can be about alone."""

ALL: Final = Match()
WATCHES: Final = Match(verbs=("watch",))
WRITES: Final = Match(verbs=("create", "patch", "delete"))
STEERING: Final = (
    Match(("create",), "controllerrevisions"),
    Match(("patch",), "controllerrevisions"),
    Match(("delete",), "controllerrevisions"),
    Match(("patch",), "horizontalpodautoscalers"),
    Match(("patch",), "deployments"),
    Match(("patch",), "campaigns"),
)
"""The writes that an operator can be killed at."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault, `at` seconds after the start; each kind uses what concerns it.

    `whom` is whose connections suffer; `target` the number of a target set, `has_hpa` which of its
    two workloads; `later` by how many seconds a date is shifted.
    """

    at: float
    kind: str
    whom: str
    lasts: float
    target: int
    has_hpa: bool
    resource: str
    later: float


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of fault.

    Nobody has to be on time until `away` seconds after it is lifted, or to know of a change of a
    manifest until `blind` seconds after; None if the fault is no excuse.
    """

    play: _Play
    away: float | None
    blind: float | None


def _killed(fault: Fault, scene: Scene) -> Iterator[float]:
    scene.say(fault, f"{scene.leader().kill()}, which led")
    yield from ()


def _standby_killed(fault: Fault, scene: Scene) -> Iterator[float]:
    scene.say(fault, f"{scene.standby().kill()}, which stood by")
    yield from ()


def _told_to_end(fault: Fault, scene: Scene) -> Iterator[float]:
    scene.say(fault, f"{scene.leader().end()}, which led")
    yield from ()


def _frozen(fault: Fault, scene: Scene) -> Iterator[float]:
    leader = scene.leader()
    scene.say(fault, f"{leader.identity}, which led, for {fault.lasts:.0f} s")
    leader.send(signal.SIGSTOP)
    yield fault.lasts
    leader.send(signal.SIGCONT)


def _killed_at_a_write(fault: Fault, scene: Scene) -> Iterator[float]:
    write = STEERING[int(fault.lasts * 1000) % len(STEERING)]
    befalls = KillBefore() if fault.later < 0 else KillAfter()
    when = "before" if fault.later < 0 else "after"
    scene.say(fault, f"who led, {when} the next {write.verbs[0]} of {write.resource}")
    yield from _ruled(scene, "leader", Rule(write, befalls, times=1), fault.lasts)


def _stale(fault: Fault, scene: Scene) -> Iterator[float]:
    """Restart the standby with a view of the past, and kill who leads: a stale one goes on."""
    version = scene.version()
    yield fault.lasts
    post = scene.standby()
    rule = Rule(Match(resource=fault.resource), OldSnapshot(version))
    scene.say(
        fault, f"{post.identity} led with {fault.resource} of {fault.lasts:.0f} s before its start"
    )
    post.rule(rule)
    post.kill()
    yield fault.lasts
    scene.leader().kill()
    yield fault.lasts
    post.lift(rule)


def _owner_edits(fault: Fault, scene: Scene) -> Iterator[float]:
    scene.say(fault, scene.owners.edit(fault.target, has_hpa=fault.has_hpa))
    yield from ()


def _rival_applies(fault: Fault, scene: Scene) -> Iterator[float]:
    scene.say(fault, scene.owners.apply(fault.target, has_hpa=fault.has_hpa))
    yield from ()


def _watching(befalls: Befalls, *, seconds: float = 0.0, one: bool = False) -> _Play:
    """Let something befall watches: all of them, or those of one resource."""

    def play(fault: Fault, scene: Scene) -> Iterator[float]:
        match = Match(("watch",), fault.resource) if one else WATCHES
        lasts = seconds or fault.lasts
        scene.say(
            fault, f"{fault.resource if one else 'all watches'} of {fault.whom}, {lasts:.0f} s"
        )
        yield from _ruled(scene, fault.whom, Rule(match, befalls), lasts)

    return play


def _asking(*befalls: Befalls, match: Match = ALL, every: int = 1) -> _Play:
    """Let one of several things befall some of the requests, watches or not."""

    def play(fault: Fault, scene: Scene) -> Iterator[float]:
        one = befalls[int(fault.lasts * 1000) % len(befalls)]
        scene.say(fault, f"{one} to 1 in {every} of {fault.whom}, {fault.lasts:.0f} s")
        yield from _ruled(scene, fault.whom, Rule(match, one, every=every), fault.lasts)

    return play


def _date_shifted(fault: Fault, scene: Scene) -> Iterator[float]:
    scene.say(fault, f"by {fault.later:+.0f} s for both, {fault.lasts:.0f} s")
    yield from _ruled(scene, "both", Rule(ALL, ShiftDate(fault.later)), fault.lasts)


def _ruled(scene: Scene, whom: str, rule: Rule, seconds: float) -> Iterator[float]:
    posts = scene.posts(whom)
    for post in posts:
        post.rule(rule)
    yield seconds
    for post in posts:
        post.lift(rule)


HAND_OVER = 10.0
"""Seconds after a SIGKILL within which another one goes on."""

CALM = 30.0
"""Seconds after errors within which all is caught up (reliability.md, row 8)."""

SOON = 5.0
"""Seconds within which a broken watch is whole again (row 7)."""

RESYNC = 65.0
"""Seconds until lost events are made up for (row 5), and five to act on it."""

SILENT = 40.0
"""Seconds without a word: shorter than what a watch is given up after (row 6)."""

SLOW = 0.4

KINDS: dict[str, Kind] = {
    "killed": Kind(_killed, HAND_OVER, HAND_OVER),
    "standby killed": Kind(_standby_killed, None, None),
    "told to end": Kind(_told_to_end, SOON, SOON),
    "frozen": Kind(_frozen, SOON, SOON),
    "killed at a write": Kind(_killed_at_a_write, HAND_OVER, HAND_OVER),
    "stale": Kind(_stale, HAND_OVER, HAND_OVER),
    "watches cut": Kind(_watching(Cut(), seconds=1), None, SOON),
    "watches expired": Kind(_watching(ErrorEvent(410), seconds=1), None, SOON),
    "watches failed": Kind(_watching(ErrorEvent(500), seconds=1), None, SOON),
    "watches silent": Kind(_watching(Hold(SILENT), seconds=SILENT), None, SOON),
    "events dropped": Kind(_watching(DropEvents(), one=True), None, RESYNC),
    "events twice": Kind(_watching(DuplicateEvents(), one=True), None, SOON),
    "events late": Kind(_watching(ReorderEvents(), one=True), None, SOON),
    "busy": Kind(_asking(Answer(429, retry_after="1"), every=2), CALM, CALM),
    "failing": Kind(
        _asking(Answer(500), Answer(503), Answer(504, carried_out=True), every=2), CALM, CALM
    ),
    "replies lost": Kind(_asking(DropReply(), match=WRITES, every=3), CALM, CALM),
    "slow": Kind(_asking(Delay(there=SLOW, back=SLOW)), SOON, SOON),
    "date shifted": Kind(_date_shifted, None, SOON),
    "owner edits": Kind(_owner_edits, None, None),
    "rival applies": Kind(_rival_applies, None, None),
}
