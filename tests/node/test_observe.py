"""Mode observe: the operator in its pod says what it would do, and writes to no target."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onair.clock import Clock
from tests.node import witness
from tests.node.evening import (
    CHAT,
    LIMITS,
    RAISED,
    SHOW,
    assert_given_back,
    assert_held,
    is_raised,
    numbers,
    open_evening,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.node.stage import Stage

pytestmark = [pytest.mark.node, pytest.mark.long]

OWN_WORDS = {"campaigns/status", "events", "leases"}
WOULD = f"would raise mol-api to {RAISED[0]}..{RAISED[1]} now; this operator only observes"


def test_writes_nothing(stage: Stage, tmp_path: Path) -> None:
    """On air it says what it would raise; no target is written, nor when it is uninstalled."""
    began = Clock.real_now()
    stage.install("mode=observe")
    open_evening(stage)
    stage.wait("it says what it would do", lambda: says_what_it_would_do(stage))
    with witness.hook_codes(stage, tmp_path) as codes:
        stage.uninstall("--wait")
        stage.wait("the hook's end is seen", codes)
    assert codes() == [0]
    assert witness.operators_writes(stage, began) <= OWN_WORDS
    assert numbers(stage)["limits"] == LIMITS
    assert numbers(stage)["wanted"] == (LIMITS[0], CHAT)


def by_upgrade(stage: Stage) -> Callable[[], str]:
    """Install to enforce; returns what upgrades to observe."""
    stage.install()
    return lambda: stage.upgrade("mode=observe")


def by_rollback(stage: Stage) -> Callable[[], str]:
    """Install to observe and upgrade to enforce; returns what rolls back."""
    stage.install("mode=observe")
    stage.upgrade("mode=enforce")
    return lambda: stage.roll_back(1)


@pytest.mark.parametrize(
    "prepare", [pytest.param(by_upgrade, id="upgrade"), pytest.param(by_rollback, id="rollback")]
)
def test_from_enforce_on_air(
    stage: Stage, tmp_path: Path, prepare: Callable[[Stage], Callable[[], str]]
) -> None:
    """On air everything is given back before the rights go; then it only says what it would do."""
    take_rights = prepare(stage)
    open_evening(stage)
    stage.wait("everything is raised", lambda: is_raised(stage))
    assert_held(stage)
    with witness.hook_codes(stage, tmp_path) as codes:
        take_rights()
        stage.wait("the hook's end is seen", codes)
    assert codes() == [0]
    assert_given_back(stage)
    since = Clock.real_now()
    stage.wait("it says what it would do", lambda: says_what_it_would_do(stage))
    assert_given_back(stage)
    assert witness.operators_writes(stage, since) <= OWN_WORDS


def says_what_it_would_do(stage: Stage) -> bool:
    """Tell whether the campaign's status says what an operator that enforces would write."""
    condition = stage.condition(SHOW, "Ready")
    return condition.get("reason") == "Observing" and WOULD in condition["message"]
