"""The checks that look at all objects together, in the order in which they are made."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from onair.lint import crowds, dates, limits, naming, places
from onair.lint.context import Context, Warned
from onair.model import reasons

Find = Callable[[Context], Iterator[Warned]]

WARNINGS: Final[dict[str, Find]] = {
    "NameGenerated": naming.name_generated,
    "SameName": naming.same_name,
    "TargetSetNotSeen": places.missing_in_files,
    "NothingAhead": dates.nothing_ahead,
    "TooManyAirings": dates.too_many,
    "ExceptUnused": dates.excludes_nothing,
    "ClocksChange": dates.shifted,
    reasons.LIMITED_BY_MAX_REPLICAS: partial(
        limits.limited, reason=reasons.LIMITED_BY_MAX_REPLICAS
    ),
    reasons.LIMITED_BY_OPERATOR: partial(limits.limited, reason=reasons.LIMITED_BY_OPERATOR),
    "PeakNotReached": crowds.peak_not_reached,
    "LowHeadroom": crowds.low_headroom,
    "MultiplierOfOne": crowds.multiplier_of_one,
    "MultiplierOfNothing": crowds.multiplier_of_nothing,
    "ShareIgnored": crowds.share_ignored,
    "UsualUnknown": places.usual_unknown,
    "BotsNotIncluded": crowds.bots_not_included,
    "SendTooFast": crowds.send_too_fast,
}
"""What will be applied and is hardly meant."""
