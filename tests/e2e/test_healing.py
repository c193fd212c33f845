"""Watches that break, fall silent or lose events: they heal, and phases go on meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from onair.clock import Clock
from onair.cluster import resources
from tests.e2e.manifests import airtime, campaign, deployment, hpa, target
from tests.faults.proxy.faults import DropEvents, DuplicateEvents, ErrorEvent, Hold, ReorderEvents
from tests.faults.proxy.rules import Match, Rule

if TYPE_CHECKING:
    from tests.e2e.operators import OperatorProcess
    from tests.e2e.tenant import Tenant
    from tests.faults.proxy.proxy import Proxy

RAISED, OWNERS = (24, 30), (2, 10)
KINDS = [resource.plural for resource in resources.WATCHED]

SOON = 5.0
"""Seconds within which a broken watch is whole again (reliability, fault 7)."""

WITHIN_A_MINUTE = 60.0
SILENT = 75.0
"""Seconds within which lost events and silent watches are noticed (faults 5 and 6)."""

LOADED = 3.0
"""Seconds more on a machine that runs other tests beside this one."""


@pytest.fixture
def on_air(tenant: Tenant, proxy: Proxy) -> OperatorProcess:
    """A show of five hours (five minutes of real time) that is on air, its floor up and told."""
    tenant.set_calendar("2027-01-09T19:00:00Z")
    tenant.create(deployment("web", 4), hpa("web", *OWNERS))
    tenant.create(campaign("show", airtime("2027-01-09T19:00:00Z", "5h"), targets=[target("web")]))
    operator = tenant.start_operator()
    tenant.wait("it is raised", lambda: tenant.limits("web") == RAISED)
    tenant.wait("all is watched", lambda: all(watched(proxy, kind) > 1 for kind in KINDS))
    return operator


def watched(proxy: Proxy, kind: str) -> int:
    """Return how many watches of a kind were opened: one to stay, one to see that it may be."""
    asked = [entry.asked for entry in proxy.journal]
    return sum(a.verb == "watch" and a.resource == kind for a in asked)


def opened(proxy: Proxy, kind: str, since: int) -> list[int]:
    """Return where in the journal, from a place on, a watch of a kind went on without a list."""
    entries = [e for e in proxy.journal[since:] if e.asked.resource == kind]
    listed = {e.version for e in entries if e.asked.verb == "list"}
    return [e.number for e in entries if e.asked.verb == "watch" and e.asked.version not in listed]


def phase(tenant: Tenant, name: str) -> str:
    """Return what a campaign says of its phase, "" while it says nothing."""
    status = tenant.get("Campaign", name).get("status") or {}
    return str(status.get("phase", ""))


@pytest.mark.fault_row(7)
@pytest.mark.parametrize("code", [pytest.param(c, id=str(c)) for c in (410, 429, 500)])
def test_an_error_in_a_stream_is_healed_in_the_same_process(
    tenant: Tenant, proxy: Proxy, on_air: OperatorProcess, code: int
) -> None:
    """Within seconds the change that the broken watch lost is seen, and nothing was lowered."""
    lost = Match(("watch",), "campaigns", name="show")
    proxy.rules = [Rule(lost, DropEvents())]
    tenant.patch("Campaign", "show", {"spec": {"suspend": True}})
    proxy.rules = [Rule(Match(("watch",), "campaigns"), ErrorEvent(code), times=1)]
    tenant.wait("it is seen", lambda: phase(tenant, "show") == "Suspended", SOON + LOADED)
    assert on_air.running


@pytest.mark.fault_row(7)
@pytest.mark.usefixtures("on_air")
def test_what_was_deleted_while_a_watch_was_broken_is_noticed(tenant: Tenant, proxy: Proxy) -> None:
    """No watch reports it; a list of ours that follows the one of a new watch finds it missing."""
    tenant.create(campaign("other", airtime("2027-01-12T19:00:00Z"), targets=[target("web")]))
    tenant.wait("the other one is known", lambda: phase(tenant, "other"))
    proxy.rules = [Rule(Match(("watch",), "campaigns", name="show"), DropEvents())]
    tenant.delete("Campaign", "show")
    proxy.rules = [Rule(Match(("watch",), "campaigns"), ErrorEvent(410), times=1)]
    tenant.wait("it cools down", lambda: tenant.limits("web") != RAISED, SOON + LOADED)


@pytest.mark.fault_row(7)
@pytest.mark.usefixtures("on_air")
@pytest.mark.parametrize(
    "fault", [pytest.param(DuplicateEvents(), id="twice"), pytest.param(ReorderEvents(), id="late")]
)
def test_events_that_come_twice_or_late_change_nothing(
    tenant: Tenant, proxy: Proxy, fault: DuplicateEvents | ReorderEvents
) -> None:
    """An old number that is heard of after the new one is not taken for the present one."""
    proxy.rules = [Rule(Match(("watch",), "horizontalpodautoscalers"), fault)]
    tenant.patch("HorizontalPodAutoscaler", "web", {"metadata": {"labels": {"team": "one"}}})
    tenant.patch("HorizontalPodAutoscaler", "web", {"spec": {"minReplicas": 40, "maxReplicas": 50}})
    tenant.patch("HorizontalPodAutoscaler", "web", {"metadata": {"labels": {"team": "two"}}})
    tenant.wait("the owner's edit is kept", lambda: len(tenant.ledger()) == 2)
    assert tenant.limits("web") == (40, 50)


@pytest.mark.fault_row(5)
@pytest.mark.usefixtures("on_air")
def test_lost_events_are_noticed_within_a_minute(tenant: Tenant, proxy: Proxy) -> None:
    """A floor that somebody undid unseen is written again when the next list shows it."""
    proxy.rules = [Rule(Match(("watch",), "horizontalpodautoscalers"), DropEvents())]
    tenant.patch("HorizontalPodAutoscaler", "web", {"spec": {"minReplicas": 2}})
    tenant.wait("it is up again", lambda: tenant.limits("web")[0] == 24, WITHIN_A_MINUTE + LOADED)


@pytest.mark.fault_row(6)
@pytest.mark.usefixtures("on_air")
def test_silent_watches_are_opened_again_and_phases_go_on(tenant: Tenant, proxy: Proxy) -> None:
    """A watch without a word is left within 75 s; one that is only quiet is not."""
    tenant.create(deployment("late", 4), hpa("late", *OWNERS))
    due = tenant.soon(tenant.clock.calendar_length(40))
    tenant.create(campaign("late", airtime(due.isoformat()), targets=[target("late")]))
    tenant.wait("it is announced", lambda: phase(tenant, "late"))
    since, silent = len(proxy.journal), "statefulsets"
    proxy.rules = [Rule(Match(("watch",), silent), Hold(600), times=1)]
    held = Clock.real_now()

    tenant.wait("it is raised", lambda: tenant.limits("late") == RAISED, 60)
    raised = tenant.calendar_of(tenant.writes("horizontalpodautoscalers", "late")[0].at)
    assert raised <= due
    again = tenant.wait("another watch", lambda: opened(proxy, silent, since), SILENT)[0]
    at = next(entry.at for entry in proxy.journal if entry.number == again)
    assert (at - held).total_seconds() <= SILENT
    assert [kind for kind in KINDS if opened(proxy, kind, since)] == [silent]
