"""The alert rules speak of metrics that the operator has, and say what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from onair.cluster.lease_record import LEFT_HELD
from onair.metrics import Metrics
from tests.chart.rendering import NAMESPACE, of_kind, render

if TYPE_CHECKING:
    from tests.chart.rendering import Body

TV = "namespaces={tv}"


def alerts() -> list[Body]:
    """Return the alerting rules."""
    (rule,) = of_kind(render(TV, "monitoring.alerts=true"), "PrometheusRule")
    (group,) = rule["spec"]["groups"]
    rules: list[Body] = group["rules"]
    return rules


EVERY_ALERT = [pytest.param(alert, id=alert["alert"]) for alert in alerts()]


@pytest.mark.parametrize("alert", EVERY_ALERT)
def test_metrics_exist(alert: Body) -> None:
    """Every metric of an alert is one that the operator exports."""
    page = Metrics(observes=False).page().decode()
    exported = set(re.findall(r"^# TYPE (\S+) ", page, re.MULTILINE))
    wanted = re.findall(r"onair_\w+", alert["expr"])
    assert wanted
    assert {name.removesuffix("_bucket") for name in wanted} <= exported


@pytest.mark.parametrize("alert", EVERY_ALERT)
def test_speaks_of_its_own_release(alert: Body) -> None:
    """An alert is about the operator of its release, whatever another one in the cluster does."""
    assert f'namespace="{NAMESPACE}"' in alert["expr"]


def test_floors_of_every_namespace() -> None:
    """A floor's namespace is its target's, any one; its operator is the one that was scraped.

    The alert is the target's: it goes on when another operator says the same after a hand-over.
    """
    (unmet,) = [alert for alert in alerts() if alert["alert"] == "OnAirFloorUnmet"]
    floors, operator = unmet["expr"].split(" and on (job, instance) ")
    assert floors == (
        "max by (namespace, kind, name) ((onair_floor_replicas - onair_ready_replicas)"
    )
    assert operator == f'onair_mode{{mode="enforce", namespace="{NAMESPACE}"}}) > 0'


def test_a_standby_is_no_leader() -> None:
    """Work stands still unless one operator is ready and leads; a second one is for later."""
    found = {alert["alert"]: alert for alert in alerts()}
    here = f'{{namespace="{NAMESPACE}"}}'
    not_ready, no_standby = found["OnAirNotReady"], found["OnAirNoStandby"]
    assert not_ready["expr"] == f"sum(onair_leading{here} * onair_ready{here}) == 0"
    assert no_standby["expr"] == f"sum(onair_ready{here}) == 1"
    assert (not_ready["labels"], no_standby["labels"]) == (
        {"severity": "critical"},
        {"severity": "warning"},
    )


def test_a_left_lease_alarms_nobody() -> None:
    """For as long as an uninstall's Job leaves its Lease held nobody is woken."""
    (alert,) = [alert for alert in alerts() if alert["alert"] == "OnAirNotReady"]
    assert int(alert["for"].removesuffix("m")) * 60 > LEFT_HELD


@pytest.mark.parametrize("alert", EVERY_ALERT)
def test_says_what_to_do(alert: Body) -> None:
    """Every alert has a severity, one sentence of what is wrong, and what to do about it."""
    assert alert["labels"]["severity"] in {"warning", "critical"}
    assert alert["annotations"]["summary"].endswith(".")
    assert len(alert["annotations"]["description"]) > 40


def test_scraping_keeps_the_target() -> None:
    """The ServiceMonitor scrapes the Service's port and keeps the namespace of a floor's target."""
    bodies = render(TV, "monitoring.serviceMonitor=true")
    (monitor,) = of_kind(bodies, "ServiceMonitor")
    (service,) = of_kind(bodies, "Service")
    labels = service["metadata"]["labels"]
    assert monitor["spec"]["selector"]["matchLabels"].items() <= labels.items()
    (port,) = service["spec"]["ports"]
    assert monitor["spec"]["endpoints"] == [{"port": port["name"], "honorLabels": True}]


def test_observing_raises_nothing() -> None:
    """An operator that only observes is watched for being there and Ready, and for nothing else."""
    bodies = render(TV, "mode=observe", "monitoring.alerts=true")
    (rule,) = of_kind(bodies, "PrometheusRule")
    (group,) = rule["spec"]["groups"]
    names = [alert["alert"] for alert in group["rules"]]
    assert names == ["OnAirAbsent", "OnAirNotReady", "OnAirNoStandby", "OnAirClockSkew"]


def test_off_by_default() -> None:
    """Without being asked for neither is rendered: both need CRDs that few clusters have."""
    assert not of_kind(render(TV), "ServiceMonitor", "PrometheusRule")
