"""Targets whose hold is over, to be given back or forgotten."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onair.plan.ledger import State
from onair.plan.release import give_back
from tests.unit.plan.imagined import SHOW, T0, Imagined, minutes, noted, on_air

if TYPE_CHECKING:
    from datetime import datetime

    from onair.plan.situation import Decision, Situation

THEIRS = frozenset({"kubectl"})


def captured() -> Imagined:
    """Return a target that was captured four minutes after T0 and never written to."""
    target = Imagined(SHOW)
    target.settle(4)
    target.confirmed = target.now
    return target


def ended(**fields: object) -> Imagined:
    """Return a target whose hold has ended 30 minutes after T0, still raised to 111..139."""
    target = noted(on_air(), floor=0, since=T0 + minutes(30))
    target.now = target.confirmed = T0 + minutes(30)
    return replace(target, **fields)  # type: ignore[arg-type]


def restored(**fields: object) -> Imagined:
    """Return a target that was given back 30 minutes after T0, and has nothing of ours on it."""
    target = ended(minimum=4, maximum=20, replicas=9, marked=False)
    target.managers = dict.fromkeys(("min", "max"), THEIRS)
    noted(target, state=State.RESTORED, settled=T0 + minutes(30))
    return replace(target, **fields)  # type: ignore[arg-type]


def given_back(target: Imagined, rise: datetime | None = None, **seen: object) -> Decision:
    """Return what is decided of a target, with some of what is seen of it changed."""
    situation: Situation = replace(target.situation(), **seen)  # type: ignore[arg-type]
    return give_back(situation, target.ledger[-1], rise)
