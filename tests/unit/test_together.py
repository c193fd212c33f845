"""What of a restore cannot pass, and a restore after whose failure an operator goes on."""

from __future__ import annotations

import pytest

from onair.plan.ledger import State
from onair.plan.observed import Limits
from tests.unit.holds import (
    Server,
    add_deployment,
    damage,
    minimums,
    raise_target,
    restore,
    restore_soon,
    state_of,
)


def test_what_cannot_pass_is_not_waited_for() -> None:
    """A right that is missing and an entry that is damaged end a restore before its time."""
    server = Server()
    for name in ("api", "web"):
        raise_target(server, name, State.RAISED, Limits(32, 40))
    damage(server, raise_target(server, "chat", State.RAISED, Limits(32, 40)))
    server.forbidden = "api"
    chat, api = restore_soon(server)
    assert chat.startswith("tv: Deployment chat is not back yet: its ledger entry cannot be read")
    assert api.startswith("tv: Deployment api is not back yet: may not patch")
    assert minimums(server) == {"api": 32, "web": 4, "chat": 32}


def test_together_what_cannot_pass_ends_the_waiting_for_a_crowd() -> None:
    """An operator that goes on after a failure gets to raise again at once."""
    server = Server()
    add_deployment(server, "crowded", 32)
    for name in ("api", "crowded"):
        raise_target(server, name, State.RAISED, Limits(32, 40))
    server.forbidden = "api"
    api, crowded = restore_soon(server, together=True)
    assert "may not patch" in api
    assert "the crowd that is still there" in crowded


@pytest.mark.parametrize(
    ("together", "want"),
    [pytest.param(True, 32, id="together"), pytest.param(False, 4, id="each by itself")],
)
def test_together_nothing_is_begun_that_cannot_be_finished(*, together: bool, want: int) -> None:
    """Where an operator goes on nobody is cut for a restore that is known to fail."""
    server = Server()
    raise_target(server, "api", State.RAISED, Limits(32, 40))
    assert restore_soon(server, "gone", "tv", together=together) == [
        "gone: no right to list controllerrevisions in gone; the namespace may not exist"
    ]
    assert minimums(server) == {"api": want}
    damage(server, raise_target(server, "web", State.RAISED, Limits(32, 40)))
    (kept,) = restore_soon(server, together=together)
    assert "web is not back yet: its ledger entry cannot be read" in kept
    assert minimums(server) == {"api": want, "web": 32}


def test_together_goes_on_after_a_list_without_an_answer() -> None:
    """What may pass is waited for, and then everything is given back."""
    server = Server()
    entry = raise_target(server, "api", State.RAISED, Limits(32, 40))
    server.away = 1
    assert not restore(server, patience=5, together=True)
    assert (minimums(server), state_of(server, entry)) == ({"api": 4}, "")
