"""A real evening: the World Cup site on 26 June 1998, two matches at 19:00Z."""

from __future__ import annotations

from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING, Any

import pytest

from tests.cluster.progress import say
from tests.e2e.manifests import airtime, campaign, deployment, target
from tests.e2e.ready import ready_pods
from tests.e2e.world_cup import Traces, excess, lost
from tests.traces import traces_folder

if TYPE_CHECKING:
    from tests.e2e.tenant import Tenant

PER_REPLICA = 50
USUAL = 31
MOST_LOST = 0.005
MOST_EXCESS = 1.8
LEAST_LOST_WITHOUT = 0.10
BEGIN, END = "1998-06-26T17:59:00Z", "1998-06-26T22:00:00Z"


@pytest.fixture(scope="module")
def traces() -> Traces:
    """Where there are any."""
    return Traces(traces_folder())


@pytest.mark.timeout(420)
def test_an_announced_evening_is_served_from_pods_that_were_ready_in_time(
    tenant: Tenant, traces: Traces, capsys: pytest.CaptureFixture[str]
) -> None:
    """The crowd of two matches finds enough Ready pods, and not many more than it needs."""
    assert ceil(traces.usual() / PER_REPLICA) == USUAL
    tenant.create(deployment("site", USUAL))
    tenant.wait("the usual pods", lambda: tenant.replicas("site") == (USUAL, USUAL))
    tenant.create(_announced(traces))

    tenant.set_calendar(BEGIN)
    operator = tenant.start_operator()
    over = datetime.fromisoformat(END)
    tenant.wait(END, lambda: not operator.running or tenant.clock.now() > over, 300)
    assert operator.running, tenant.last_words()

    ready = ready_pods(tenant.audit(), "deployments", "site", tenant.calendar_of)
    served = [(rate, ready.at(at)) for at, rate in traces.evening()]
    without = [(rate, USUAL) for rate, _ in served]
    figures = lost(served, PER_REPLICA), excess(served, PER_REPLICA), lost(without, PER_REPLICA)
    with capsys.disabled():
        say(_figures(traces, served, figures))
    assert figures[0] <= MOST_LOST
    assert figures[1] <= MOST_EXCESS
    assert figures[2] > LEAST_LOST_WITHOUT


def _announced(traces: Traces) -> dict[str, Any]:
    matches = airtime("1998-06-26T19:00:00Z", "1h45m", endSlack="15m")
    tenths = ceil(traces.expected_peak() * 10)
    return campaign(
        "matches",
        matches,
        load={"shape": "Livestream", "requestsPerSecond": f"{tenths / 10}"},
        targets=[target("site", perReplica=str(PER_REPLICA), usualReplicas=USUAL)],
        warmUp={"lead": "10m"},
        coolDown={"hold": "5m", "step": "25%", "every": "1m"},
    )


def _figures(
    traces: Traces, served: list[tuple[int, int]], figures: tuple[float, float, float]
) -> str:
    rises = (f"{at:%a %d %B} +{float(rise):.1f}" for at, rise in traces.rises().items())
    return f"""
rises above 17:30Z, requests/s: {", ".join(rises)}
announced peak: {float(traces.expected_peak()):.1f} requests/s on top of {USUAL} usual pods
busiest second: {max(rate for rate, _ in served)} requests/s
most Ready pods: {max(ready for _, ready in served)}
above capacity: {figures[0]:.4%} of the requests, at most {MOST_LOST:.1%}
mean Ready pods: {figures[1]:.3f} times the least, at most {MOST_EXCESS}
{USUAL} pods alone: {figures[2]:.1%} above capacity"""
