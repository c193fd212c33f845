"""Writes campaigns' status: on transitions only, coalesced, after the floors."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

from onair.cluster import resources
from onair.cluster.errors import ApiError, BusyError, MissingRightError, NotFoundError
from onair.plan.status import CampaignView, build
from onair.plan.unseen import not_known

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from onair.aims import Aims
    from onair.campaigns import Campaigns
    from onair.clock import Clock
    from onair.cluster.client import KubeApi
    from onair.cluster.lease import Lease
    from onair.items import Declared
    from onair.plan.observed import TargetKey
    from onair.reports import Report
    from onair.scheduler import Scheduler
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
        lease: Lease,
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
        self._lease = lease
        self._troubles = troubles
        self._written: dict[CampaignKey, float] = {}
        self._waiting_since: dict[CampaignKey, float] = {}

    async def publish(self, key: CampaignKey) -> float | None:
        """Write a campaign's status if it changed; returns after how many seconds to try again."""
        campaign = self._world.campaign(*key)
        if campaign is None:
            self._scheduler.wake(key, None)
            self._waiting_since.pop(key, None)
            self._written.pop(key, None)
            self._campaigns.forget(*key)
            self._troubles.end(key)
            return None
        unseen, since = self._unseen(key), self._waiting_since.setdefault(key, monotonic())
        if not unseen:
            self._waiting_since.pop(key)
        elif monotonic() - since < LONGEST_WAIT:
            return LOOK_AGAIN
        pause = self._written.get(key, 0.0) + BETWEEN_WRITES - monotonic()
        if pause > 0:
            return pause
        status = self._status(key, campaign, unseen)
        if status == campaign.status:
            return None
        if not self._lease.valid:
            return BETWEEN_WRITES
        self._written[key] = monotonic()
        return await self._write(key, status)

    def _status(self, key: CampaignKey, campaign: Declared, unseen: str) -> dict[str, Any]:
        """Return the status as of now, and see to it that this is looked at again in time."""
        now = self._clock.now()
        if unseen:
            self._scheduler.wake(key, now + self._clock.calendar_length(LONGEST_WAIT))
            return not_known(campaign.generation, unseen, campaign.status, now)
        view = self._campaigns.view(campaign, now)
        self._scheduler.wake(key, _next_transition(view, now))
        return build(view, campaign.status, now)

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
        for instant in (upcoming.warm_up, *upcoming.demand, upcoming.cooled)
        if instant > now
    ]
    return min(instants, default=None)
