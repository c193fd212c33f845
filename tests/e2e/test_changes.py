"""What happens to a floor in force when somebody changes its campaign on air.

The show and its cool-down are those of tests.e2e.cool_downs.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.e2e import tracks
from tests.e2e.cool_downs import EVERY, HALF, HOLD, go_on_air, is_cooling
from tests.e2e.evenings import (
    FLOOR,
    LEAD,
    USUAL,
    assert_steps,
    flat,
    minutes,
    rfc3339,
    show,
    start_operator,
)
from tests.e2e.manifests import airtime, target

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.e2e.tenant import Tenant

SAID_WITHIN = 10.0
"""Real seconds until a condition says what is wrong."""


def delete(tenant: Tenant, _start: datetime) -> None:
    """Delete the campaign."""
    tenant.delete("Campaign", "show")
    assert tenant.api.find("Campaign", tenant.namespace, "show") is None


def suspend(tenant: Tenant, _start: datetime) -> None:
    """Suspend the campaign."""
    tenant.patch("Campaign", "show", {"spec": {"suspend": True}})


def postpone(tenant: Tenant, start: datetime) -> None:
    """Move the airtime to the next day."""
    later = airtime(rfc3339(start + timedelta(days=1)), "20m")
    tenant.patch("Campaign", "show", {"spec": {"airtimes": [later]}})


@pytest.mark.fault_row(20, 21)
@pytest.mark.parametrize("change", [delete, suspend, postpone], ids=lambda c: c.__name__)
def test_need_ends(tenant: Tenant, change: Callable[[Tenant, datetime], None]) -> None:
    """A change that ends a need on air begins the normal cool-down when it is seen."""
    start = go_on_air(tenant, "20m")
    seen = tenant.clock.now()
    change(tenant, start)
    tenant.wait("the ledger is empty again", lambda: not tenant.ledger())

    half = seen + HOLD
    steps = (start - LEAD, FLOOR), (half, HALF), (half + EVERY, USUAL)
    assert_steps(tracks.replicas(tenant, "app"), *steps)


@pytest.mark.fault_row(20)
def test_target_dropped(tenant: Tenant) -> None:
    """A target that is taken out of its target set on air cools down, and the others stay up."""
    start = go_on_air(tenant, "20m")
    seen = tenant.clock.now()
    tenant.patch("TargetSet", "mol", {"spec": {"targets": [target("other")]}})
    tenant.wait("one entry is erased", lambda: len(tenant.ledger()) == 1)

    half = seen + HOLD
    steps = (start - LEAD, FLOOR), (half, HALF), (half + EVERY, USUAL)
    assert_steps(tracks.replicas(tenant, "app"), *steps)
    assert_steps(tracks.replicas(tenant, "other"), (start - LEAD, FLOOR))


def test_campaign_applied_anew(tenant: Tenant) -> None:
    """A campaign that is deleted on air and applied again at once loses nothing of its floor."""
    start = go_on_air(tenant, "7m")
    delete(tenant, start)
    tenant.wait("the change is recorded", lambda: all(map(is_cooling, tenant.ledger())))
    tenant.create(show(start, "7m"))
    tenant.wait("the ledger is empty again", lambda: not tenant.ledger())

    half = start + minutes(7) + HOLD
    steps = (start - LEAD, FLOOR), (half, 14), (half + EVERY, USUAL)
    assert_steps(tracks.replicas(tenant, "app"), *steps)


@pytest.mark.fault_row(20)
def test_load_lowered(tenant: Tenant) -> None:
    """A smaller load on air takes the floor down by a cool-down, and never below what is left."""
    start = go_on_air(tenant, "9m")
    seen = tenant.clock.now()
    tenant.patch("Campaign", "show", {"spec": {"load": flat(700)}})
    tenant.wait("the ledger is empty again", lambda: not tenant.ledger())

    end = start + minutes(9)
    cooled = (end + HOLD, 11), (end + HOLD + EVERY, USUAL)
    steps = (start - LEAD, FLOOR), (seen + HOLD, 18), *cooled
    assert_steps(tracks.replicas(tenant, "app"), *steps)


def test_operators_limit_lowered(tenant: Tenant) -> None:
    """A lower limit of the operator's own takes the floor down by a cool-down, and cuts nobody."""
    start = go_on_air(tenant, "20m")
    tenant.kill_operator()
    tenant.start_operator(f"--max-replicas-per-target={HALF}")
    tenant.wait("the change is recorded", lambda: all(map(is_cooling, tenant.ledger())))
    tenant.wait("the floor is down", lambda: tenant.replicas("app")[0] == HALF)

    seen = min(map(cooling_since, tenant.ledger()))
    steps = (start - LEAD, FLOOR), (seen + HOLD, HALF)
    assert_steps(tracks.replicas(tenant, "app"), *steps)


@pytest.mark.fault_row(20)
def test_load_raised(tenant: Tenant) -> None:
    """A bigger load on air raises the floor at once."""
    start = go_on_air(tenant, "20m")
    seen = tenant.clock.now()
    tenant.patch("Campaign", "show", {"spec": {"load": flat(2000)}})
    tenant.wait("the floor has risen", lambda: tenant.replicas("app")[0] == 44)

    assert_steps(tracks.replicas(tenant, "app"), (start - LEAD, FLOOR), (seen, 44))


def test_show_runs_longer(tenant: Tenant) -> None:
    """A show that is made longer on air keeps its floor until the new end."""
    start = go_on_air(tenant, "4m")
    longer = airtime(rfc3339(start), "8m")
    tenant.patch("Campaign", "show", {"spec": {"airtimes": [longer]}})
    tenant.wait("the ledger is empty again", lambda: not tenant.ledger())

    half = start + minutes(8) + HOLD
    steps = (start - LEAD, FLOOR), (half, 14), (half + EVERY, USUAL)
    assert_steps(tracks.replicas(tenant, "app"), *steps)


def unknown_zone(tenant: Tenant) -> str:
    """Edit the time zone to one that does not exist; returns the reason that it leads to."""
    tenant.patch("Campaign", "show", {"spec": {"timeZone": "Europe/Hilversum"}})
    return "UnknownTimeZone"


def no_target_set(tenant: Tenant) -> str:
    """Delete the target set; returns the reason that it leads to."""
    tenant.delete("TargetSet", "mol")
    return "TargetSetMissing"


@pytest.mark.parametrize("spoil", [unknown_zone, no_target_set], ids=lambda c: c.__name__)
def test_campaign_becomes_invalid(tenant: Tenant, spoil: Callable[[Tenant], str]) -> None:
    """A campaign that becomes invalid on air says so, but keeps its floor to its recorded end."""
    start = go_on_air(tenant, "7m")
    reason = spoil(tenant)
    tenant.wait(reason, lambda: said(tenant, "Valid") == ("False", reason), SAID_WITHIN)
    tenant.wait("the ledger is empty again", lambda: not tenant.ledger())

    half = start + minutes(7) + HOLD
    steps = (start - LEAD, FLOOR), (half, HALF), (half + EVERY, USUAL)
    assert_steps(tracks.replicas(tenant, "app"), *steps)
    tenant.wait("restored", lambda: said(tenant, "Restored") == ("True", "Restored"))


def test_campaign_is_mended(tenant: Tenant) -> None:
    """A campaign that is made valid again on air goes on as if it had never been invalid."""
    start = go_on_air(tenant, "7m")
    tenant.patch("Campaign", "show", {"spec": {"timeZone": "Europe/Hilversum"}})
    tenant.wait("invalid", lambda: said(tenant, "Valid")[0] == "False", SAID_WITHIN)
    tenant.patch("Campaign", "show", {"spec": {"timeZone": "Europe/Amsterdam"}})
    tenant.wait("valid", lambda: said(tenant, "Valid")[0] == "True", SAID_WITHIN)
    tenant.wait("the ledger is empty again", lambda: not tenant.ledger())

    half = start + minutes(7) + HOLD
    steps = (start - LEAD, FLOOR), (half, 14), (half + EVERY, USUAL)
    assert_steps(tracks.replicas(tenant, "app"), *steps)


def test_restart_in_cool_down(tenant: Tenant) -> None:
    """A restart in the middle of the cool-down after a change does not begin it again."""
    start = go_on_air(tenant, "30m", hold="8m")
    seen = tenant.clock.now()
    tenant.delete("Campaign", "show")
    tenant.wait("the change is recorded", lambda: all(map(is_cooling, tenant.ledger())))
    tenant.wait_until(seen + minutes(3))
    tenant.kill_operator()
    start_operator(tenant)
    tenant.wait("the ledger is empty again", lambda: not tenant.ledger())

    half = seen + minutes(8)
    steps = (start - LEAD, FLOOR), (half, HALF), (half + EVERY, USUAL)
    assert_steps(tracks.replicas(tenant, "app"), *steps)


def cooling_since(entry: dict[str, dict[str, dict[str, str]]]) -> datetime:
    """Return when a cooling entry's change was seen."""
    _, since, *_ = json.loads(entry["metadata"]["annotations"]["onair.dev/changed"])
    return datetime.fromisoformat(since)


def said(tenant: Tenant, kind: str) -> tuple[str | None, str | None]:
    """Return the status and the reason of a condition of the campaign."""
    condition = tenant.condition("show", kind)
    return condition.get("status"), condition.get("reason")
