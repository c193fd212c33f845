"""Writes campaigns' status: on transitions only, coalesced, after the floors."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from onair.cluster import resources
from onair.cluster.errors import ApiError, BusyError, MissingRightError, NotFoundError
from onair.cluster.lease import LapsedError
from onair.items import pack
from onair.plan.status import build
from onair.plan.unseen import not_known
from onair.skew import told
from onair.workqueue import UNTIL_RESUMED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from onair.aims import Aims
    from onair.campaigns import Campaigns
    from onair.clock import Clock
    from onair.cluster.client import KubeApi
    from onair.items import Declared
    from onair.leader import Leader
    from onair.plan.observed import TargetKey
    from onair.plan.views import CampaignView
    from onair.reports import Report
    from onair.scheduler import Scheduler
    from onair.skew import Now, Skew
    from onair.troubles import Troubles
    from onair.world import World

BETWEEN_WRITES = 1.0
"""Real seconds between two status writes of one campaign."""

LOOK_AGAIN = 0.2
LONGEST_WAIT = 10.0
"""Real seconds for which a status waits for a first look at all of its targets."""

NOT_LOOKED_AT = "not every target has been looked at yet"


class CampaignKey(NamedTuple):
    """One campaign."""

    namespace: str
    name: str


class _Said(NamedTuple):
    """What the last status was made of, the hash of how it is kept, and until when it stands."""

    ground: object
    packed: int
    until: datetime


class Publisher:
    """Keeps the status of campaigns true.

    `unread` returns what keeps a namespace from being read, "" if nothing does.
    """

    def __init__(  # noqa: PLR0913 - one place where the parts meet
        self,
        *,
        api: KubeApi,
        world: World,
        aims: Aims,
        reports: Mapping[TargetKey, Report],
        campaigns: Campaigns,
        unread: Callable[[str], str],
        scheduler: Scheduler[CampaignKey],
        clock: Clock,
        skew: Skew,
        leader: Leader,
        troubles: Troubles,
    ) -> None:
        self._api = api
        self._world = world
        self._aims = aims
        self._reports = reports
        self._campaigns = campaigns
        self._unread = unread
        self._scheduler = scheduler
        self._clock = clock
        self._skew = skew
        self._leader = leader
        self._troubles = troubles
        self._written: dict[CampaignKey, float] = {}
        self._waiting_since: dict[CampaignKey, float] = {}
        self._said: dict[CampaignKey, _Said] = {}

    async def publish(self, key: CampaignKey) -> float | None:
        """Write a campaign's status if it changed; returns after how many seconds to try again."""
        campaign = self._world.campaign(*key)
        if campaign is None:
            self._scheduler.wake(key, None)
            self._waiting_since.pop(key, None)
            self._written.pop(key, None)
            self._said.pop(key, None)
            self._campaigns.forget(*key)
            self._troubles.end(key)
            return None
        unseen = self._unseen(key)
        pause = self._pause(key, unseen)
        if pause > 0:
            return pause
        now = self._skew.now()
        ground = self._campaigns.ground(campaign, told(self._skew.apart), now.ahead)
        if not unseen and self._stands(key, campaign, ground, now.at):
            return None
        status = self._status(key, campaign, unseen, ground, now)
        if pack(status) == campaign.packed:
            return None
        if not self._leader.valid:
            return UNTIL_RESUMED
        self._written[key] = monotonic()
        return await self._write(key, status)

    def _pause(self, key: CampaignKey, unseen: str) -> float:
        """Return for how many seconds a status can wait, none or less where it cannot."""
        now = monotonic()
        if not unseen:
            self._waiting_since.pop(key, None)
        elif now - self._waiting_since.setdefault(key, now) < LONGEST_WAIT:
            return LOOK_AGAIN
        return self._written.get(key, 0.0) + BETWEEN_WRITES - now

    def _stands(self, key: CampaignKey, campaign: Declared, ground: object, now: datetime) -> bool:
        """Tell, at little cost, whether a status says all there is to say.

        Everything is looked at every minute, and of ten thousand campaigns few have news.
        """
        said = self._said.get(key)
        if said is None or now >= said.until:
            return False
        return said.ground == ground and said.packed == hash(campaign.packed)

    def _status(
        self, key: CampaignKey, campaign: Declared, unseen: str, ground: object, now: Now
    ) -> dict[str, Any]:
        """Return the status as of now, and see to it that this is looked at again in time."""
        self._said.pop(key, None)
        if unseen:
            again = now.at + self._clock.calendar_length(LONGEST_WAIT)
            self._scheduler.wake(key, now.by_own(again))
            return not_known(campaign.generation, unseen, campaign.status, now.at)
        view = self._campaigns.view(campaign, now.at, told(self._skew.apart), now.ahead)
        following = _next_transition(view, now.at)
        self._scheduler.wake(key, following and now.by_own(following))
        status = build(view, campaign.status, now.at)
        until = self._campaigns.stands_until(campaign, view, now.at)
        self._said[key] = _Said(ground, hash(pack(status)), until)
        return status

    def _unseen(self, key: CampaignKey) -> str:
        """Say why nothing is known yet of what a campaign raises or may have raised, "" if it is.

        Without every list a ledger entry or an HPA may be missing, so nothing is claimed.
        """
        if not self._world.proven(key.namespace):
            return self._unread(key.namespace)
        aims = self._aims.of(key.namespace)
        targets = {aim.key for aim in aims.by_campaign.get(key.name, ())} - self._reports.keys()
        unseen = any(t in aims.by_target or self._world.is_held(t) for t in targets)
        return NOT_LOOKED_AT if unseen else ""

    async def _write(self, key: CampaignKey, status: dict[str, object]) -> float | None:
        path = resources.CAMPAIGNS.path(key.namespace, key.name, "status")
        try:
            body = await self._api.merge(path, {"status": status})
        except NotFoundError:
            return None
        except LapsedError:
            return UNTIL_RESUMED
        except BusyError as error:
            return error.retry_after
        except MissingRightError as error:
            self._troubles.begin(key, f"cannot write the status of campaigns: {error}")
            return 0.0
        except ApiError as error:
            self._troubles.begin(key, f"cannot write the status of {'/'.join(key)}: {error}")
            return 0.0
        self._troubles.end(key)
        self._world.observe(resources.CAMPAIGNS, body)
        return None


def _next_transition(view: CampaignView, now: datetime) -> datetime | None:
    instants = [
        instant
        for upcoming in view.upcoming
        for instant in (upcoming.warm_up - view.ahead, *upcoming.demand, upcoming.cooled)
        if instant > now
    ]
    return min(instants, default=None)
