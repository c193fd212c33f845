"""Whose value it is: owners' edits, reverts and echoes on air."""

from __future__ import annotations

from onair.model import reasons
from onair.plan.observed import Limits
from tests.unit.plan.imagined import SHOW, Imagined, on_air


def test_an_owner_who_forbids_scaling_down_keeps_the_maximum() -> None:
    """With scaleDown Disabled a restored maximum would cut pods at once, so it stays."""
    target = on_air()
    target.scale_down_disabled = True
    assert target.settle(30).reason == reasons.OWNER_FORBIDS_SCALE_DOWN
    assert target.live() == (4, 139)


def test_an_owner_who_lowers_the_minimum_gets_that_back() -> None:
    """An edit below the floor becomes the baseline; the floor stays; history is kept."""
    target = on_air()
    target.owner_sets(minimum=3)
    target.settle(12)
    assert target.live() == (111, 139)
    assert [entry.baseline for entry in target.ledger] == [Limits(4, 20), Limits(3, 20)]


def test_an_owner_above_the_floor_stays_there() -> None:
    """The effective minimum is the larger of the owner's and the floor, no maximum is below it."""
    target = on_air()
    target.owner_sets(minimum=130)
    target.settle(12)
    assert target.live() == (130, 139)
    target.settle(21)
    assert target.live() == (130, 130)
    assert target.ledger == []


def test_a_revert_is_written_again_only_if_allowed() -> None:
    """The baseline put back on air is a revert: re-asserted, but not for ever at once."""
    target = on_air()
    target.owner_sets(minimum=4, maximum=20)
    target.settle(12)
    assert target.live() == (111, 139)
    target.owner_sets(minimum=4, maximum=20, by="argocd")
    target.may_reassert = False
    assert target.settle(13).reason == reasons.REVERTED
    assert target.live() == (4, 20)


def test_an_echo_of_our_own_value_is_no_edit() -> None:
    """Our value of a moment ago, written by someone else, does not become the baseline."""
    target = on_air()
    target.owner_sets(minimum=111, by="flux")
    target.settle(10.5)
    assert len(target.ledger) == 1


def test_our_value_applied_by_the_owner_later_is_an_edit() -> None:
    """A co-owner of our value after the echo time wants that number."""
    target = on_air()
    target.owner_sets(minimum=111)
    target.settle(15)
    assert target.ledger[-1].baseline == Limits(111, 20)


def test_an_owners_value_that_we_plan_to_write_is_the_owners() -> None:
    """Only what this hold has written can come back as an echo."""
    target = Imagined(SHOW)
    target.settle(4)
    target.settle(5)
    target.owner_sets(minimum=111, maximum=139)
    target.settle(6)
    assert target.live() == (111, 139)
    assert target.ledger[-1].baseline == Limits(111, 139)


def test_a_former_maximum_of_the_owners_is_no_ceiling() -> None:
    """An owner who raises the maximum and lowers it again gets the ceiling of the plan."""
    target = on_air()
    target.owner_sets(maximum=500)
    target.settle(11)
    target.settle(20)
    target.owner_sets(maximum=150)
    target.settle(20.5)
    assert target.maximum == 150


def test_an_owners_edit_is_nobodys_revert() -> None:
    """The floor goes back at once after an edit, and the write is not called a re-assertion."""
    target = on_air()
    target.may_reassert = False
    target.owner_sets(minimum=3)
    target.settle(12)
    assert target.live() == (111, 139)
    target.owner_sets(minimum=3)
    assert target.settle(13).reason == reasons.REVERTED


def test_marks_without_an_entry_are_not_captured() -> None:
    """An HPA that still carries our marks while its entry is gone is nobody's baseline."""
    target = on_air()
    target.ledger.clear()
    assert target.settle(12).reason == reasons.LEDGER_DAMAGED
    assert target.ledger == []
