"""The preview of campaigns and of all targets that they name."""

from collections.abc import Mapping, Sequence

from onair.model.status import stamp
from onair.plan.demand import levels, peak_rate
from onair.plan.explain import explain_peak
from onair.plan.observed import TargetKey
from onair.plan.outlines import PEAK
from onair.preview import results
from onair.preview.announced import Announced, aimed
from onair.preview.targets import target
from onair.preview.usuals import unknown, usual
from onair.preview.windows import Dated, Window, cut, dated, following
from onair.schedule.airings import begins_after, counts


def preview(
    announced: Sequence[Announced], shown: Mapping[TargetKey, int], most: int, window: Window
) -> results.Plan:
    """Return what will happen within a window.

    `shown` are the usual replicas that a cluster shows, `most` the operator's limit on any target.
    """
    return results.Plan(
        from_=window.after,
        until=window.before,
        campaigns=tuple(_campaign(each, window) for each in announced),
        targets=tuple(
            target(key, aims, usual(key, aims, shown), most, window)
            for key, aims in aimed(announced).items()
        ),
    )


def incomplete(plan: results.Plan) -> list[str]:
    """Return what to tell a person about every campaign with more airings than are planned."""
    return [
        f"the plan is not complete: of {each.namespace}/{each.name} the airings from"
        f" {stamp(each.cut)} on are not in it, as they are too many; plan a shorter window"
        for each in plan.campaigns
        if each.cut
    ]


def over(announced: Sequence[Announced], plan: results.Plan) -> list[str]:
    """Return what to tell a person about every campaign of which nothing is left to plan."""
    return [
        f"every airing of {each.named.campaign} is over before this plan begins"
        for each, shown in zip(announced, plan.campaigns, strict=True)
        if not (shown.suspended or shown.airings or begins_after(each.spec, plan.from_))
    ]


def lacking(
    announced: Sequence[Announced], shown: Mapping[TargetKey, int], *, looked: bool
) -> list[str]:
    """Return what to tell a person about every target that lacks a usual load to add to.

    `looked` tells whether a cluster was looked at.
    """
    return [
        unknown(key, aims, looked=looked)
        for key, aims in aimed(announced).items()
        if usual(key, aims, shown).known_from == "nobody"
        and any(aim.target.replicas is None for aim in aims)
    ]


def _campaign(announced: Announced, window: Window) -> results.Campaign:
    spec, named = announced.spec, announced.named
    later = following(announced, window)
    return results.Campaign(
        namespace=named.namespace,
        name=named.name,
        title=spec.title,
        time_zone=spec.time_zone,
        suspended=spec.suspend,
        counts=counts(spec),
        airings=tuple(_airing(each) for each in dated(announced, window)),
        next=later.start if later else None,
        cut=cut(announced, window),
    )


def _airing(found: Dated) -> results.Airing:
    airing = found.airing
    rate = None
    if airing.load.multiplier is None:
        most = peak_rate(airing) * levels(airing).peak() / PEAK
        rate = float(round(most, 2))
    return results.Airing(
        airtime=airing.airtime,
        start=airing.start,
        end=airing.end,
        latest_end=airing.latest_end,
        warm_up=found.warm_up,
        cooled=found.cooled,
        shape=airing.load.shape,
        peak=explain_peak(airing),
        requests_per_second=rate,
    )
