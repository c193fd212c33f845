"""What exactly is decided, said and noted while a target is given back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from onair.model import reasons
from onair.model.names import MANAGER
from onair.plan.ledger import State, Write
from onair.plan.observed import Limits
from onair.plan.situation import Annotate, Confirm, Decision, Put
from tests.unit.plan.ended import THEIRS, captured, ended, given_back, restored
from tests.unit.plan.imagined import CAMPAIGN, SHOW, T0, Imagined, held, minutes, noted

UNREAD = Decision(reasons.RESTORING, "not every list has been read yet")
UNPROVEN = Decision(reasons.RESTORING, step=Confirm())


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(captured, id="a capture"),
        pytest.param(ended, id="a hold"),
        pytest.param(restored, id="what was given back"),
    ],
)
def test_nothing_is_forgotten_or_given_back_without_proof(make: object) -> None:
    """Every list must have been read, and one of them after the need was seen to end."""
    target = make()  # type: ignore[operator]
    target.replicas = 4
    since = target.ledger[-1].notes.since
    assert given_back(target, proven=False) == UNREAD
    assert given_back(target, confirmed=None) == UNPROVEN
    assert given_back(target, confirmed=since - timedelta(microseconds=1)) == UNPROVEN
    assert given_back(target, confirmed=since) not in (UNREAD, UNPROVEN)


@pytest.mark.parametrize(
    "notes",
    [
        pytest.param({"floor": 111}, id="raised"),
        pytest.param({"state": State.CAPTURED}, id="raised, but never noted"),
    ],
)
def test_the_end_is_noted_first(notes: dict[str, object]) -> None:
    """Since when the hold is over is in the ledger before any number goes back."""
    target = noted(ended(), **notes)
    target.now = target.confirmed = T0 + minutes(31)
    entry = target.ledger[-1]
    over = replace(entry.notes, state=State.RAISED, floor=0, since=target.now)
    assert given_back(target) == Decision(reasons.RESTORING, step=Annotate(entry, over))


def test_what_is_gone_cannot_be_given_back() -> None:
    """Where there is no workload there is no number."""
    want = Decision(reasons.TARGET_MISSING)
    assert given_back(ended(), workload=None, autoscalers=()) == want


def put_of(target: Imagined, after: Limits, kept: int = 0) -> Put:
    """Return the write that takes a target's HPA from where it is to other limits.

    Nobody else may lower the maximum below `kept` from then on; the minimum is free.
    """
    hpa = target.situation().autoscalers[0].id
    return Put(hpa, Limits(*target.live()), after, "being given back", Limits(0, kept))


def test_the_minimum_comes_first() -> None:
    """The maximum stays where it is until the minimum is back."""
    target = ended()
    want = Decision(reasons.RESTORING, step=put_of(target, Limits(4, 139), 139), ceiling=139)
    assert given_back(target) == want


@pytest.mark.parametrize(
    ("fields", "reason", "why"),
    [
        pytest.param(
            {},
            reasons.CROWD_STAYS,
            "the maximum stays up for the crowd that is still there",
            id="the crowd stays",
        ),
        pytest.param(
            {"scale_down_disabled": True},
            reasons.OWNER_FORBIDS_SCALE_DOWN,
            "its owner forbids scaling down, so the maximum stays up",
            id="its owner forbids it",
        ),
    ],
)
def test_why_a_maximum_stays(fields: dict[str, object], reason: str, why: str) -> None:
    """As long as replicas are above the owner's maximum, the reason is said."""
    target = ended(minimum=4, replicas=21, **fields)
    assert given_back(target) == Decision(reason, why, ceiling=139)


def test_the_maximum_comes_back_when_it_cuts_nobody() -> None:
    """As many replicas as the owner's maximum allows are enough."""
    target = ended(minimum=4, replicas=20)
    want = Decision(reasons.RESTORED, step=put_of(target, Limits(4, 20)), ceiling=20)
    assert given_back(target) == want
    assert given_back(target, workload=None) == want


def test_an_owners_maximum_stays() -> None:
    """What its owner wrote since is not ours to take back, however many replicas there are."""
    target = ended(minimum=4, maximum=60, replicas=30)
    target.managers = {"min": frozenset({MANAGER}), "max": THEIRS}
    settled = replace(target.ledger[-1].notes, state=State.RESTORED, settled=target.now)
    want = Decision(reasons.RESTORED, step=Annotate(target.ledger[-1], settled))
    assert given_back(target) == want


def test_an_owners_minimum_stays() -> None:
    """A minimum that its owner wrote since stays while the maximum comes back."""
    target = ended(minimum=7, replicas=9)
    target.managers = {"min": THEIRS, "max": frozenset({MANAGER})}
    assert given_back(target).step == put_of(target, Limits(7, 20))


def test_an_owners_minimum_without_hpa_stays() -> None:
    """So does a replica count; it has no maximum."""
    target = Imagined(SHOW, with_hpa=False)
    target.settle(4)
    target.settle(10)
    noted(target, floor=0, since=target.now)
    target.confirmed = target.now
    decision = given_back(target)
    assert isinstance(decision.step, Put)
    assert (decision.reason, decision.step.after) == (reasons.RESTORED, Limits(4))
    target.owner_sets(replicas=30)
    assert isinstance(given_back(target).step, Annotate)


LIVE = Limits(4, 139)
SLOW = (("tv/a", held(step="1/4")), ("tv/b", replace(held(step="1/2"), every=minutes(5))))


def stuck(*written: tuple[float, int, int], **fields: object) -> Imagined:
    """Return a target without metrics, with what was written to it: minutes, minimum, maximum."""
    target = ended(minimum=4, replicas=100, scaling_active=False)
    writes = tuple(Write(T0 + minutes(at), Limits(low, high)) for at, low, high in written)
    return noted(target, written=writes, **fields)


@pytest.mark.parametrize(
    ("target", "want"),
    [
        pytest.param(stuck((10, 111, 139)), LIVE, id="first it is noted where it is"),
        pytest.param(stuck(), LIVE, id="also where no write is known"),
        pytest.param(stuck((31, 4, 139)), LIVE, id="a write to come is none"),
        pytest.param(stuck((10, 111, 139), (29, 4, 139)), Limits(4, 69), id="then a step down"),
        pytest.param(
            stuck((10, 111, 160), (25, 4, 139), campaigns=SLOW),
            Limits(4, 99),
            id="by the smallest step, of the highest ceiling",
        ),
        pytest.param(
            stuck((10, 111, 139), (29, 4, 139), campaigns=()),
            Limits(4, 104),
            id="by a quarter where no campaign is known",
        ),
        pytest.param(
            replace(stuck((10, 111, 139), (29, 4, 50)), maximum=50),
            Limits(4, 20),
            id="never below the owner's",
        ),
    ],
)
def test_steps_without_metrics_are_noted_first(target: Imagined, want: Limits) -> None:
    """An HPA that cannot scale down is taken down by its maximum, each step noted before."""
    entry, ceiling = target.ledger[-1], target.maximum
    notes = entry.notes.with_write(want, target.now)
    step = Annotate(entry, notes)
    assert given_back(target) == Decision(reasons.CANNOT_SCALE_DOWN, step=step, ceiling=ceiling)


def test_a_noted_step_is_taken() -> None:
    """The maximum that was noted is written, and looked at again after the slowest cool-down."""
    target = stuck((10, 111, 139), (29, 4, 139), (29.5, 4, 69), campaigns=SLOW)
    step = put_of(target, Limits(4, 69), 69)
    wake = target.now + minutes(5)
    assert given_back(target) == Decision(
        reasons.CANNOT_SCALE_DOWN, step=step, wake=wake, ceiling=69
    )


def test_the_last_step_is_taken_too() -> None:
    """A noted maximum that is the owner's own is written like any other."""
    target = stuck((10, 111, 139), (29.5, 4, 20))
    assert given_back(target).step == put_of(target, Limits(4, 20))


@pytest.mark.parametrize(
    ("campaigns", "every"),
    [
        pytest.param(((CAMPAIGN, held()),), 1, id="one minute"),
        pytest.param(SLOW, 5, id="the slowest of several"),
        pytest.param((), 1, id="a minute where no campaign is known"),
    ],
)
def test_a_step_has_its_time(campaigns: object, every: float) -> None:
    """Until the next step is due the maximum stays, and the reason is said."""
    target = stuck((10, 111, 139), (29.5, 4, 139), campaigns=campaigns)
    why = "it has no metrics, so the maximum comes down step by step"
    wake = T0 + minutes(29.5 + every)
    assert given_back(target) == Decision(reasons.CANNOT_SCALE_DOWN, why, wake=wake, ceiling=139)
    target.now = target.confirmed = wake
    assert isinstance(given_back(target).step, Annotate)


def test_of_two_writes_at_one_instant_the_later_counts() -> None:
    """On a clock that stands still a step that was noted is not noted again and again."""
    target = stuck((30, 111, 139), (30, 4, 139))
    assert given_back(target).step is None
    assert given_back(target).wake == T0 + minutes(31)


def test_that_all_is_back_is_noted() -> None:
    """With the baseline in place the hold is over, and any change that cooled down with it."""
    target = ended(minimum=4, maximum=20)
    entry = target.ledger[-1]
    settled = replace(entry.notes, state=State.RESTORED, settled=target.now, changed=None)
    assert given_back(target) == Decision(reasons.RESTORED, step=Annotate(entry, settled))
