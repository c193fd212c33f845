"""The operator's planner over the manifests of a scenario, without a cluster.

Every target has as many replicas Ready as are due, so summaries speak of the plan alone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Any

from onair.aims import Aims
from onair.campaigns import Campaigns
from onair.cluster import resources
from onair.gather import Gatherer, Reassertion
from onair.plan.decide import decide
from onair.plan.status import build
from onair.plans import Plans
from onair.reports import Report, Reports
from onair.usual import History
from onair.world import World

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from onair.plan.observed import TargetKey
    from onair.plan.timeline import Step

Body = dict[str, Any]

MOST = 500
"""The operator's own limit, as `onair run` has it by default."""

_RESOURCES = {r.kind: r for r in (resources.CAMPAIGNS, resources.TARGET_SETS)}


class Planner:
    """What the operator plans at an instant, for manifests that it has seen in this order."""

    def __init__(
        self, manifests: Iterable[Body], running: Mapping[str, int], now: datetime
    ) -> None:
        self._now = now
        self._running = running
        self._versions = count(1)
        self._world = World()
        for body in manifests:
            self._observe(_RESOURCES[body["kind"]], body)
        self._aims = Aims(self._world)
        for key in self._targets:
            self._run(key)
        self._plans = Plans(self._world, self._aims, History(), MOST)

    def steps(self, workload: str, until: datetime | None) -> list[Step]:
        """Return the step in force now, and those that follow before an instant."""
        (key,) = (key for key in self._targets if key.name == workload)
        timeline = self._plans.of(key, self._now).timeline
        later = [step for step in timeline.steps if until and self._now < step.at < until]
        return [timeline.at(self._now), *later]

    def status(self, campaign: str) -> Body:
        """Return the status that a campaign has now."""
        found = next(c for c in self._world.campaigns() if c.name == campaign)
        views = Campaigns(self._aims, self._reports, lambda _: "", observing=False)
        return build(views.view(found, self._now), {}, self._now)

    @cached_property
    def _reports(self) -> Reports:
        return Reports({key: self._report(key) for key in self._targets})

    @property
    def _targets(self) -> list[TargetKey]:
        spaces = {campaign.namespace for campaign in self._world.campaigns()}
        aims = [aims for space in spaces for aims in self._aims.of(space).by_campaign.values()]
        return sorted({aim.key for each in aims for aim in each})

    def _report(self, key: TargetKey) -> Report:
        gatherer = Gatherer(self._world, self._aims, self._plans, observes=False)
        no_echo = Reassertion(allowed=True, echo=timedelta())
        situation = gatherer.situation(key, self._now, None, no_echo)
        assert situation.workload is not None
        due = situation.timeline.at(self._now).floor
        ready = replace(situation.workload, ready=due)
        report = Report(decide(situation), situation, self._plans.of(key, self._now))
        return replace(report, situation=replace(situation, workload=ready))

    def _run(self, key: TargetKey) -> None:
        replicas = self._running.get(key.name, 1)
        spec = {"replicas": replicas, "selector": {"matchLabels": {"app": key.name}}}
        body = {"metadata": {"name": key.name, "namespace": key.namespace}, "spec": spec}
        self._observe(resources.WORKLOADS[key.kind], body)

    def _observe(self, resource: resources.Resource, body: Body) -> None:
        meta = body["metadata"]
        known = {"uid": f"uid-{meta['name']}", "resourceVersion": str(next(self._versions))}
        self._world.observe(resource, body | {"metadata": meta | known | {"generation": 1}})
