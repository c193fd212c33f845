"""What is told of a target's hold: the same judgement as the operator's, in plain values."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from onair.plan.ledger import Changed, State, Write
from onair.plan.observed import Limits, Number, ObjectId, TargetKey
from onair.preview.holding import damage_of, hold_of
from tests.unit.plan.imagined import CAMPAIGN, SHOW, T0, Imagined, held, minutes, noted, on_air

if TYPE_CHECKING:
    from onair.preview.holds import Hold

KEY = TargetKey("tv", "Deployment", "api")
NOTED = T0 - minutes(1)


def told(target: Imagined, unread: str = "") -> Hold:
    """Return what is told of a target that has an entry."""
    hold = hold_of(KEY, target.situation(), NOTED, unread)
    assert hold is not None
    return hold


def whose(target: Imagined) -> dict[str, str]:
    """Return whose each number is."""
    return {number.field: number.whose for number in told(target).numbers}


def test_on_air() -> None:
    """The floor, its ceiling, its campaign and the owner's numbers are those of the ledger."""
    hold = told(on_air())
    assert (hold.namespace, hold.kind, hold.name) == KEY
    assert hold.steered_by == "HorizontalPodAutoscaler/api"
    assert (hold.state, hold.floor, hold.since, hold.noted) == (
        "raised",
        111,
        T0 + minutes(10),
        NOTED,
    )
    assert (hold.baseline.minimum, hold.baseline.maximum, hold.usual_replicas) == (4, 20, 6)
    assert (hold.replicas, hold.ready, hold.unseen) == (111, 111, None)
    assert hold.ceiling == on_air().maximum
    (holder,) = hold.campaigns
    assert (holder.campaign, holder.airing, holder.demand_until) == (CAMPAIGN, T0, T0 + minutes(20))
    assert hold.until == holder.until == T0 + minutes(22)


def test_through_no_hpa() -> None:
    """Of a workload by itself there is one number, and no ceiling."""
    target = Imagined(SHOW, with_hpa=False)
    target.settle(4)
    target.settle(10)
    hold = told(target)
    assert (hold.steered_by, hold.ceiling, hold.baseline.maximum) == ("Deployment/api", None, None)
    assert [(n.field, n.value, n.whose) for n in hold.numbers] == [("replicas", 111, "onair")]


def test_a_cool_down_ends_what_is_held() -> None:
    """After a change the end counts from there, for whichever campaign is noted."""
    target = noted(
        on_air(),
        changed=Changed(111, T0 + minutes(11)),
        campaigns=((CAMPAIGN, held(hold=5)), ("tv/other", held(hold=9))),
    )
    hold = told(target)
    assert hold.cooling_since == T0 + minutes(11)
    assert {h.campaign: h.until for h in hold.campaigns} == {
        CAMPAIGN: T0 + minutes(17),
        "tv/other": T0 + minutes(21),
    }
    assert hold.until == T0 + minutes(21)


def test_a_ceiling_to_come() -> None:
    """What is only noted for a later step is no ceiling yet."""
    target = on_air()
    written = target.ledger[-1].notes.written
    later = Write(target.now + minutes(5), Limits(200, 250))
    assert told(noted(target, written=(*written, later))).ceiling == on_air().maximum


def test_nobody_is_noted() -> None:
    """Without a campaign there is no end to tell."""
    assert told(noted(on_air(), campaigns=())).until is None


@pytest.mark.parametrize(
    ("notes", "state", "ceiling"),
    [
        pytest.param({"floor": 0}, "raised", None, id="being given back"),
        pytest.param(
            {"state": State.CAPTURED, "floor": 0}, "raised", None, id="died before noting"
        ),
        pytest.param({"state": State.RESTORED, "floor": 0}, "restored", None, id="given back"),
    ],
)
def test_state(notes: dict[str, object], state: str, ceiling: int | None) -> None:
    """What stands in the cluster counts, also where a process died before it could note it."""
    hold = told(noted(on_air(), **notes))
    assert (hold.state, hold.ceiling) == (state, ceiling)


def test_before_the_raise() -> None:
    """What is only noted is told as that: its numbers are its owner's."""
    target = Imagined(SHOW)
    target.settle(4)
    assert told(target).state == "captured"
    assert whose(target) == {"minReplicas": "baseline", "maxReplicas": "baseline"}


@pytest.mark.parametrize(
    ("after", "minimum", "want"),
    [
        pytest.param(5, 4, "baseline", id="the baseline, put back"),
        pytest.param(5, 50, "owner", id="another number"),
        pytest.param(0.5, 111, "echo", id="OnAir's own, at once"),
        pytest.param(5, 111, "owner", id="OnAir's own, much later"),
    ],
)
def test_who_else_writes(after: float, minimum: int, want: str) -> None:
    """A number of another writer is judged as the operator judges it, and the writer named."""
    target = on_air()
    target.owner_sets(minimum=minimum, by="argocd")
    target.now = T0 + minutes(10 + after)
    (number, _) = told(target).numbers
    assert (number.value, number.whose, number.managers) == (minimum, want, ("argocd",))


def test_what_the_clamp_kept() -> None:
    """What somebody wanted instead is told beside the number, which is OnAir's still."""
    situation = on_air().situation()
    (hpa,) = situation.autoscalers
    wished = replace(hpa, minimum=Number(111, frozenset({"kubectl"}), 7))
    hold = hold_of(KEY, replace(situation, autoscalers=(wished,)), NOTED)
    assert hold is not None
    minimum, maximum = hold.numbers
    assert (minimum.value, minimum.whose, minimum.wanted) == (111, "onair", 7)
    assert (minimum.managers, maximum.wanted) == (("kubectl",), None)
    assert (hold.baseline.minimum, hold.baseline.maximum) == (7, 20)


def test_an_edit_is_what_is_restored() -> None:
    """An owner's new number is told as the operator will note it, as long as it can be seen."""
    target = on_air()
    target.owner_sets(minimum=50, by="argocd")
    target.now = T0 + minutes(15)
    assert told(target).baseline.minimum == 50
    assert told(target, "no right to list HPAs").baseline.minimum == 4


def test_our_own_name_is_left_out() -> None:
    """Only others are named."""
    assert {n.managers for n in told(on_air()).numbers} == {()}
    assert told(on_air()).writers == ("kubectl",)


def test_what_could_not_be_read() -> None:
    """The ledger is told without it, and why it is all."""
    hold = told(on_air(), "no right to list HPAs")
    assert (hold.numbers, hold.unseen, hold.state) == ((), "no right to list HPAs", "raised")
    captured = noted(on_air(), state=State.CAPTURED)
    captured.with_hpa = False  # as it looks: the replicas are those that the HPA has made
    assert told(captured, "no right to list HPAs").state == "captured"


def test_what_is_gone() -> None:
    """An entry whose object is gone, or another of that name, says so and judges nothing."""
    target = on_air()
    entry = target.ledger[-1]
    steered = ObjectId("autoscaling/v2", "HorizontalPodAutoscaler", "api", "uid-former")
    target.ledger[-1] = replace(entry, steered=steered)
    hold = told(target)
    assert hold.numbers == ()
    assert hold.unseen is not None
    assert "HorizontalPodAutoscaler api that was raised is not there any more" in hold.unseen
    nothing = replace(target.situation(), workload=None, autoscalers=())
    gone = hold_of(KEY, nothing, NOTED)
    assert gone is not None
    assert (gone.replicas, gone.ready) == (None, None)


def test_nothing_is_noted() -> None:
    """Without an entry nothing is held, and nothing is damaged."""
    situation = Imagined(SHOW).situation()
    assert hold_of(KEY, situation, NOTED) is None
    assert damage_of(KEY, situation) is None


def test_a_damaged_entry() -> None:
    """It is told with what to do, and not as a hold."""
    target = replace(on_air(), damage="its ledger entry cannot be read: do this")
    damage = damage_of(KEY, target.situation())
    assert damage is not None
    assert (damage.namespace, damage.about) == ("tv", "Deployment/api")
    assert damage.why == "its ledger entry cannot be read: do this"
    assert hold_of(KEY, target.situation(), NOTED) is None


def test_marks_without_an_entry() -> None:
    """An HPA that carries our marks was raised, by how much nobody knows."""
    target = on_air()
    target.ledger.clear()
    damage = damage_of(KEY, target.situation())
    assert damage is not None
    assert "api carries OnAir's marks, but its ledger entry is gone" in damage.why
