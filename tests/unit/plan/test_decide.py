"""What is decided about one target over a broadcast, its accidents included."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onair.model import reasons
from onair.plan.ledger import Changed, State
from onair.plan.observed import Limits
from onair.plan.situation import Confirm, Put, Record
from tests.unit.plan.imagined import CAMPAIGN, SHOW, T0, Imagined, held, minutes, on_air, plan


def test_nothing_happens_before_the_capture() -> None:
    """A campaign of next month touches nothing, and is looked at again in time."""
    target = Imagined(SHOW)
    decision = target.settle(0)
    assert target.done == []
    assert decision.wake == T0 + minutes(4)


def test_capture_comes_a_minute_before_the_raise() -> None:
    """The baseline is in the ledger, with the values to come, before anything is written."""
    target = Imagined(SHOW)
    target.settle(4)
    assert [type(step) for step in target.done] == [Record]
    assert target.ledger[0].baseline == Limits(4, 20)
    assert target.ledger[0].notes.intends(Limits(32, 40))


def test_the_raise_is_one_write() -> None:
    """At its instant the floor needs no write but the one to the target."""
    target = Imagined(SHOW)
    target.settle(4)
    target.done.clear()
    target.now = T0 + minutes(5)
    target.step()
    assert [type(step) for step in target.done] == [Put]
    assert target.live() == (32, 40)


def test_floor_and_ceiling_follow_the_plan() -> None:
    """The minimum follows the floor; the maximum has room above it and never falls on air."""
    target = on_air()
    assert target.live() == (111, 139)
    target.settle(20)
    assert target.live() == (60, 139)


def test_everything_comes_back_minimum_first() -> None:
    """The maximum waits until no replica is above it; then marks and ledger go."""
    target = on_air()
    target.settle(21)
    assert target.live() == (4, 139)
    target.replicas = 6
    target.settle(22)
    assert target.live() == (4, 20)
    assert not target.marked
    assert target.ledger == []


def test_a_crowd_that_stays_keeps_the_maximum() -> None:
    """As long as replicas are above the baseline's maximum nothing cuts them."""
    target = on_air()
    assert target.settle(21).reason == reasons.CROWD_STAYS


def test_without_metrics_the_maximum_steps_down_to_the_baselines() -> None:
    """An HPA that cannot scale down is taken down by its maximum, step by step, no further."""
    target = on_air()
    target.scaling_active = False
    seen = []
    for minute in (21, 22, 23, 24):
        target.settle(minute)
        target.replicas = min(target.replicas, target.maximum)
        seen.append(target.maximum)
    assert seen == [139, 69, 20, 20]


def test_nothing_is_lowered_without_proof() -> None:
    """Before every kind was listed, even the plan's own step down waits."""
    target = on_air()
    target.proven = False
    target.settle(20)
    assert target.live() == (111, 139)
    target.settle(30)
    assert target.live() == (111, 139)


def test_the_end_of_a_need_takes_an_uncached_list() -> None:
    """A list from before the end does not count."""
    target = on_air()
    target.confirmed = T0
    target.settle(21)
    assert Confirm() in target.done
    assert target.confirmed == target.now


@pytest.mark.parametrize(
    ("stage", "want_baseline"),
    [pytest.param(4, (4, 20), id="captured"), pytest.param(10, (4, 20), id="raised")],
)
def test_a_deleted_campaign_gives_everything_back(
    stage: float, want_baseline: tuple[int, int]
) -> None:
    """After a deletion the floor cools down from there, and the ledger goes."""
    target = Imagined(SHOW)
    target.settle(4)
    target.settle(stage)
    target.timeline, target.plan, target.held = plan(), "none", ()
    for minute in (stage, stage + 1, stage + 2, stage + 3):
        target.settle(minute)
    target.replicas = 4
    target.settle(stage + 4)
    assert target.live() == want_baseline
    assert target.ledger == []


def test_a_deletion_on_air_cools_down_from_the_floor_in_force() -> None:
    """The floor stays for the hold, then falls by the step; a restart does not begin it again."""
    target = on_air()
    target.timeline, target.plan, target.held = plan(), "none", ()
    floors = []
    for minute in (11, 12, 12.5, 13.5):
        target.confirmed = None
        target.settle(minute)
        floors.append(target.minimum)
    assert floors == [111, 111, 56, 4]


def test_a_lower_limit_cools_down_from_the_floor_in_force() -> None:
    """The operator's own limit is part of the plan: lowered on air, it cuts nobody at once."""
    target = on_air()
    target.timeline, target.plan = plan((5, 32), (10, 40), (20, 40), (21, 0)), "limited"
    floors = []
    for minute in (11, 12, 12.5, 13.5):
        target.confirmed = None
        target.settle(minute)
        floors.append(target.minimum)
    assert floors == [111, 111, 56, 40]


def test_an_invalid_campaign_keeps_its_floor_until_its_recorded_end() -> None:
    """What cannot be planned any more holds as long as it said it would, then cools down."""
    target = on_air()
    target.timeline, target.plan, target.held = plan(), "invalid", ()
    target.keeps = T0 + minutes(20)
    floors = []
    for minute in (11, 20, 21, 21.5, 22.5):
        target.settle(minute)
        floors.append(target.minimum)
    assert floors == [111, 111, 111, 56, 4]


def test_more_load_on_air_rises_at_once() -> None:
    """An edit upwards needs no proof and no cool-down."""
    target = on_air()
    target.timeline, target.plan = plan((10, 150), (20, 0)), "more"
    target.settle(11)
    assert target.minimum == 150
    assert target.ledger[-1].notes.changed is None


def test_a_crash_between_raise_and_note_is_seen_as_a_raise() -> None:
    """An entry that says captured beside values of ours is restored, not forgotten."""
    target = Imagined(SHOW)
    target.settle(4)
    target.now = T0 + minutes(5)
    target.step()
    target.timeline, target.plan, target.held = plan(), "none", ()
    target.settle(30)
    target.settle(33)
    assert target.minimum == 4


def test_zero_replicas_before_air_are_refused() -> None:
    """Zero is the owner's off switch."""
    target = Imagined(SHOW, replicas=0)
    assert target.settle(4).reason == reasons.AT_ZERO
    assert target.done == []


def test_zero_replicas_on_air_are_a_stop_until_lifted() -> None:
    """Nothing is written to a stopped target; lifting the stop resumes the floor."""
    target = on_air()
    target.owner_sets(replicas=0)
    target.done.clear()
    assert target.settle(12).reason == reasons.STOPPED_BY_OWNER
    assert target.done == []


def test_without_hpa_replicas_follow_the_floor_and_come_back() -> None:
    """A workload of its own is stepped with the floor down to what it had."""
    target = Imagined(SHOW, with_hpa=False)
    target.settle(4)
    seen = []
    for minute in (5, 10, 20, 21):
        target.settle(minute)
        seen.append(target.replicas)
    assert seen == [32, 111, 60, 4]
    assert target.ledger == []


def test_a_new_airing_on_a_kept_entry_uses_its_usual_and_baseline() -> None:
    """While replicas still carry our floor the entry stays, so usual never grows."""
    target = on_air()
    target.scaling_active = False
    for minute in (21, 22, 23, 24, 25):
        target.settle(minute)
        target.replicas = min(target.replicas, target.maximum)
    assert target.ledger[-1].notes.state is State.RESTORED
    target.timeline = plan((30, 32), (40, 0))
    target.settle(30)
    assert target.live() == (32, 40)
    assert target.ledger[-1].baseline == Limits(4, 20)
    assert target.ledger[-1].usual == 6


def test_a_cooling_floor_is_kept_while_the_plan_asks_for_less() -> None:
    """The effective floor is the larger of plan and cooling floor."""
    target = on_air()
    entry = target.ledger[-1]
    cooling = replace(entry.notes, changed=Changed(111, T0 + minutes(10)))
    target.ledger[-1] = replace(entry, notes=cooling)
    target.timeline = plan((5, 40), (30, 0))
    target.held = ((CAMPAIGN, held(hold=5)),)
    target.settle(10.5)
    assert target.minimum == 111
    target.settle(12)
    assert target.minimum == 56
    target.settle(13)
    assert target.minimum == 40


def test_one_failed_look_at_the_metrics_cuts_nobody() -> None:
    """A crowd that has stayed for half an hour is not cut because metrics fail once."""
    target = on_air()
    target.settle(50)
    target.scaling_active = False
    target.settle(50.1)
    assert target.live() == (4, 139)


def test_a_write_that_was_not_noted_yet_cools_down_too() -> None:
    """After a crash between write and note, a deletion begins at the floor that is there."""
    target = Imagined(SHOW)
    target.settle(4)
    target.settle(5)
    target.now = T0 + minutes(10)
    target.step()
    target.timeline, target.plan, target.held = plan(), "none", ()
    target.settle(10.1)
    assert target.minimum == 111


def test_a_stopped_target_is_given_back_although_another_airing_follows() -> None:
    """The end of a show returns the limits of an HPA whose workload somebody has stopped."""
    target = on_air()
    target.timeline = plan((5, 32), (10, 111), (21, 0), (120, 111), (140, 0))
    target.owner_sets(replicas=0)
    target.settle(22)
    assert target.live() == (4, 20)
