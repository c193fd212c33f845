"""The next airings of campaigns and what they ask for: expensive, so kept until that changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from onair.model.status import MAX_UPCOMING
from onair.plan.aims import SEEN_AHEAD, need_of
from onair.plan.demand import span
from onair.plan.explain import bite
from onair.plan.lacks import Lack
from onair.plan.moments import moments
from onair.plan.near import Near
from onair.plan.same import Same
from onair.plan.views import UpcomingView
from onair.schedule.airings import airings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from onair.aims import Aims
    from onair.items import Declared
    from onair.model.campaigns import CampaignSpec
    from onair.plan.aims import Aim
    from onair.plan.observed import TargetKey
    from onair.plans import Planned
    from onair.reports import Report
    from onair.schedule.airings import Airing

SHOWN_AHEAD = timedelta(days=400)

SHOWN_FOR = timedelta(hours=6)
"""Calendar time after which an airing that has come within what is shown is looked for."""

KEPT = 1_000
"""Campaigns of which it is kept, those that it was made of last: more than change at one time."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The next airings of a campaign, in order, and what limits leave too little for.

    `lacks` are of single moments, each with the target that has too few replicas then.
    """

    airings: tuple[UpcomingView, ...]
    lacks: tuple[tuple[TargetKey, Lack], ...]


NOTHING = Shown((), ())


class Upcoming:
    """What is shown of campaigns that can be planned."""

    def __init__(self, aims: Aims, reports: Mapping[TargetKey, Report]) -> None:
        self._aims = aims
        self._reports = reports
        self._known: dict[tuple[str, str], tuple[object, datetime, Shown]] = {}

    def of(self, campaign: Declared, now: datetime) -> Shown:
        """Return the airings of a campaign that are not over yet at `now`."""
        name = (campaign.namespace, campaign.name)
        aims = self._aims.of(campaign.namespace).by_campaign.get(campaign.name)
        if not aims:
            return NOTHING
        plans = {aim.key: self._planned(aim.key) for aim in aims}
        ground = (campaign.uid, campaign.generation, *map(_ground, plans.values()))
        known = self._known.get(name)
        if known and known[0] == ground and now < known[1]:
            return known[2]
        shown = self._make(aims, plans, now)
        until = min([now + SHOWN_FOR, *(view.cooled for view in shown.airings)])
        self._known.pop(name, None)
        self._known[name] = (ground, until, shown)
        if len(self._known) > KEPT:
            del self._known[next(iter(self._known))]
        return shown

    def forget(self, namespace: str, name: str) -> None:
        """Forget a campaign that is not there any more."""
        self._known.pop((namespace, name), None)

    def _planned(self, key: TargetKey) -> Planned | None:
        report = self._reports.get(key)
        return report.planned if report else None

    def _make(
        self, aims: Sequence[Aim], plans: Mapping[TargetKey, Planned | None], now: datetime
    ) -> Shown:
        lead = max(aim.lead for aim in aims)
        cooling = max(aim.cool_down.length for aim in aims)
        views: list[UpcomingView] = []
        lacks: list[tuple[TargetKey, Lack]] = []
        for airing in airings(aims[0].spec, now - cooling - SEEN_AHEAD, now + SHOWN_AHEAD):
            begins, ends = span(airing)
            if ends + cooling <= now:
                continue
            required = self._required(airing, plans, lacks)
            view = UpcomingView(
                airing=airing,
                warm_up=begins - lead,
                demand=(begins, ends),
                cooled=ends + cooling,
                moments=required,
                peak=max((replicas for _, replicas in required), default=0),
            )
            views.append(view)
            if len(views) == MAX_UPCOMING:
                break
        return Shown(tuple(views), tuple(lacks))

    def _required(
        self,
        airing: Airing,
        plans: Mapping[TargetKey, Planned | None],
        lacks: list[tuple[TargetKey, Lack]],
    ) -> tuple[tuple[datetime, int], ...]:
        """Return what all targets need together at the moments of an airing, before limits.

        Where limits leave less, that is added to `lacks`.
        """
        aims = {key: self._aims.of(key.namespace).by_target.get(key, []) for key in plans}
        near = _around(airing, [aim for some in aims.values() for aim in some])
        found = []
        for at, _ in moments(airing):
            together = 0
            here = {spec: airings.between(at, at) for spec, airings in near.items()}
            for key, planned in plans.items():
                usual, limits = (planned.usual, planned.limits) if planned else (0, ())
                present = ((aim, here[Same(aim.spec)]) for aim in aims[key])
                needs = [need_of(aim, some) for aim, some in present if some]
                required, left, limit = bite(needs, usual, limits, at)
                together += required
                if limit:
                    lacks.append((key, Lack(at, required, left, limit)))
            found.append((at, together))
        return tuple(found)


def _around(airing: Airing, aims: Sequence[Aim]) -> dict[Same[CampaignSpec], Near]:
    """Return what may have demand during an airing, however far ahead, of each campaign once."""
    begins, ends = span(airing)
    specs = {Same(aim.spec) for aim in aims}
    return {
        spec: Near(airings(spec.value, begins - SEEN_AHEAD, ends + SEEN_AHEAD)) for spec in specs
    }


def _ground(planned: Planned | None) -> object:
    return (planned.fingerprint, planned.usual) if planned else None
