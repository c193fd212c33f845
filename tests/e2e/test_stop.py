"""`onair stop` against a real API server and a running operator.

The show and its cool-down are those of tests.e2e.cool_downs.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from tests.e2e import tracks
from tests.e2e.commands import account, onair
from tests.e2e.cool_downs import COOL_DOWN, EVERY, HALF, HOLD, go_on_air, is_cooling
from tests.e2e.evenings import (
    FLOOR,
    LEAD,
    USUAL,
    announce,
    assert_steps,
    flat,
    minutes,
    open_evening,
    show,
)
from tests.e2e.manifests import deployment, hpa, target

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from subprocess import CompletedProcess

    from tests.e2e.tenant import Tenant

BOTH = 35  # with 500 requests/s of another show, laddered
READS = {"apiGroups": ["onair.dev"], "resources": ["campaigns"], "verbs": ["get"]}


def stop(
    tenant: Tenant, *words: str, name: str = "show", kubeconfig: Path | None = None
) -> CompletedProcess[str]:
    """Run `onair stop` in the test's namespace, as an administrator if as nobody else."""
    where = (f"--namespace={tenant.namespace}", f"--lease-namespace={tenant.namespace}")
    return onair(kubeconfig or tenant.cluster.kubeconfig, "stop", name, *where, *words)


def stopped(tenant: Tenant) -> datetime:
    """Return the calendar instant at which a campaign was stopped, last of all."""
    stops = (
        request.at
        for request in tenant.audit()
        if (request.resource, request.subresource, request.verb) == ("campaigns", "", "patch")
    )
    return tenant.calendar_of(max(stops))


def noted(tenant: Tenant) -> list[str]:
    """Return the campaigns of each ledger entry."""
    return [entry["metadata"]["annotations"]["onair.dev/campaigns"] for entry in tenant.ledger()]


def test_the_floor_cools_down(tenant: Tenant) -> None:
    """A stopped campaign is suspended, said so, and lets go as it does after an airing."""
    start = go_on_air(tenant, "20m")
    done = stop(tenant)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Deployment {tenant.namespace}/app: its floor of 24 replicas stays until" in done.stdout
    assert tenant.get("Campaign", "show")["spec"]["suspend"] is True
    tenant.wait("the ledger is empty again", lambda: not tenant.ledger())

    half = stopped(tenant) + HOLD
    steps = (start - LEAD, FLOOR), (half, HALF), (half + EVERY, USUAL)
    assert_steps(tracks.replicas(tenant, "app"), *steps)


def test_now(tenant: Tenant) -> None:
    """With --now the floor falls as soon as the operator sees it, in one step."""
    start = go_on_air(tenant, "20m")
    done = stop(tenant, "--now")
    assert (done.returncode, done.stderr) == (0, "")
    assert "falls to what its owner had set as soon as the operator sees the stop" in done.stdout
    tenant.wait("the ledger is empty again", lambda: not tenant.ledger())
    assert_steps(tracks.replicas(tenant, "app"), (start - LEAD, FLOOR), (stopped(tenant), USUAL))


def test_now_in_a_cool_down(tenant: Tenant) -> None:
    """What a plain stop has left to cool down ends with a second stop, --now."""
    start = go_on_air(tenant, "20m", hold="60m")
    assert stop(tenant).returncode == 0
    tenant.wait("it cools down", lambda: all(map(is_cooling, tenant.ledger())))
    assert stop(tenant, "--now").returncode == 0
    tenant.wait("the ledger is empty again", lambda: not tenant.ledger())
    assert_steps(tracks.replicas(tenant, "app"), (start - LEAD, FLOOR), (stopped(tenant), USUAL))


def test_now_beside_another_campaign(tenant: Tenant) -> None:
    """The floor falls at once to what another campaign needs, and stays there until its end."""
    tenant.create(deployment("app", USUAL))
    start = open_evening(tenant)
    announce(tenant, start, "20m", target("app"), cool_down=COOL_DOWN)
    tenant.create(show(start, "8m", name="other", load=flat(500)))
    tenant.wait_until(start + minutes(2))
    tenant.wait("both are on air", lambda: tenant.replicas("app")[0] == BOTH)
    tenant.wait("both are noted", lambda: all("other" in text for text in noted(tenant)))
    done = stop(tenant, "--now")
    assert f"falls to what {tenant.namespace}/other needs as soon as" in done.stdout
    tenant.wait("the ledger is empty again", lambda: not tenant.ledger())

    half = start + minutes(8) + HOLD
    steps = (start - LEAD, BOTH), (stopped(tenant), 14), (half, 9), (half + EVERY, USUAL)
    assert_steps(tracks.replicas(tenant, "app"), *steps)


def test_now_through_an_hpa(tenant: Tenant) -> None:
    """The minimum falls at once; the maximum follows when the crowd has left, and nobody is cut."""
    tenant.create(deployment("app", USUAL), hpa("app", USUAL, 20))
    start = open_evening(tenant)
    announce(tenant, start, "20m", target("app"), cool_down=COOL_DOWN)
    tenant.wait_until(start + minutes(2))
    tenant.wait("it is on air", lambda: tenant.limits("app")[0] == FLOOR)
    assert stop(tenant, "--now").returncode == 0
    tenant.wait("the minimum is back", lambda: tenant.limits("app")[0] == USUAL)
    tenant.wait("the maximum is back", lambda: tenant.limits("app") == (USUAL, 20), 60)


def test_taken_up_again(tenant: Tenant) -> None:
    """The command that is printed raises again, and leaves nothing of the stop behind."""
    go_on_air(tenant, "20m")
    done = stop(tenant, "--now")
    tenant.wait("it is given back", lambda: tenant.replicas("app")[0] == USUAL)
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("To take it up again"))
    program, *words = shlex.split(line.partition(": ")[2])
    assert program == "kubectl"
    tenant.cluster.kubectl(*words)
    tenant.wait("it is raised again", lambda: tenant.replicas("app")[0] == FLOOR)
    body = tenant.get("Campaign", "show")
    assert not body["spec"]["suspend"]
    assert "onair.dev/stop" not in body["metadata"].get("annotations", {})
    assert stop(tenant).returncode == 0
    tenant.wait("the ledger is empty again", lambda: not tenant.ledger())
    values = tracks.replicas(tenant, "app").values
    assert values == [USUAL, FLOOR, USUAL, FLOOR, HALF, USUAL]


def test_a_campaign_that_cannot_be_planned(tenant: Tenant) -> None:
    """One that is kept up to its recorded end, because it is invalid, is let go by a stop."""
    start = go_on_air(tenant, "20m")
    tenant.patch("Campaign", "show", {"spec": {"timeZone": "Europe/Hilversum"}})
    tenant.wait("invalid", lambda: tenant.condition("show", "Valid").get("status") == "False")
    assert stop(tenant).returncode == 0
    tenant.wait("the ledger is empty again", lambda: not tenant.ledger())
    half = stopped(tenant) + HOLD
    steps = (start - LEAD, FLOOR), (half, HALF), (half + EVERY, USUAL)
    assert_steps(tracks.replicas(tenant, "app"), *steps)


def test_whose_field_it_is(tenant: Tenant) -> None:
    """The suspension belongs to the person who stops, and to none of the operator's writes."""
    announce(tenant, tenant.clock.now(), "20m", target("app"))
    before = tenant.get("Campaign", "show")["metadata"]["managedFields"]
    stop(tenant)
    managers = {e["manager"] for e in tenant.get("Campaign", "show")["metadata"]["managedFields"]}
    assert managers - {e["manager"] for e in before} == {"onair-stop"}


def test_without_an_operator(tenant: Tenant) -> None:
    """The campaign is suspended, and the error output says that nobody follows it."""
    announce(tenant, tenant.clock.now(), "20m", target("app"))
    done = stop(tenant)
    assert done.returncode == 0
    assert "Nothing is held for it." in done.stdout
    assert f"no process holds the Lease {tenant.namespace}/onair" in done.stderr


def test_refused_twice(tenant: Tenant) -> None:
    """What is suspended already is said, with what is left to do, and nothing is written."""
    announce(tenant, tenant.clock.now(), "20m", target("app"))
    stop(tenant)
    before = tenant.get("Campaign", "show")
    again = stop(tenant)
    assert (again.returncode, again.stdout) == (1, "")
    assert "is suspended already" in again.stderr
    assert "--now leaves out what is left of its cool-down" in again.stderr
    assert tenant.get("Campaign", "show") == before
    assert stop(tenant, "--now").returncode == 0
    assert "--now" not in stop(tenant, "--now").stderr


def test_no_such_campaign(tenant: Tenant) -> None:
    """The message says where it looked, and how to find it."""
    done = stop(tenant, name="quiz")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"Error: there is no campaign {tenant.namespace}/quiz; " in done.stderr


def test_forbidden(tenant: Tenant) -> None:
    """Whoever may not change campaigns is told which right that takes, and nothing changes."""
    announce(tenant, tenant.clock.now(), "20m", target("app"))
    done = stop(tenant, kubeconfig=account(tenant, READS))
    assert (done.returncode, done.stdout) == (1, "")
    assert "no right to patch campaigns.onair.dev in namespace" in done.stderr
    assert "Traceback" not in done.stderr
    assert not tenant.get("Campaign", "show")["spec"].get("suspend")
