"""Campaigns with what they aim at, their TargetSets looked up."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from onair.model.campaigns import CampaignSpec
from onair.model.errors import InvalidManifest
from onair.model.targets import TargetSetSpec
from onair.plan.aims import Aim, Named, resolve
from onair.plan.observed import TargetKey

TargetSets = Callable[[str, str], TargetSetSpec | InvalidManifest | None]
"""The TargetSet of a namespace and a name, or what is wrong with it; None if there is none."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A campaign and its claims on targets."""

    named: Named
    spec: CampaignSpec
    aims: tuple[Aim, ...]


def announce(
    campaigns: Mapping[Named, CampaignSpec], target_sets: TargetSets
) -> tuple[list[Announced], dict[Named, InvalidManifest]]:
    """Return the campaigns that can be planned, and why the others cannot; both in their order."""
    found, refused = [], {}
    for named, spec in campaigns.items():
        try:
            aims = resolve(named, spec, partial(target_sets, named.namespace))
        except InvalidManifest as error:
            refused[named] = error
        else:
            found.append(Announced(named, spec, tuple(aims)))
    return found, refused


def aimed(announced: Sequence[Announced]) -> dict[TargetKey, list[Aim]]:
    """Return what is aimed at every target, sorted; suspended campaigns aim at nothing."""
    found: dict[TargetKey, list[Aim]] = defaultdict(list)
    for aim in (aim for each in announced if not each.spec.suspend for aim in each.aims):
        found[aim.key].append(aim)
    return dict(sorted(found.items()))
