"""Campaigns in which every airing has the load that could be known before it began."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from onair.model.quantities import format_duration
from onair.model.status import stamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from onair.fitting.fitting import Fit, Fitted

    Body = dict[str, Any]

_MOST: Final = 32
"""Airtimes of one campaign, as the model says."""

_NAME: Final = 63 - len("-19980626-190000")
"""Characters of an airtime's name beside the date of its airing."""


def campaigns(body: Mapping[str, Any], fit: Fit) -> Iterator[Body]:
    """Yield a campaign's manifest with an airtime for each airing, or several where it is long.

    An airing whose class had no past keeps the load that `body` announces for it. The second has
    `-part-2` behind its name and so on, as those that `onair import` makes.
    """
    own = {airtime["name"]: airtime.get("load") for airtime in body["spec"]["airtimes"]}
    airtimes = [_airtime(each, own) for each in fit.airings]
    for number, first in enumerate(range(0, len(airtimes), _MOST), start=1):
        name = body["metadata"]["name"] + (f"-part-{number}" if number > 1 else "")
        yield {
            **body,
            "metadata": {**body["metadata"], "name": name},
            "spec": {**body["spec"], "airtimes": airtimes[first : first + _MOST]},
        }


def _airtime(fitted: Fitted, announced: Mapping[str, Body | None]) -> Body:
    airing = fitted.looked.dated.airing
    slack = airing.latest_end - airing.end
    load = fitted.forecast.load if fitted.forecast else announced[airing.airtime]
    return {
        "name": f"{airing.airtime[:_NAME]}-{airing.start:%Y%m%d-%H%M%S}",
        "start": stamp(airing.start),
        "duration": format_duration(airing.end - airing.start),
        **({"endSlack": format_duration(slack)} if slack else {}),
        **({"load": load} if load else {}),
    }
