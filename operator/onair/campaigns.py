"""From the world and the targets' reports to what a campaign's status is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onair.model import reasons
from onair.model.campaigns import CampaignSpec
from onair.plan.aims import SEEN_AHEAD, needs_between
from onair.plan.blocks import BLOCK
from onair.plan.explain import explain
from onair.plan.lacks import lacks_of, worst
from onair.plan.near import around
from onair.plan.rivals import contest
from onair.plan.views import CampaignView, TargetView
from onair.plan.widening import ONE_CLOCK
from onair.schedule.airings import begins_after, counts
from onair.schedule.zones import zone
from onair.upcoming import NOTHING, SHOWN_FOR, Shown, Upcoming

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from onair.aims import Aims
    from onair.items import Declared
    from onair.plan.aims import Aim
    from onair.plan.observed import Limits, TargetKey
    from onair.plans import Planned
    from onair.reports import Report, Reports


class Campaigns:
    """Views of campaigns.

    `unread` returns what keeps a namespace from being read, "" if nothing does.
    """

    def __init__(
        self,
        aims: Aims,
        reports: Reports,
        unread: Callable[[str], str],
        *,
        observing: bool,
    ) -> None:
        self._aims = aims
        self._reports = reports
        self._unread = unread
        self._observing = observing
        self._upcoming = Upcoming(aims, reports)

    def view(
        self, campaign: Declared, now: datetime, clocks: str = "", ahead: timedelta = ONE_CLOCK
    ) -> CampaignView:
        """Return all that the status of a campaign is made of.

        `clocks` say how they differ, one of them being `ahead` of `now`.
        """
        resolved = self._aims.of(campaign.namespace)
        spec = campaign.spec if isinstance(campaign.spec, CampaignSpec) else None
        invalid = resolved.invalid.get(campaign.name)
        suspended = bool(spec and spec.suspend)
        shown = NOTHING if invalid or suspended else self._upcoming.of(campaign, now)
        name, keys = f"{campaign.namespace}/{campaign.name}", self._targets(campaign)
        return CampaignView(
            generation=campaign.generation,
            zone=zone(spec.time_zone) if spec and not invalid else zone("UTC"),
            suspended=suspended,
            invalid=invalid,
            upcoming=shown.airings,
            later=bool(spec and not invalid and not shown.airings and begins_after(spec, now)),
            counts=counts(spec) if spec and not invalid else "",
            targets=tuple(self._target(key, aim, name, shown, now) for key, aim in keys.items()),
            observing=self._observing,
            unread=self._unread(campaign.namespace),
            clocks=clocks,
            ahead=ahead,
        )

    def ground(self, campaign: Declared, clocks: str, ahead: timedelta) -> object:
        """Return what moves with everything but time that the view of a campaign is made of."""
        said = self._aims.said(campaign.namespace, campaign.name)
        looks = tuple(map(self._reports.mark, self._targets(campaign)))
        return said, looks, self._unread(campaign.namespace), clocks, ahead

    def stands_until(self, campaign: Declared, view: CampaignView, now: datetime) -> datetime:
        """Return until when a view stays as it is on the same ground: no longer than `now` on air.

        Of that the words may change from minute to minute, as the demand does.
        """
        begins = (max(upcoming.warm_up - view.ahead, now) for upcoming in view.upcoming)
        moves = [now + SHOWN_FOR, *begins]
        for key in self._targets(campaign):
            report = self._reports.get(key)
            if report is not None and report.planned is not None:
                moves.append(report.planned.timeline.next_change(now) or report.planned.until)
        return now if any(target.held for target in view.targets) else min(moves)

    def forget(self, namespace: str, name: str) -> None:
        """Forget a campaign that is not there any more."""
        self._upcoming.forget(namespace, name)

    def _targets(self, campaign: Declared) -> dict[TargetKey, Aim | None]:
        """Return the targets that a campaign aims at or still holds, with its aim if it has one."""
        aims = self._aims.of(campaign.namespace).by_campaign.get(campaign.name, ())
        held = self._reports.held_for(f"{campaign.namespace}/{campaign.name}")
        targets: dict[TargetKey, Aim | None] = {aim.key: aim for aim in aims}
        return targets | {key: None for key in held if key not in targets}

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
            contest=contest(situation),
            overlapping=_others(report, name),
            why=self._why(key, planned, next(moments, now)),
            verdicts=tuple((at, v) for (said, at), v in report.verdicts.items() if said == name),
        )

    def _why(self, key: TargetKey, planned: Planned, at: datetime) -> str:
        """Return the arithmetic of an instant, however far ahead."""
        aims = self._aims.of(key.namespace).by_target.get(key, [])
        needs = around(needs_between(aims, at, at + SEEN_AHEAD), at)
        why = explain(needs, planned.usual, planned.limits, at)
        return f"{BLOCK}; {why}" if planned.timeline.coarse else why


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
