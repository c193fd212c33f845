"""Clocks that disagree: floors rise early and fall late, and everybody is told.

The calendar runs 60 times as fast, so five minutes apart are five hours of it.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from tests.e2e.botting import again_and_again
from tests.e2e.manifests import airtime, campaign, deployment, hpa, target
from tests.e2e.operators import SOURCE
from tests.faults.proxy.faults import ShiftDate
from tests.faults.proxy.rules import Match, Rule

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.tenant import Tenant
    from tests.faults.proxy.proxy import Proxy

AHEAD, BEHIND = Rule(Match(), ShiftDate(300)), Rule(Match(), ShiftDate(-300))
RAISED, OWNERS = (24, 30), (2, 10)

STANDS_STILL = 0.1
"""Real seconds after which a clock that stands still is set back to where it was."""

WRONG_CLOCK = """
from datetime import timedelta
from pathlib import Path

from onair.clock import Clock

true = Clock.real_now
wrong_by = Path(__file__).with_name("seconds")
Clock.real_now = staticmethod(lambda: true() + timedelta(seconds=float(wrong_by.read_text())))
"""


class OwnClock:
    """The clock of operators that start from now on, which is wrong by so many seconds."""

    def __init__(self, folder: Path) -> None:
        self._wrong_by = folder / "seconds"
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(WRONG_CLOCK)
        self.set(0)

    def set(self, seconds: float) -> None:
        """Let it be wrong by so many seconds, at once."""
        fresh = self._wrong_by.with_suffix(".new")
        fresh.write_text(str(seconds))
        fresh.replace(self._wrong_by)


@pytest.fixture
def own_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OwnClock:
    """A clock of the operator's that can be set while it runs."""
    folder = tmp_path / "clock"
    paths = filter(None, (str(folder), os.environ.get(SOURCE)))
    monkeypatch.setenv(SOURCE, os.pathsep.join(paths))
    return OwnClock(folder)


def announce(tenant: Tenant, start: str, duration: str = "10m") -> None:
    """Begin at 19:00 and announce a show."""
    tenant.set_calendar("2027-01-09T19:00:00Z")
    tenant.create(deployment("web", 4), hpa("web", *OWNERS))
    tenant.create(campaign("show", airtime(start, duration), targets=[target("web")]))


def wait_for_skew(tenant: Tenant, status: str) -> None:
    """Wait until the campaign says that the clocks differ, or nothing of it."""
    tenant.wait(
        f"ClockSkew is {status or 'gone'}",
        lambda: tenant.condition("show", "ClockSkew").get("status", "") == status,
    )


@pytest.mark.fault_row(14)
def test_a_server_that_is_ahead_raises_early(tenant: Tenant, proxy: Proxy) -> None:
    """What is due by the server's clock is up hours before it is by ours, and goes back later."""
    announce(tenant, "2027-01-10T00:00:00Z")
    proxy.rules = [AHEAD]
    tenant.start_operator()
    tenant.wait("it is raised by the server's clock", lambda: tenant.limits("web") == RAISED)
    assert tenant.clock.now().hour < 23
    wait_for_skew(tenant, "True")
    told = tenant.condition("show", "ClockSkew")
    assert told["reason"] == "ClocksDiffer"
    assert told["message"].startswith("the API server's clock is about 5m ahead of the operator's")
    proxy.rules = []
    wait_for_skew(tenant, "")
    tenant.wait("it is the owner's until its time comes", lambda: tenant.limits("web") == OWNERS)


@pytest.mark.fault_row(14)
def test_a_server_that_is_behind_restores_late(tenant: Tenant, proxy: Proxy) -> None:
    """Raised by our clock, and not lowered before the show is over by the server's, too."""
    announce(tenant, "2027-01-09T19:10:00Z")
    proxy.rules = [BEHIND]
    tenant.start_operator()
    tenant.wait("it is raised by our clock", lambda: tenant.limits("web") == RAISED)
    tenant.wait_until("2027-01-09T19:40:00Z")  # over and cooled down by ours
    tenant.wait("it is said", lambda: tenant.condition("show", "ClockSkew"))
    assert tenant.limits("web") == RAISED
    assert tenant.condition("show", "Restored")["status"] == "False"
    proxy.rules = []
    wait_for_skew(tenant, "")
    tenant.wait("it is the owner's", lambda: tenant.limits("web") == OWNERS)


@pytest.mark.fault_row(14)
def test_our_clock_jumps_ahead_on_air(tenant: Tenant, own_clock: OwnClock) -> None:
    """A clock that leaps past the end of the show lowers nothing; set right, all goes on."""
    announce(tenant, "2027-01-09T19:10:00Z", "40m")
    tenant.start_operator()
    tenant.wait("it is raised", lambda: tenant.limits("web") == RAISED)
    own_clock.set(300)
    wait_for_skew(tenant, "True")
    assert tenant.limits("web") == RAISED
    own_clock.set(0)
    wait_for_skew(tenant, "")
    assert tenant.limits("web") == RAISED
    tenant.wait("it is the owner's", lambda: tenant.limits("web") == OWNERS, 90)
    lowered = [tenant.calendar_of(write.at) for write in tenant.writes("horizontalpodautoscalers")]
    assert min(at for at in lowered[1:]) >= tenant.clock.calendar.replace(hour=19, minute=50)


@pytest.mark.fault_row(14)
def test_our_clock_jumps_back_before_air(tenant: Tenant, own_clock: OwnClock) -> None:
    """The floor rises when it is time by the server's clock, not five hours later."""
    announce(tenant, "2027-01-09T19:30:00Z")
    tenant.start_operator()
    tenant.wait("it is announced", lambda: tenant.condition("show", "Ready"))
    own_clock.set(-300)
    tenant.wait("it is raised", lambda: tenant.limits("web") == RAISED)
    assert tenant.clock.now() < tenant.clock.calendar.replace(hour=19, minute=30)
    wait_for_skew(tenant, "True")


@pytest.mark.fault_row(14)
def test_our_clock_stands_still(tenant: Tenant, own_clock: OwnClock) -> None:
    """The show begins by the server's clock although ours never comes to it."""
    announce(tenant, "2027-01-09T19:20:00Z", "60m")
    tenant.start_operator()
    tenant.wait("it is announced", lambda: tenant.condition("show", "Ready"))
    since = time.monotonic()
    with again_and_again(
        tenant.cluster, STANDS_STILL, lambda *_: own_clock.set(since - time.monotonic())
    ):
        wait_for_skew(tenant, "True")
        tenant.wait("it is raised", lambda: tenant.limits("web") == RAISED)
        assert tenant.clock.now() < tenant.clock.calendar.replace(hour=19, minute=20)
    own_clock.set(0)
    wait_for_skew(tenant, "")
    tenant.wait_until("2027-01-09T19:20:00Z")  # until due, what rose early may be the owner's
    assert tenant.limits("web") == RAISED
