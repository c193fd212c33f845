"""The simulation's OnAir and the operator make the same floors for the same campaign and clock."""

from __future__ import annotations

from array import array
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from onair.model.parse import parse_campaign
from onair.plan.aims import Named, resolve
from onair.simulation.settings import Hpa, Settings
from onair.simulation.simulating import Scene, simulate
from onair.traces.trace import Trace
from tests.e2e import tracks
from tests.e2e.evenings import LATE, NO_FIGURES, minutes, open_evening, rfc3339
from tests.e2e.manifests import airtime, campaign, deployment, hpa, target

if TYPE_CHECKING:
    from datetime import datetime

    from tests.e2e.tenant import Tenant

Body = dict[str, Any]

RUNNING = 4
MINIMUM, MAXIMUM = 2, 20
PER_REPLICA = 50
MOST = 500
"""The operator's own limit, as `onair run` has it by default."""

RISE: Body = {
    "shape": "Custom",
    "points": [
        {"at": "start-2m", "level": "20%"},
        {"at": "start", "level": "20%"},
        {"at": "end", "level": "100%"},
    ],
    "requestsPerSecond": 500,
    "headroom": "0%",
}
"""Two replicas, one more every two and a half minutes, ten."""

FLAT: Body = {"shape": "Flat", "requestsPerSecond": 150, "headroom": "0%"}
AGAIN = minutes(36)
"""From the start of the rise: within an hour of it, so that the usual load is the one of before."""


@pytest.mark.parametrize(
    ("fields", "values"),
    [
        pytest.param(
            {"usualReplicas": 6},
            [2, 8, 9, 10, 11, 12, 13, 14, 15, 16, 11, 2, 9, 8, 2],
            id="the usual load is declared",
        ),
        pytest.param(
            {},
            [2, 6, 7, 8, 9, 10, 11, 12, 13, 14, 9, 2, 7, 6, 2],
            id="the usual load is read from what runs",
        ),
    ],
)
def test_floors_are_the_same(tenant: Tenant, fields: Body, values: list[int]) -> None:
    """The HPA's minimum takes the same values in the same order, each within two minutes."""
    tenant.create(deployment("api", RUNNING), hpa("api", MINIMUM, MAXIMUM, metrics=NO_FIGURES))
    start = open_evening(tenant)
    announced = _announced(start, fields)
    tenant.create(announced)
    simulated = _simulated(announced, start, tenant.namespace)
    assert [value for _, value in simulated] == values

    (over, last) = simulated[-1]
    tenant.wait_until(over)
    tenant.wait("all is given back", lambda: tenant.limits("api")[0] == last)
    written = tracks.minima(tenant, "api")
    assert written.values == values
    for point, (planned, _) in zip(written.points[1:], simulated[1:], strict=True):
        assert planned <= point.at <= planned + LATE, f"{point.value} at {point.at}, not {planned}"


def _announced(start: datetime, fields: Body) -> Body:
    """Return a rise of twenty minutes and, soon after its cool-down, five minutes of less."""
    return campaign(
        "show",
        airtime(rfc3339(start), "20m", name="rise"),
        airtime(rfc3339(start + AGAIN), "5m", name="again", load=FLAT),
        load=RISE,
        targets=[target("api", **fields)],
        warmUp={"lead": "6m"},
        coolDown={"hold": "1m", "step": "50%", "every": "3m"},
    )


def _simulated(announced: Body, start: datetime, namespace: str) -> list[tuple[datetime, int]]:
    """Return the minimum of the HPA over the evening's clock, under the load of what runs."""
    begin, end = start - timedelta(hours=2), start + timedelta(hours=2)
    rates = array("d", [RUNNING * PER_REPLICA] * (4 * 60))
    aims = resolve(Named(namespace, "show"), parse_campaign(announced), lambda _: None)
    scene = Scene(
        trace=Trace(begin, 60, rates),
        after=begin,
        before=end,
        aims=tuple(aims),
        most=MOST,
        settings=Settings(
            per_replica=PER_REPLICA,
            capacity=PER_REPLICA / 0.7,
            hpa=Hpa(MINIMUM, MAXIMUM, PER_REPLICA),
        ),
        speed=1,
        cron=None,
    )
    (outcome,) = simulate(scene, ("onair",)).arms
    floor = outcome.course.floor
    seconds = (timedelta(seconds=second) for second in floor.times)
    return [(begin + second, value) for second, value in zip(seconds, floor.values, strict=True)]
