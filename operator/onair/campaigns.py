"""From the world and the targets' reports to what a campaign's status is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onair.model import reasons
from onair.model.campaigns import CampaignSpec
from onair.plan.aims import SEEN_AHEAD, needs_between
from onair.plan.explain import explain
from onair.plan.lacks import lacks_of, worst
from onair.plan.near import around
from onair.plan.status import CampaignView, TargetView
from onair.schedule.airings import begins_after, counts
from onair.schedule.zones import zone
from onair.upcoming import NOTHING, Shown, Upcoming

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from onair.aims import Aims
    from onair.items import Declared
    from onair.plan.aims import Aim
    from onair.plan.observed import Limits, TargetKey
    from onair.plans import Planned
    from onair.reports import Report


class Campaigns:
    """Views of campaigns.

    `unread` returns what keeps a namespace from being read, "" if nothing does.
    """

    def __init__(
        self,
        aims: Aims,
        reports: Mapping[TargetKey, Report],
        unread: Callable[[str], str],
        *,
        observing: bool,
    ) -> None:
        self._aims = aims
        self._reports = reports
        self._unread = unread
        self._observing = observing
        self._upcoming = Upcoming(aims, reports)

    def view(self, campaign: Declared, now: datetime) -> CampaignView:
        """Return all that the status of a campaign is made of."""
        resolved = self._aims.of(campaign.namespace)
        aims = resolved.by_campaign.get(campaign.name, [])
        spec = campaign.spec if isinstance(campaign.spec, CampaignSpec) else None
        invalid = resolved.invalid.get(campaign.name)
        name = f"{campaign.namespace}/{campaign.name}"
        suspended = bool(spec and spec.suspend)
        shown = NOTHING if invalid or suspended else self._upcoming.of(campaign, now)
        aimed = {aim.key: aim for aim in aims}
        keys = [*aimed, *(key for key in self._held_for(name) if key not in aimed)]
        return CampaignView(
            generation=campaign.generation,
            zone=zone(spec.time_zone) if spec and not invalid else zone("UTC"),
            suspended=suspended,
            invalid=invalid,
            upcoming=shown.airings,
            later=bool(spec and not invalid and not shown.airings and begins_after(spec, now)),
            counts=counts(spec) if spec and not invalid else "",
            targets=tuple(self._target(key, aimed.get(key), name, shown, now) for key in keys),
            observing=self._observing,
            unread=self._unread(campaign.namespace),
        )

    def forget(self, namespace: str, name: str) -> None:
        """Forget a campaign that is not there any more."""
        self._upcoming.forget(namespace, name)

    def _held_for(self, name: str) -> list[TargetKey]:
        """Return the targets that a campaign still holds, whether it aims at them or not."""
        return sorted(
            key
            for key, report in self._reports.items()
            if report.held and name in {held for held, _ in report.campaigns}
        )

    def _target(
        self, key: TargetKey, aim: Aim | None, name: str, shown: Shown, now: datetime
    ) -> TargetView:
        target = aim.target.name if aim else key.name
        report = self._reports.get(key)
        if report is None or report.situation is None or report.planned is None:
            decision = report.decision if report else None
            reason, message = (decision.reason, decision.message) if decision else ("", "")
            return TargetView(target, key.kind, key.name, reason, message, 0, 0)
        situation, planned = report.situation, report.planned
        step = planned.timeline.at(now)
        entry = situation.entry
        moments = (at for u in shown.airings for at, _ in reversed(u.moments) if at >= now)
        steered = situation.steered
        return TargetView(
            name=target,
            kind=key.kind,
            workload=key.name,
            reason=report.decision.reason,
            message=report.decision.message,
            due=max(step.floor, report.decision.floor),
            ready=report.ready,
            steered_by=f"{steered.id.kind}/{steered.id.name}" if steered else None,
            baseline=_baseline_text(entry.baseline) if entry else None,
            ceiling=report.decision.ceiling,
            held=report.held and name in {held for held, _ in report.campaigns},
            limited=_multiplied(planned, shown, aim) or _limited(planned, shown, key, now),
            overlapping=_others(report, name),
            why=self._why(key, planned, next(moments, now)),
            verdicts=tuple((at, v) for (said, at), v in report.verdicts.items() if said == name),
        )

    def _why(self, key: TargetKey, planned: Planned, at: datetime) -> str:
        """Return the arithmetic of an instant, however far ahead."""
        aims = self._aims.of(key.namespace).by_target.get(key, [])
        needs = around(needs_between(aims, at, at + SEEN_AHEAD), at)
        return explain(needs, planned.usual, planned.limits, at)


def _others(report: Report, name: str) -> tuple[str, ...]:
    needs = report.planned.needs if report.planned else ()
    return tuple(sorted({need.campaign for need in needs} - {name}))


def _multiplied(planned: Planned, shown: Shown, aim: Aim | None) -> tuple[str, str] | None:
    """Return why a multiple of the usual load raises nothing, if one is announced and does not."""
    if planned.usual or aim is None or aim.target.replicas is not None:
        return None
    if all((airing.airing.load.multiplier or 1) == 1 for airing in shown.airings):
        return None
    message = (
        "the usual load is 0 or not known, and a multiple of it is nothing; say usualReplicas"
        " for this target"
    )
    return reasons.USUAL_LOAD_UNKNOWN, message


def _limited(
    planned: Planned, shown: Shown, key: TargetKey, now: datetime
) -> tuple[str, str] | None:
    """Return why a target will not get what it needs: where it lacks most, of all that is known."""
    moments = (lack for target, lack in shown.lacks if target == key and lack.at >= now)
    lack = worst([*lacks_of(planned.timeline, now), *moments])
    if lack is None:
        return None
    _, required, left, limit = lack
    return limit.reason, f"needs {required:,}, limited to {left:,} by {limit.name}"


def _baseline_text(baseline: Limits) -> str:
    if baseline.maximum is None:
        return f"replicas {baseline.minimum}"
    return f"min {baseline.minimum}, max {baseline.maximum}"
