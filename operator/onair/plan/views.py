"""What a campaign's status is made of: plain values about the campaign, its airings and targets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onair.model import reasons
from onair.plan.widening import ONE_CLOCK

if TYPE_CHECKING:
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo

    from onair.model.errors import InvalidManifest
    from onair.plan.rivals import Contest
    from onair.schedule.airings import Airing

REFUSALS = frozenset(
    {
        reasons.TARGET_MISSING,
        reasons.SEVERAL_HPAS,
        reasons.HPA_OWNED,
        reasons.SELECTOR_MATCHES_LEDGER,
        reasons.AT_ZERO,
        reasons.LEDGER_DAMAGED,
    }
)


@dataclass(frozen=True, slots=True)
class UpcomingView:
    """One airing from its warm-up until it has cooled down; `moments` with required replicas."""

    airing: Airing
    warm_up: datetime
    demand: tuple[datetime, datetime]
    cooled: datetime
    moments: tuple[tuple[datetime, int], ...]
    peak: int


@dataclass(frozen=True, slots=True)
class TargetView:
    """One target as the campaign's readers should see it, counts in replicas.

    `due` is the floor that must be ready now, `limited` the limit that bites now or later,
    `contest` who undoes the floor or could, `verdicts` those of this campaign's moments.
    """

    name: str
    kind: str
    workload: str
    reason: str
    message: str
    due: int
    ready: int
    steered_by: str | None = None
    baseline: str | None = None
    ceiling: int | None = None
    held: bool = False
    limited: tuple[str, str] | None = None
    contest: Contest | None = None
    overlapping: tuple[str, ...] = ()
    why: str | None = None
    verdicts: tuple[tuple[datetime, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CampaignView:
    """A campaign with all that its status is made of.

    `later` says that more is to come, `observing` that this operator writes to no target, `unread`
    what it cannot read at present, if anything, `clocks` how its clock and the API server's differ:
    one of them is `ahead` of the time that everything here is told by.
    """

    generation: int
    zone: ZoneInfo
    suspended: bool
    invalid: InvalidManifest | None
    upcoming: tuple[UpcomingView, ...]
    later: bool
    counts: str
    targets: tuple[TargetView, ...]
    observing: bool = False
    unread: str = ""
    clocks: str = ""
    ahead: timedelta = ONE_CLOCK
