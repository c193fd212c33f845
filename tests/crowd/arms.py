"""The three ways to meet the crowd."""

from __future__ import annotations

import time
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from onair.clock import Clock
from tests.crowd import manifests
from tests.crowd.episode import LAST_TIME, PEAK, USUAL_RATE
from tests.crowd.manifests import FULL_SLOTS, HPA_MINIMUM, HPA_TARGET, SERVICE_TIME, SLOTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.crowd.episode import Episode
    from tests.crowd.stage import Stage

HPA, CRON, ONAIR = "hpa", "hpa+cron", "hpa+onair"

SERVED = SLOTS / SERVICE_TIME.total_seconds() * HPA_TARGET / FULL_SLOTS
"""Requests/s of a replica at the HPA's target."""

CRON_MINIMUM = ceil((USUAL_RATE + PEAK * LAST_TIME) / SERVED)
"""What a team would write: the replicas that the last episode's peak came to."""


def hpa_alone(_stage: Stage, _episode: Episode, _begin: datetime) -> None:
    """Leave it to the HPA."""


def cron(stage: Stage, episode: Episode, begin: datetime) -> None:
    """Raise the HPA's minimum at the start of the broadcast, lower it when the crowd has gone."""
    _sleep_until(begin + timedelta(seconds=episode.start))
    stage.set_minimum(CRON_MINIMUM)
    _sleep_until(begin + timedelta(seconds=episode.crowd_gone))
    stage.set_minimum(HPA_MINIMUM)


def onair(stage: Stage, episode: Episode, begin: datetime) -> None:
    """Announce the campaign before the measurement begins; the rest is the operator's."""
    start = begin + timedelta(seconds=episode.start)
    stage.create(manifests.campaign(episode, start))


ARMS: dict[str, Callable[[Stage, Episode, datetime], None]] = {
    HPA: hpa_alone,
    CRON: cron,
    ONAIR: onair,
}


def _sleep_until(instant: datetime) -> None:
    time.sleep(max(0.0, (instant - Clock.real_now()).total_seconds()))
