"""The course of a soak: the same for the same seed, and busy in every minute."""

from __future__ import annotations

import pytest

from tests.soak.course import CAMPAIGNS, Course
from tests.soak.faults import KINDS

MINUTES = 30


@pytest.fixture(scope="module")
def course() -> Course:
    """A course of half an hour."""
    return Course.of(7, MINUTES)


def test_the_same_seed(course: Course) -> None:
    """A run can be repeated; another seed is another run."""
    assert Course.of(7, MINUTES) == course
    assert Course.of(8, MINUTES).acts != course.acts
    assert Course.of(8, MINUTES).faults != course.faults


def test_acts_that_make_sense(course: Course) -> None:
    """Only what is there is edited, suspended or deleted; only what is not there is created."""
    there: set[int] = set()
    for act in course.acts:
        assert (act.campaign in there) is (act.verb != "create"), act
        assert (act.airing is not None) is (act.verb in {"create", "edit"}), act
        if act.verb == "create":
            there.add(act.campaign)
        elif act.verb == "delete":
            there.remove(act.campaign)


def test_all_there_and_over(course: Course) -> None:
    """All campaigns are there at the start; at the end none is that would still be on air."""
    first = [act for act in course.acts if act.at == 0]
    assert [act.campaign for act in first] == list(range(CAMPAIGNS))
    last = {act.campaign: act for act in course.acts}
    over = {act.campaign: act.airing.end for act in course.acts if act.airing}
    left = [number for number, act in last.items() if act.verb != "delete"]
    assert max(over[number] for number in left) < course.seconds
    assert max(act.at for act in course.acts) <= course.seconds


def test_busy_minutes(course: Course) -> None:
    """In every minute some airings begin, some go on and some end."""
    minutes = {minute: course.airings(60 * minute, 60 * minute + 60) for minute in range(MINUTES)}
    assert {minute for minute, found in minutes.items() if min(found[:2]) < 20} == set()
    assert {minute for minute, found in minutes.items() if found[2] < 20} <= {0}


def test_one_fault_a_minute(course: Course) -> None:
    """Each minute has a fault of its own; every kind comes once before any comes again."""
    assert [int(fault.at // 60) for fault in course.faults] == list(range(MINUTES))
    kinds = [fault.kind for fault in course.faults]
    assert set(kinds[: len(KINDS)]) == set(KINDS)


def test_targets_on_air(course: Course) -> None:
    """Whoever meddles with a target meets one that is on air, and never the same one again."""
    targets = [fault.target for fault in course.faults]
    assert len(set(targets)) == len(targets)
