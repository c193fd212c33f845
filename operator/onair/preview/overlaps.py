"""Which campaigns need a target when, and when several do."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from operator import itemgetter

from onair.plan.needs import Need, held
from onair.plan.seconds import instant_at
from onair.preview.results import Overlap
from onair.preview.windows import Window

Span = tuple[datetime, datetime]
"""A half-open stretch of time."""


def presence(needs: Sequence[Need], usual: int) -> dict[str, list[Span]]:
    """Return when each campaign needs a target, its lead and cool-down included.

    The stretches of a campaign are sorted and do not meet.
    """
    found: dict[str, list[Span]] = defaultdict(list)
    for need in needs:
        spans = held(need, usual)
        found[need.campaign] += [(instant_at(since), instant_at(until)) for since, until in spans]
    return {campaign: _merged(spans) for campaign, spans in found.items()}


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def present_at(spans: Mapping[str, Sequence[Span]], instant: datetime) -> tuple[str, ...]:
    """Return the campaigns that need a target at an instant, sorted."""
    return tuple(sorted(campaign for campaign, own in spans.items() if _is_within(own, instant)))


def _is_within(spans: Sequence[Span], instant: datetime) -> bool:
    begun = bisect_right(spans, instant, key=itemgetter(0))
    return begun > 0 and instant < spans[begun - 1][1]


def overlaps(spans: Mapping[str, Sequence[Span]], window: Window) -> tuple[Overlap, ...]:
    """Return the stretches within a window in which the same several campaigns need a target."""
    changes: dict[datetime, Counter[str]] = defaultdict(Counter)
    for campaign, own in spans.items():
        for start, end in own:
            changes[max(start, window.after)][campaign] += 1
            changes[max(end, window.after)][campaign] -= 1
    found: list[Overlap] = []
    here: Counter[str] = Counter()
    for start, end in pairwise(sorted({*changes, window.before})):
        here.update(changes[start])
        campaigns = tuple(sorted(campaign for campaign, count in here.items() if count))
        if len(campaigns) > 1 and start < window.before:
            _append(found, Overlap(from_=start, until=end, campaigns=campaigns))
    return tuple(found)


def _append(found: list[Overlap], new: Overlap) -> None:
    """Append an overlap, joined to the one before it if that is of the same campaigns."""
    if found and (found[-1].until, found[-1].campaigns) == (new.from_, new.campaigns):
        new = new.model_copy(update={"from_": found.pop().from_})
    found.append(new)
