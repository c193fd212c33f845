"""Campaigns in which every airing has the load that could be known before it began."""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING, Any, Final

from onair.model.quantities import format_duration
from onair.model.status import stamp

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from onair.fitting.fitting import Fit, Fitted
    from onair.schedule.airings import Airing

    Body = dict[str, Any]

_MOST: Final = 32
"""Airtimes of one campaign, as the model says."""

_LONGEST: Final = 63
"""Characters of an airtime's name, as the model says."""


def campaigns(body: Mapping[str, Any], fit: Fit, taken: Container[str]) -> Iterator[Body]:
    """Yield a campaign's manifest with an airtime for each airing, or several where it is long.

    An airing whose class had no past keeps the load that `body` announces for it. The second has
    `-part-2` behind its name and so on, as those that `onair import` makes, but none of the names
    that are `taken` by other campaigns.
    """
    own = {airtime["name"]: airtime.get("load") for airtime in body["spec"]["airtimes"]}
    names: set[str] = set()
    airtimes = []
    for each in fit.airings:
        airtimes.append(_airtime(each, own, names))
        names.add(airtimes[-1]["name"])
    metadata = _metadata(body["metadata"], taken)
    for first in range(0, len(airtimes), _MOST):
        spec = {**body["spec"], "airtimes": airtimes[first : first + _MOST]}
        yield {**body, "metadata": next(metadata), "spec": spec}


def _metadata(said: Mapping[str, Any], taken: Container[str]) -> Iterator[Body]:
    """Yield the metadata of one part after the other; the API server names what has no name."""
    yield {**said}
    for number in count(2):
        if "name" not in said:
            yield {**said}
        elif (name := f"{said['name']}-part-{number}") not in taken:
            yield {**said, "name": name}


def _airtime(fitted: Fitted, announced: Mapping[str, Body | None], taken: Container[str]) -> Body:
    airing = fitted.looked.dated.airing
    slack = airing.latest_end - airing.end
    load = fitted.forecast.load if fitted.forecast else announced[airing.airtime]
    return {
        "name": _name(airing, taken),
        "start": stamp(airing.start),
        "duration": format_duration(airing.end - airing.start),
        **({"endSlack": format_duration(slack)} if slack else {}),
        **({"load": load} if load else {}),
    }


def _name(airing: Airing, taken: Container[str]) -> str:
    """Return a name that tells an airtime by its airing's start, and by a number if it must."""
    begins = f"-{airing.start:%Y%m%d-%H%M%S}"
    numbered = chain([begins], (f"-{number}{begins}" for number in count(2)))
    names = (airing.airtime[: _LONGEST - len(end)] + end for end in numbered)
    return next(name for name in names if name not in taken)
