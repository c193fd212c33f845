"""The usual load is what the owner's traffic needs: our own floor never feeds back into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.manifests import airtime, campaign, deployment, hpa, target

if TYPE_CHECKING:
    from tests.e2e.audit import Request
    from tests.e2e.tenant import Tenant

USUAL = 4
FLOOR = 24
"""Usual, and 20 replicas for 1,000 requests/s at 50 each."""

STARTS = {"first": "09T19:00", "second": "09T19:14", "third": "09T19:28", "later": "10T19:00"}
"""The second begins while replicas of the first still run."""

SHOWS = [
    airtime("2027-01-09T19:00:00Z", "15m", name="first"),
    airtime("2027-01-09T19:24:00Z", "5m", name="second"),
]
"""The second begins while replicas of the first still run."""

LETTER = airtime("2027-01-09T19:15:00Z", "5m")
"""Its peak is at the end of the send, and the warm-up holds replicas for it from 19:00 on."""


@pytest.mark.usefixtures("metrics")
def test_usual_after_three_airings_is_that_before_the_first(tenant: Tenant) -> None:
    """Three airings in a row ask for the same replicas, and a fourth is planned with the same."""
    shows = [airtime(f"2027-01-{at}:00Z", "5m", name=name) for name, at in STARTS.items()]
    tenant.create(deployment("api", USUAL), hpa("api", USUAL, 20), deployment("plain", USUAL))
    targets = [target("api"), target("plain")]
    tenant.create(campaign("series", *shows, targets=targets, warmUp={"lead": "3m"}))
    tenant.set_calendar("2027-01-09T18:52:00Z")
    tenant.start_operator()
    tenant.wait("a first word", lambda: status(tenant).get("peak") == str(2 * FLOOR))

    tenant.wait_until("2027-01-09T19:34:00Z")
    tenant.wait("replicas have fallen back", lambda: not tenant.ledger(), 60)
    assert status(tenant)["peak"] == str(2 * FLOOR)
    captured = [r.sent["data"]["usual"] for r in tenant.writes("controllerrevisions") if is_new(r)]
    assert set(captured) == {USUAL}
    assert raises(tenant, "horizontalpodautoscalers", "api", "minReplicas") == [FLOOR] * 3
    assert raises(tenant, "deployments", "plain", "replicas") == [FLOOR] * 3


@pytest.mark.usefixtures("metrics")
def test_multiples_that_are_edited_on_air_are_of_the_same_usual_load(tenant: Tenant) -> None:
    """Four times 4 replicas are 16, six times as many on air 24, and the next airing's, too."""
    tenant.create(deployment("api", USUAL), hpa("api", USUAL, 20))
    tenant.create(deployment("plain", USUAL), deployment("mail", USUAL))
    tenant.create(
        multiple("show", "Flat", 4, *SHOWS, targets=["api", "plain"]),
        multiple("letter", "Push", 3, LETTER, targets=["mail"], warmUp={"lead": "20m"}),
    )
    tenant.set_calendar("2027-01-09T18:52:00Z")
    tenant.start_operator()
    tenant.wait("a first word", lambda: peaks(tenant) == {"show": "32", "letter": "12"})
    tenant.wait_until("2027-01-09T19:01:00Z")
    tenant.wait("the floors are up", lambda: replicas(tenant) == {"plain": 16, "mail": 12})

    edit(tenant, show=6, letter=5)
    tenant.wait("they follow", lambda: replicas(tenant) == {"plain": 24, "mail": 20})
    tenant.wait("said so", lambda: peaks(tenant) == {"show": "48", "letter": "20"})
    tenant.delete("Campaign", "letter")
    tenant.wait_until("2027-01-09T19:36:00Z")
    tenant.wait("all is given back", lambda: not tenant.ledger(), 60)
    assert tenant.limits("api") == (USUAL, 20)
    assert replicas(tenant) == {"plain": USUAL, "mail": USUAL}
    captured = [r.sent["data"]["usual"] for r in tenant.writes("controllerrevisions") if is_new(r)]
    assert set(captured) == {USUAL}
    assert raises(tenant, "horizontalpodautoscalers", "api", "minReplicas", 16) == [16, 24, 24]
    assert raises(tenant, "deployments", "plain", "replicas", 16) == [16, 24, 24]


def multiple(
    name: str, shape: str, times: int, *airtimes: dict[str, Any], targets: list[str], **spec: object
) -> dict[str, Any]:
    """Return a campaign whose crowd is so many times the usual load, without saying how big."""
    bare = [
        {"name": each, "scaleTargetRef": {"name": each}, "maxReplicas": 300} for each in targets
    ]
    load = {"shape": shape, "multiplier": times}
    return campaign(name, *airtimes, load=load, targets=bare, **spec)


def edit(tenant: Tenant, **times: int) -> None:
    """Let campaigns ask for another multiple."""
    for name, multiplier in times.items():
        tenant.patch("Campaign", name, {"spec": {"load": {"multiplier": multiplier}}})


def peaks(tenant: Tenant) -> dict[str, str | None]:
    """Return the peak in the status of each campaign."""
    campaigns = {name: tenant.get("Campaign", name) for name in ("show", "letter")}
    return {name: (body.get("status") or {}).get("peak") for name, body in campaigns.items()}


def replicas(tenant: Tenant) -> dict[str, int]:
    """Return the replicas that the Deployments without an HPA are to have."""
    return {name: tenant.replicas(name)[0] for name in ("plain", "mail")}


def status(tenant: Tenant) -> dict[str, Any]:
    """Return the campaign's status, empty before the first word."""
    return tenant.get("Campaign", "series").get("status") or {}


def is_new(request: Request) -> bool:
    """Tell whether a request created an object."""
    return request.verb == "create"


def raises(tenant: Tenant, resource: str, name: str, field: str, least: int = FLOOR) -> list[int]:
    """Return the values that the operator has written to a field, those of cool-downs aside."""
    written = [request.answer["spec"][field] for request in tenant.writes(resource, name)]
    return [value for value in written if value >= least]
