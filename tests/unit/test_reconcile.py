"""What is said of a target whose steps the API server refuses."""

from __future__ import annotations

import pytest

from onair.cluster.errors import (
    ApiError,
    BusyError,
    ChangedError,
    ForbiddenError,
    MissingRightError,
    NotFoundError,
    UnreachableError,
)
from onair.failures import REFUSALS_UNTIL_BLOCKED, UNTIL_SAID
from onair.model import reasons
from tests.unit.refusing import KEY, Cluster

NO_RIGHT = MissingRightError("no right to patch deployments.apps/scale in namespace tv", 403)


def test_a_missing_right_blocks_and_is_said(caplog: pytest.LogCaptureFixture) -> None:
    """However often it is tried, the report names the right, and the log does so once."""
    cluster = Cluster(NO_RIGHT)
    assert cluster.reconcile(times=3) == 0.0
    assert cluster.said == (reasons.BLOCKED, str(NO_RIGHT))
    assert caplog.text.count(str(NO_RIGHT)) == 1


def test_a_step_that_works_hides_no_right_that_is_missing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A note in the ledger between two refused writes is no sign that writing works again."""
    cluster = Cluster(NO_RIGHT)
    cluster.reconcile()
    cluster.target.plan = "two"  # which is noted before the write is tried again
    cluster.reconcile()
    assert cluster.target.ledger[-1].notes.plan == "two"
    assert cluster.said[0] == reasons.BLOCKED
    assert caplog.text.count(str(NO_RIGHT)) == 1


def test_it_heals_by_itself() -> None:
    """As soon as the write works the target is held, and nothing is wrong with it."""
    cluster = Cluster(NO_RIGHT)
    cluster.reconcile()
    cluster.error = None
    cluster.reconcile(times=2)
    assert cluster.target.live() == (32, 40)
    assert cluster.said[0] == reasons.HOLDING
    assert cluster.troubles.of(KEY) == ""


@pytest.mark.parametrize(
    ("times", "want"),
    [
        pytest.param(REFUSALS_UNTIL_BLOCKED - 1, reasons.HOLDING, id="a conflict or two"),
        pytest.param(REFUSALS_UNTIL_BLOCKED, reasons.BLOCKED, id="again and again"),
    ],
)
def test_a_value_that_is_refused(times: int, want: str) -> None:
    """A conflict is nothing special, a value that is never accepted blocks."""
    cluster = Cluster(ChangedError("denied by a policy", 422))
    cluster.reconcile(times)
    assert cluster.said[0] == want


@pytest.mark.parametrize(
    ("error", "again"),
    [
        pytest.param(BusyError("too many requests", 429, 7.0), 7.0, id="busy"),
        pytest.param(UnreachableError("no answer"), 0.0, id="away"),
    ],
)
def test_a_server_in_trouble_is_said_once(
    error: ApiError, again: float, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever waits for the server says so once, with the target, and blames nobody."""
    cluster = Cluster(error)
    assert cluster.reconcile(times=3) == again
    assert cluster.said[0] == reasons.HOLDING
    assert [r.getMessage() for r in caplog.records] == [f"tv/api: {error}"]


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(ForbiddenError("exceeded quota", 403), id="a policy or quota"),
        pytest.param(NotFoundError("there is no such HPA", 404), id="gone"),
    ],
)
def test_a_refusal_of_one_target_names_it(
    error: ApiError, caplog: pytest.LogCaptureFixture
) -> None:
    """What no right of all targets explains is said of the one that it keeps back, once."""
    Cluster(error).reconcile(times=3)
    assert [r.getMessage() for r in caplog.records] == [f"tv/api: {error}"]


def test_an_earlier_hold_is_a_trouble_while_it_lasts() -> None:
    """In mode observe it is said once, and is over when somebody else has given it back."""
    cluster = Cluster()
    cluster.reconcile(times=2)
    cluster.target.observes = True
    cluster.reconcile()
    assert cluster.troubles.of(KEY).startswith("tv/api: raised by an operator in mode enforce")
    cluster.target.ledger.clear()
    cluster.target.owner_sets(minimum=4, maximum=20)
    cluster.target.marked = False
    cluster.reconcile()
    assert cluster.said[0] == reasons.OBSERVING
    assert cluster.troubles.of(KEY) == ""


def test_a_damaged_entry_is_a_trouble_while_it_lasts() -> None:
    """It is logged, whoever still has a campaign to read it in, and over when it can be read."""
    cluster = Cluster()
    cluster.target.damage = "its ledger entry cannot be read"
    assert cluster.reconcile() is None
    assert cluster.said[0] == reasons.LEDGER_DAMAGED
    assert cluster.troubles.of(KEY).startswith("tv/api: its ledger entry cannot be read")
    cluster.target.damage = ""
    cluster.reconcile(times=3)
    assert cluster.said[0] == reasons.HOLDING
    assert cluster.troubles.of(KEY) == ""


def test_what_runs_beside_a_damaged_entry_is_not_usual() -> None:
    """It may be a floor of ours."""
    cluster = Cluster()
    cluster.target.damage, cluster.target.replicas = "cannot be read", 111
    cluster.reconcile()
    assert cluster.history.most(KEY) == 0


def test_nothing_is_written_without_the_lease() -> None:
    """A process that may not write waits, with its report as it is."""
    cluster = Cluster()
    cluster.valid = False
    assert cluster.reconcile() is not None
    assert cluster.target.live() == (4, 20)


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(BusyError("too many requests", 429, 7.0), id="busy"),
        pytest.param(UnreachableError("no answer in time"), id="hangs"),
    ],
)
def test_a_write_that_fails_for_long_is_said(
    error: ApiError, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a few seconds the campaign says what keeps its floor down, until it is up."""
    seconds = [5.0]
    monkeypatch.setattr("onair.reconcile.monotonic", lambda: seconds[0])
    cluster = Cluster(error)
    cluster.reconcile(times=2)
    assert cluster.said[0] == reasons.HOLDING
    seconds[0] += UNTIL_SAID
    cluster.reconcile()
    assert cluster.said == (reasons.BLOCKED, str(error))
    cluster.error = None
    cluster.reconcile(times=2)
    assert cluster.said[0] == reasons.HOLDING
