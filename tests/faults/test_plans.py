"""The plans of a run without faults: three for each write, two for each change of an object."""

from __future__ import annotations

from dataclasses import replace

from tests.faults.imagined import START, closed, evidence, opened
from tests.faults.plans import BEFORE, JUST_AFTER, ON_AIR, PLAIN, Blindness, plans_of
from tests.faults.proxy.asked import Asked
from tests.faults.proxy.faults import DropReply, KillAfter, KillBefore
from tests.faults.proxy.journal import Entry
from tests.faults.proxy.rules import Match, Rule

HPA = Asked("patch", "horizontalpodautoscalers", namespace="tv", name="app")
ENTRY = Asked("create", "controllerrevisions", namespace="tv", name="onair-0123-0")
LEASE = Asked("update", "leases", namespace="tv", name="onair")


def rules(*asked: Asked, served: int = 200, story: str = PLAIN) -> list[tuple[str, Rule]]:
    """Return name and rule of each plan by the writes of a journal."""
    journal = [Entry(number, START, what, 1, served=served) for number, what in enumerate(asked)]
    played = evidence(closed(opened()))
    found = plans_of(journal, replace(played, story=replace(played.story, name=story)))
    return [(plan.name, rule) for plan in found for rule in plan.rules]


def blindnesses() -> list[Blindness]:
    """Return what is kept from the operator in the plans of the imagined evening."""
    found = plans_of([], evidence(closed(opened())))
    return [plan.blindness for plan in found if plan.blindness]


def test_three_for_each_write() -> None:
    """The second write of an object is hit when it comes for the second time."""
    match = Match(("patch",), HPA.resource, "", name="app")
    assert rules(HPA, HPA)[3:] == [
        ("killed before patch 2 of horizontalpodautoscalers/app", _once(match, KillBefore())),
        ("killed after patch 2 of horizontalpodautoscalers/app", _once(match, KillAfter())),
        ("reply lost from patch 2 of horizontalpodautoscalers/app", _once(match, DropReply())),
    ]


def test_ledger_entries_have_other_names_in_each_run() -> None:
    """A write to the ledger is counted among all of its kind."""
    ((name, rule), *_) = rules(ENTRY)
    assert (name, rule.match.name) == ("killed before create 1 of controllerrevisions", "")


def test_what_comes_by_the_clock() -> None:
    """Of the Lease's renewals only the first gets plans, and in one story."""
    assert len(rules(LEASE, LEASE, LEASE)) == 3
    assert rules(LEASE, story="overlapping") == []


def test_what_was_no_write() -> None:
    """Reads, dry runs and refused writes get no plans."""
    read = Asked("get", "horizontalpodautoscalers", namespace="tv", name="app")
    dry = Asked("create", "controllerrevisions", namespace="tv", name="probe", dry_run=True)
    assert rules(read, dry) == []
    assert rules(HPA, served=409) == []


def test_restarts_after_each_change() -> None:
    """A restarted operator sees the past right after each change, and on air what was before."""
    restarts = [
        (b.minute, b.restart) for b in blindnesses() if b.name == "app" and b.restart is not None
    ]
    later = [(minute, minute + JUST_AFTER) for minute in (5, 6.1, 7)]
    assert restarts == [(-3, -3 + JUST_AFTER), (-3, ON_AIR), *later]


def test_unseen_until_the_next_change() -> None:
    """A running operator sees the object again from its next change on, or after five minutes."""
    unseen = [b for b in blindnesses() if b.name == "app" and b.restart is None]
    want = [(-3, 2), (5, 6.1 - BEFORE), (6.1, 7 - BEFORE), (7, 12)]
    assert [(b.minute, b.until) for b in unseen] == want


def _once(match: Match, fault: KillBefore | KillAfter | DropReply) -> Rule:
    return Rule(match, fault, first=2, times=1)
