"""A world, a report of each of its targets, and what campaigns then say of themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from onair.aims import Aims
from onair.campaigns import Campaigns
from onair.cluster import resources
from onair.gather import Gatherer, Reassertion
from onair.plan.decide import decide
from onair.plans import Plans
from onair.reports import Report, Reports
from onair.usual import History
from tests.unit.plan.example import TARGET_SET, at
from tests.unit.worlds import API, CHAT, body, example

if TYPE_CHECKING:
    from onair.plan.views import CampaignView, TargetView


class Looks:
    """A world and a report of each of its targets at a time of day."""

    def __init__(self, clock: str, **campaign: object) -> None:
        self.now = at(clock)
        self.world = example(**campaign)
        self.aims = Aims(self.world)
        self.reports = Reports()
        self.unread = ""
        self.observing = False

    def target_set(self, **fields: object) -> None:
        """Let fields of the target set be others."""
        self.world.observe(resources.TARGET_SETS, body("mol", TARGET_SET | fields, 2))

    def look(self) -> None:
        """Look at both targets."""
        plans = Plans(self.world, self.aims, History(), 500)
        gatherer = Gatherer(self.world, self.aims, plans, observes=self.observing)
        for key in (API, CHAT):
            reassertion = Reassertion(allowed=True, echo=timedelta(0))
            situation = gatherer.situation(key, self.now, None, reassertion)
            self.reports[key] = Report(decide(situation), situation, plans.of(key, self.now))

    def view(self, name: str = "wie-is-de-mol") -> CampaignView:
        """Return the view of a campaign."""
        campaign = self.world.campaign("tv", name)
        assert campaign is not None
        views = Campaigns(self.aims, self.reports, lambda _: self.unread, observing=self.observing)
        return views.view(campaign, self.now)

    def target(self, name: str = "api") -> TargetView:
        """Return the view of one of its targets."""
        return next(target for target in self.view().targets if target.name == name)
