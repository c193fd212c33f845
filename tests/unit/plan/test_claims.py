"""Whose a live value is, case by case."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from onair.model.names import MANAGER
from onair.plan.claims import (
    Claim,
    claim_on_maximum,
    claim_on_minimum,
    edited_baseline,
    is_in_place,
    live_limits,
)
from onair.plan.ledger import State, Write
from onair.plan.observed import Limits
from tests.unit.plan.imagined import OWNER, T0, Imagined, minutes, on_air

if TYPE_CHECKING:
    from onair.plan.ledger import Entry
    from onair.plan.situation import Situation

US, THEM = frozenset({MANAGER}), frozenset({OWNER})


def of(*, minimum: int = 111, maximum: int = 139, by: frozenset[str] = US) -> Imagined:
    """Return a target of baseline 4..20 that we raised to 32..40, then 10 minutes in to 111..139.

    Its live limits are given, and who owns both fields.
    """
    target = on_air()
    entry = target.ledger[-1]
    written = (
        Write(T0 + minutes(5), Limits(32, 40)),
        Write(T0 + minutes(10), Limits(111, 139)),
        Write(T0 + minutes(20), Limits(60, 75)),
    )
    target.ledger[-1] = replace(entry, notes=replace(entry.notes, written=written))
    target.minimum, target.maximum = minimum, maximum
    target.managers = dict.fromkeys(("min", "max"), by)
    return target


def seen(target: Imagined, minute: float = 10) -> tuple[Situation, Entry]:
    """Return what is seen of a target so many minutes after T0, and its ledger entry."""
    target.now = T0 + minutes(minute)
    return target.situation(), target.ledger[-1]


@pytest.mark.parametrize(
    ("target", "minute", "want"),
    [
        pytest.param(of(minimum=4, maximum=20), 10, Claim.BASELINE, id="back, whoever wrote it"),
        pytest.param(of(), 10, Claim.OURS, id="written by us"),
        pytest.param(of(by=frozenset()), 10, Claim.OURS, id="written by us, field unowned"),
        pytest.param(of(minimum=7, maximum=9), 10, Claim.OURS, id="owned by us, not noted"),
        pytest.param(
            of(minimum=7, maximum=9, by=frozenset()), 10, Claim.OWNER, id="unowned and unknown"
        ),
        pytest.param(of(by=US | THEM), 12, Claim.OURS, id="ours, and adopted by a tool"),
        pytest.param(of(by=THEM), 10, Claim.ECHO, id="ours of this instant"),
        pytest.param(of(by=THEM), 11, Claim.ECHO, id="ours of a minute ago"),
        pytest.param(of(by=THEM), 11.1, Claim.OWNER, id="ours of more than a minute ago"),
        pytest.param(of(by=THEM), 9.9, Claim.OWNER, id="ours of later"),
        pytest.param(of(minimum=32, maximum=40, by=THEM), 10, Claim.OWNER, id="ours of long ago"),
        pytest.param(of(minimum=7, maximum=9, by=THEM), 10, Claim.OWNER, id="its owner's"),
    ],
)
def test_claims(target: Imagined, minute: float, want: Claim) -> None:
    """A value is the baseline's, ours, an echo of ours for a minute, or else its owner's."""
    situation, entry = seen(target, minute)
    claims = claim_on_minimum(situation, entry), claim_on_maximum(situation, entry)
    assert claims == (want, want)


@pytest.mark.parametrize(
    ("target", "want"),
    [
        pytest.param(of(minimum=40, maximum=139, by=THEM), Claim.ECHO, id="a written maximum"),
        pytest.param(of(minimum=139, maximum=40, by=THEM), Claim.OWNER, id="of the first write"),
        pytest.param(of(minimum=40, maximum=111, by=THEM), Claim.OWNER, id="a written minimum"),
        pytest.param(of(minimum=20, maximum=4, by=THEM), Claim.OWNER, id="the minimum it had"),
    ],
)
def test_a_maximum_is_compared_with_maxima(target: Imagined, want: Claim) -> None:
    """What was a minimum says nothing of a maximum."""
    assert claim_on_maximum(*seen(target)) is want


def test_replicas_of_a_workload() -> None:
    """Without an HPA the replica count is claimed, and there is no maximum to claim."""
    target = Imagined(on_air().timeline, with_hpa=False)
    target.settle(4)
    target.settle(10)
    situation, entry = seen(target)
    assert claim_on_minimum(situation, entry) is Claim.OURS
    assert claim_on_maximum(situation, entry) is Claim.BASELINE
    assert live_limits(target.situation().steered) == Limits(111)  # type: ignore[arg-type]


def test_nothing_has_no_replica_count() -> None:
    """Who asks for a claim has looked whether there is anything to claim."""
    situation, entry = seen(of())
    with pytest.raises(TypeError, match=r"^only a workload has a replica count$"):
        claim_on_minimum(replace(situation, workload=None, autoscalers=()), entry)


CAPTURED, RAISED, RESTORED = State.CAPTURED, State.RAISED, State.RESTORED


@pytest.mark.parametrize(
    ("target", "state", "want"),
    [
        pytest.param(of(), RAISED, True, id="raised"),
        pytest.param(of(minimum=4, maximum=20), RAISED, True, id="raised, and reverted since"),
        pytest.param(of(), RESTORED, False, id="given back"),
        pytest.param(of(), CAPTURED, True, id="never noted, but there"),
        pytest.param(of(minimum=4), CAPTURED, True, id="never noted, the maximum is there"),
        pytest.param(of(minimum=4, maximum=20), CAPTURED, False, id="never written"),
    ],
)
def test_is_in_place(target: Imagined, state: State, *, want: bool) -> None:
    """Numbers of ours stand from the write on, also where it could not be noted any more."""
    situation, entry = seen(target)
    entry = replace(entry, notes=replace(entry.notes, state=state))
    assert is_in_place(replace(situation, entry=entry)) is want


def test_nothing_is_in_place_where_there_is_nothing() -> None:
    """Neither without an entry nor without the object that it speaks of."""
    situation, entry = seen(of())
    assert is_in_place(replace(situation, entry=None)) is False
    captured = replace(entry, notes=replace(entry.notes, state=CAPTURED))
    gone = replace(situation, entry=captured, workload=None, autoscalers=())
    assert is_in_place(gone) is False


@pytest.mark.parametrize(
    ("target", "want"),
    [
        pytest.param(of(), None, id="ours"),
        pytest.param(of(minimum=4, maximum=20, by=THEM), None, id="the baseline"),
        pytest.param(of(minimum=7, maximum=20, by=THEM), Limits(7, 20), id="another minimum"),
        pytest.param(of(minimum=4, maximum=9, by=THEM), Limits(4, 9), id="another maximum"),
        pytest.param(of(minimum=7, maximum=9, by=THEM), Limits(7, 9), id="both"),
    ],
)
def test_edited_baseline(target: Imagined, want: Limits | None) -> None:
    """What an owner wrote becomes the baseline, and only that."""
    assert edited_baseline(*seen(target)) == want


def test_what_is_gone_was_not_edited() -> None:
    """Without an object there is no edit."""
    situation, entry = seen(of())
    assert edited_baseline(replace(situation, workload=None, autoscalers=()), entry) is None
