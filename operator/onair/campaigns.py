"""From the world and the targets' reports to what a campaign's status is made of."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from onair.model.campaigns import CampaignSpec
from onair.model.status import MAX_UPCOMING
from onair.plan.aims import needs_between
from onair.plan.demand import span
from onair.plan.explain import explain
from onair.plan.moments import moments
from onair.plan.status import CampaignView, TargetView, UpcomingView
from onair.plan.timeline import required_now
from onair.schedule.airings import airings, begins_after, counts
from onair.schedule.zones import zone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from onair.aims import Aims
    from onair.items import Declared
    from onair.plan.aims import Aim
    from onair.plan.needs import Need
    from onair.plan.observed import Limits, TargetKey
    from onair.reports import Report
    from onair.schedule.airings import Airing

SHOWN_AHEAD = timedelta(days=400)
LONGEST_TAIL = timedelta(days=2)


class Campaigns:
    """Views of campaigns; what is expensive is kept until its ground changes.

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
        self._upcoming: dict[tuple[str, str], tuple[object, tuple[UpcomingView, ...]]] = {}

    def view(self, campaign: Declared, now: datetime) -> CampaignView:
        """Return all that the status of a campaign is made of."""
        resolved = self._aims.of(campaign.namespace)
        aims = resolved.by_campaign.get(campaign.name, [])
        spec = campaign.spec if isinstance(campaign.spec, CampaignSpec) else None
        invalid = resolved.invalid.get(campaign.name)
        name = f"{campaign.namespace}/{campaign.name}"
        suspended = bool(spec and spec.suspend)
        upcoming = () if invalid or suspended else self._upcoming_of(campaign, aims, now)
        named = {aim.key: aim.target.name for aim in aims}
        keys = [*named, *(key for key in self._held_for(name) if key not in named)]
        return CampaignView(
            generation=campaign.generation,
            zone=zone(spec.time_zone) if spec and not invalid else zone("UTC"),
            suspended=suspended,
            invalid=invalid,
            upcoming=upcoming,
            later=bool(spec and not invalid and not upcoming and begins_after(spec, now)),
            counts=counts(spec) if spec and not invalid else "",
            targets=tuple(
                self._target(key, named.get(key, key.name), name, upcoming, now) for key in keys
            ),
            observing=self._observing,
            unread=self._unread(campaign.namespace),
        )

    def _held_for(self, name: str) -> list[TargetKey]:
        """Return the targets that a campaign still holds, whether it aims at them or not."""
        return sorted(
            key
            for key, report in self._reports.items()
            if report.held and name in {held for held, _ in report.campaigns}
        )

    def _upcoming_of(
        self, campaign: Declared, aims: Sequence[Aim], now: datetime
    ) -> tuple[UpcomingView, ...]:
        ground = tuple(
            (report.planned.fingerprint, report.planned.usual)
            for report in map(self._reports.get, (aim.key for aim in aims))
            if report and report.planned
        )
        known = self._upcoming.get((campaign.namespace, campaign.name))
        if known and known[0] == (campaign.uid, campaign.generation, ground):
            fresh = tuple(view for view in known[1] if view.cooled > now)
            if len(fresh) == len(known[1]):
                return fresh
        made = self._make_upcoming(aims, now)
        key = (campaign.namespace, campaign.name)
        self._upcoming[key] = ((campaign.uid, campaign.generation, ground), made)
        return made

    def _make_upcoming(self, aims: Sequence[Aim], now: datetime) -> tuple[UpcomingView, ...]:
        if not aims:
            return ()
        lead = max(aim.lead for aim in aims)
        cooling = max(aim.cool_down.length for aim in aims)
        spec = aims[0].spec
        near = airings(spec, now - cooling - LONGEST_TAIL, now + SHOWN_AHEAD)
        views: list[UpcomingView] = []
        for airing in near:
            if span(airing)[1] + cooling > now:
                views.append(self._one(aims, airing, lead, cooling))
            if len(views) == MAX_UPCOMING:
                break
        return tuple(views)

    def _one(
        self, aims: Sequence[Aim], airing: Airing, lead: timedelta, cooling: timedelta
    ) -> UpcomingView:
        begins, ends = span(airing)
        required = tuple((at, self._required(aims, at)) for at, _ in moments(airing))
        return UpcomingView(
            airing=airing,
            warm_up=begins - lead,
            demand=(begins, ends),
            cooled=ends + cooling,
            moments=required,
            peak=max((replicas for _, replicas in required), default=0),
        )

    def _required(self, aims: Sequence[Aim], at: datetime) -> int:
        """Return the replicas that all targets need together at an instant, before limits."""
        total = 0
        for key in {aim.key for aim in aims}:
            report = self._reports.get(key)
            usual = report.planned.usual if report and report.planned else 0
            total += required_now(self._needs(key, at), usual, at)
        return total

    def _needs(self, key: TargetKey, at: datetime) -> tuple[Need, ...]:
        """Return what all campaigns need of a target around an instant, however far ahead."""
        aims = self._aims.of(key.namespace).by_target.get(key, [])
        return needs_between(aims, at, at + LONGEST_TAIL)

    def _target(
        self,
        key: TargetKey,
        target: str,
        name: str,
        upcoming: Sequence[UpcomingView],
        now: datetime,
    ) -> TargetView:
        report = self._reports.get(key)
        if report is None or report.situation is None or report.planned is None:
            decision = report.decision if report else None
            reason, message = (decision.reason, decision.message) if decision else ("", "")
            return TargetView(target, key.kind, key.name, reason, message, 0, 0)
        situation, planned = report.situation, report.planned
        step = planned.timeline.at(now)
        entry = situation.entry
        peak_at = next((m[0] for u in upcoming for m in reversed(u.moments) if m[0] >= now), now)
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
            limited=_limited(report, now),
            overlapping=_others(report, name),
            why=explain(self._needs(key, peak_at), planned.usual, planned.limits, peak_at),
            verdicts=tuple((at, v) for (said, at), v in report.verdicts.items() if said == name),
        )


def _others(report: Report, name: str) -> tuple[str, ...]:
    needs = report.planned.needs if report.planned else ()
    return tuple(sorted({need.campaign for need in needs} - {name}))


def _limited(report: Report, now: datetime) -> tuple[str, str] | None:
    if report.planned is None:
        return None
    for step in report.planned.timeline.steps:
        following = report.planned.timeline.next_change(step.at)
        if step.limited_by and (following is None or following > now):
            limit = step.limited_by
            message = f"needs {step.required}, limited to {step.floor} by {limit.name}"
            return limit.reason, message
    return None


def _baseline_text(baseline: Limits) -> str:
    if baseline.maximum is None:
        return f"replicas {baseline.minimum}"
    return f"min {baseline.minimum}, max {baseline.maximum}"
