"""Who could undo a floor, before air and on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from onair.model import reasons
from onair.plan.observed import Limits
from onair.plan.rivals import NOBODY, NOT_PROBED, Contest, contest, undone_by, writers_of
from tests.unit.plan.imagined import OWNER, SHOW, Imagined, on_air

if TYPE_CHECKING:
    from onair.plan.situation import Situation

WOULD_CUT = Contest(reasons.REVERT_WOULD_CUT, (OWNER,))


def seen(target: Imagined, **fields: object) -> Situation:
    """Return what is seen of a target where it is known that there is no clamp."""
    said: dict[str, object] = {"clamped": False} | fields
    return replace(target.situation(), **said)  # type: ignore[arg-type]


def test_before_air_the_owners_tools_are_named() -> None:
    """Whoever has written a number that a raise changes could write it again."""
    assert contest(seen(Imagined(SHOW))) == WOULD_CUT


def test_on_air_they_are_named_still() -> None:
    """A raise takes the fields over, so the ledger tells who had written them."""
    target = on_air()
    assert writers_of(target.situation().autoscalers[0]) == ()
    assert contest(seen(target)) == WOULD_CUT


def test_who_edits_on_air_is_named_besides() -> None:
    """An edit's writer joins those that were there before."""
    target = on_air()
    target.owner_sets(minimum=3, by="helm")
    target.settle(11)
    target.owner_sets(minimum=5, by="argocd")
    target.settle(12)
    assert contest(seen(target)) == Contest(reasons.REVERT_WOULD_CUT, ("argocd", "helm", OWNER))


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"clamped": True}, id="a clamp keeps them from it"),
        pytest.param({"observes": True}, id="nothing is raised"),
        pytest.param({"autoscalers": (), "workload": None}, id="there is nothing to raise"),
    ],
)
def test_where_nobody_can(fields: dict[str, object]) -> None:
    """Nothing is said where no floor could be undone."""
    assert contest(seen(Imagined(SHOW), **fields)) is None


def test_fields_that_nobody_owns() -> None:
    """Nobody is suspected without a trace of anybody."""
    target = Imagined(SHOW, managers=dict.fromkeys(("min", "max"), frozenset()))
    assert contest(seen(target)) is None


def test_nobody_has_asked_yet() -> None:
    """Without an answer about the clamp it is not known what the others could do."""
    assert contest(seen(Imagined(SHOW), clamped=None)) == Contest(NOT_PROBED, (OWNER,))


def test_nobody_can_find_out() -> None:
    """Where the question whether there is a clamp is refused, the others count as able to undo."""
    situation = seen(Imagined(SHOW), clamped=None, unclear=True)
    assert contest(situation) == Contest(reasons.REVERT_WOULD_CUT, (OWNER,), unclear=True)


@pytest.mark.parametrize(
    "clamped",
    [pytest.param(known, id=str(known)) for known in (None, False, True)],
)
def test_who_undoes_it_is_blamed(*, clamped: bool | None) -> None:
    """While a floor is up, the one that undoes it counts more than all that could."""
    situation = seen(on_air(), rivals=("argocd",), clamped=clamped)
    assert contest(situation) == Contest(reasons.REVERTED, ("argocd",))


def test_after_the_hold_nobody_is_blamed() -> None:
    """Without a floor there is nothing to undo."""
    target = on_air()
    target.settle(30)
    assert contest(seen(target, rivals=("argocd",))) != Contest(reasons.REVERTED, ("argocd",))


@pytest.mark.parametrize(
    ("edit", "want"),
    [
        pytest.param({"minimum": 4, "by": "helm"}, ("helm",), id="the minimum"),
        pytest.param({"maximum": 120, "by": "flux"}, ("flux",), id="the maximum"),
        pytest.param({"maximum": 139, "by": "flux"}, (NOBODY,), id="nothing"),
    ],
)
def test_only_who_wrote_what_is_wrong_has_undone_it(
    edit: dict[str, object], want: tuple[str, ...]
) -> None:
    """A manager of a number that is as it should be has not undone anything."""
    target = on_air()
    target.owner_sets(**edit)  # type: ignore[arg-type]
    assert undone_by(target.situation().autoscalers[0], Limits(111, 139)) == want


def test_replicas_without_an_hpa() -> None:
    """Of a workload without an HPA the writers of its replicas are named."""
    target = Imagined(SHOW, with_hpa=False)
    assert contest(seen(target)) == WOULD_CUT
