"""What the simulation expects of an evening, arm by arm, before a crowd comes.

The same campaign, the same limits and the same curve as on real pods; requests are a rate here, and
replicas serve up to their slots' worth of it.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

from onair.model.parse import parse_campaign
from onair.plan.aims import Named, resolve
from onair.simulation.settings import Hpa, Metric, Settings
from onair.simulation.simulating import Scene, simulate
from onair.traces.trace import Trace
from tests.crowd import manifests
from tests.crowd.arms import ARMS, CRON, CRON_MINIMUM, HPA, ONAIR, SERVED
from tests.crowd.episode import PEAK, START_UP, USUAL_REPLICAS, Episode
from tests.crowd.manifests import (
    CAMPAIGN,
    HPA_MAXIMUM,
    HPA_MINIMUM,
    HPA_TARGET,
    MAX_REPLICAS,
    NAMESPACE,
    PER_REPLICA,
    SERVICE_TIME,
    SLOTS,
)
from tests.crowd.measure import AHEAD, curve
from tests.crowd.pairs import evenings

if TYPE_CHECKING:
    from collections.abc import Sequence

Body = dict[str, Any]

BEGIN = datetime(2027, 1, 9, 20, tzinfo=UTC)
"""Of the measurement; any other whole second would do."""

STARTED = 2.0
"""Seconds beside the application's own start: until its pod is on the node, its container runs and
its probe is seen. Measured runs show 1 to 3."""

METRIC = Metric("cpu", window=10, delay=5, every=10)
"""What metrics-server asks kubelet for every 10 s, which has a new figure every 10 s itself."""

SETTINGS = Settings(
    per_replica=PER_REPLICA,
    capacity=SLOTS / SERVICE_TIME.total_seconds(),
    hpa=Hpa(HPA_MINIMUM, HPA_MAXIMUM, SERVED, METRIC, HPA_TARGET),
    start_up=START_UP + STARTED,
    node_wait=0,
)

SIMULATED = {HPA: "hpa-cpu", CRON: "cron", ONAIR: "onair"}


@dataclass(frozen=True, slots=True)
class Prediction:
    """Requests above capacity, and what the pods cost until the episode's length."""

    failed: float
    pod_seconds: float


def predictions(pairs: int) -> dict[str, Prediction]:
    """Return the medians over so many pairs of evenings at their real speed, for each arm."""
    found: dict[str, list[Prediction]] = {arm: [] for arm in ARMS}
    for _, arm, episode in evenings(pairs, 1):
        found[arm].append(predict(arm, episode))
    return {arm: _median(of_arm) for arm, of_arm in found.items()}


def predict(arm: str, episode: Episode) -> Prediction:
    """Return what an arm makes of an evening at its real speed."""
    waited = round(AHEAD.total_seconds() + episode.hpa_ahead)
    rates = array("d", [*[0.0] * waited, *curve(episode)])
    trace = Trace(BEGIN - timedelta(seconds=waited), 1, rates)
    start = BEGIN + timedelta(seconds=episode.start)
    campaign = _cron(episode, start) if arm == CRON else manifests.campaign(episode, start)
    aims = resolve(Named(NAMESPACE, CAMPAIGN), parse_campaign(campaign), lambda _: None)
    scene = Scene(
        trace=trace,
        after=trace.begin,
        before=trace.end,
        aims=tuple(aims),
        most=MAX_REPLICAS,
        settings=SETTINGS,
        speed=1,
        cron=CRON_MINIMUM,
    )
    (outcome,) = simulate(scene, (SIMULATED[arm],)).arms
    ahead = USUAL_REPLICAS * waited
    return Prediction(outcome.figures.lost, 3600 * outcome.figures.pod_hours - ahead)


def _cron(episode: Episode, start: datetime) -> Body:
    """Return a campaign for as long as the cron job of arms.py raises the minimum."""
    body = manifests.campaign(episode, start)
    flat = {"shape": "Flat", "requestsPerSecond": PEAK}
    airtime = body["spec"]["airtimes"][0] | {
        "duration": f"{episode.crowd_gone - episode.start:.0f}s"
    }
    return body | {
        "spec": body["spec"] | {"airtimes": [airtime], "load": flat, "warmUp": {"lead": "0s"}}
    }


def _median(some: Sequence[Prediction]) -> Prediction:
    failed = median(each.failed for each in some)
    return Prediction(failed, median(each.pod_seconds for each in some))
