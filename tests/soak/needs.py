"""What is needed of a target at each instant, by what people announced and not by what OnAir says.

With a hundred things that happen in a minute, an instant is never exact: what is needed *for sure*
is less than the plan right after each change, what *may* be in force is more. Rules are judged by
whichever of the two is the operator's due.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.faults.evidence import ON_TIME, Outage
from tests.soak.stage import CAP, COOL_DOWN, LEAD, USUAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.soak.course import Airing


@dataclass(frozen=True, slots=True)
class Told:
    """What people said of a campaign: `airing` is None where it is suspended or deleted.

    Real instants: `asked` when the request was sent, `known` when the API server had answered.
    """

    campaign: int
    airing: Airing | None
    asked: datetime
    known: datetime


@dataclass(frozen=True, slots=True)
class Excuses:
    """When nobody had to be on time (`away`), and when nobody had to know of a change (`unaware`).

    Both are in order and do not overlap; who is away is unaware, too.
    """

    away: tuple[Outage, ...] = ()
    unaware: tuple[Outage, ...] = ()

    @classmethod
    def of(cls, away: Iterable[Outage], blind: Iterable[Outage]) -> Excuses:
        """Return what outages excuse that may overlap."""
        away = _merged(away)
        return cls(away, _merged((*away, *blind)))

    def on_time(self, instant: datetime) -> datetime:
        """Return when what is due at an instant must have been done by a good operator."""
        return _after(self.away, instant)

    def aware(self, instant: datetime) -> datetime:
        """Return when what is said at an instant must have been heard."""
        return _after(self.unaware, instant)

    def share(self, begin: datetime, end: datetime) -> float:
        """Return for which part of a time, 0 to 1, nobody had to be on time."""
        lost = (min(o.end, end) - max(o.begin, begin) for o in self.away)
        return sum((each for each in lost if each > timedelta()), timedelta()) / (end - begin)

    def made_up(self, begin: datetime, by: datetime) -> datetime:
        """Return an instant, later by what faults took of the time since `begin`."""
        for outage in self.unaware:
            if outage.begin < by and outage.end > begin:
                by += outage.end - max(outage.begin, begin)
        return by


@dataclass(frozen=True, slots=True)
class Step:
    """At least so many replicas from `begin` to `end`, real instants."""

    begin: datetime
    end: datetime
    floor: int


@dataclass(frozen=True, slots=True)
class _Spell:
    begin: datetime
    end: datetime
    replicas: int


def steps(told: Iterable[Told], start: datetime, excuses: Excuses) -> list[Step]:
    """Return what is needed of a target for sure, in order; floors of 0 included."""
    spells = [
        spell
        for each, until in _versions(told)
        for spell in _spells(each, until, start, excuses)
        if spell.begin < spell.end
    ]
    bounds = sorted({at for spell in spells for at in (spell.begin, spell.end)})
    found = []
    for begin, end in pairwise(bounds):
        carried = sum(s.replicas for s in spells if s.begin <= begin and end <= s.end)
        found.append(Step(begin, end, min(CAP, USUAL + carried) if carried else 0))
    return found


def rises(told: Iterable[Told], start: datetime) -> list[datetime]:
    """Return when floors of a target rise by the plan, as far as it was known in time."""
    return [
        _real(start, each.airing.begin - LEAD)
        for each, until in _versions(told)
        if each.airing and each.known + ON_TIME < _real(start, each.airing.begin - LEAD) < until
    ]


def free(told: Iterable[Told], start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """Return the stretches in which nothing can be needed of a target any more, or yet."""
    busy = sorted(
        (max(each.asked, _real(start, each.airing.begin - LEAD)), _over(each, until, start))
        for each, until in _versions(told)
        if each.airing
    )
    found, since = [], start
    for begin, over in busy:
        if since < begin < over:
            found.append((since, begin))
        since = max(since, over) if begin < over else since
    return [*found, (since, end)] if since < end else found


def _over(told: Told, until: datetime, start: datetime) -> datetime:
    airing = told.airing
    assert airing
    return min(_real(start, airing.end), until) + timedelta(seconds=COOL_DOWN)


def _spells(told: Told, until: datetime, start: datetime, excuses: Excuses) -> Iterator[_Spell]:
    airing = told.airing
    if airing is None:
        return
    planned = excuses.on_time(_real(start, airing.begin - LEAD))
    heard = excuses.aware(told.known)
    begin = max(planned, heard) + ON_TIME
    yield _Spell(begin, min(_real(start, airing.end), until), airing.replicas)


def _versions(told: Iterable[Told]) -> Iterator[tuple[Told, datetime]]:
    """Yield what was said of each campaign, and until when it was so."""
    by_campaign: dict[int, list[Told]] = {}
    for each in told:
        by_campaign.setdefault(each.campaign, []).append(each)
    for versions in by_campaign.values():
        ends = [following.asked for following in versions[1:]]
        yield from zip(versions, (*ends, _NEVER), strict=True)


_NEVER = datetime.fromisoformat("9999-01-01T00:00:00Z")


def _real(start: datetime, second: float) -> datetime:
    return start + timedelta(seconds=second)


def _merged(outages: Iterable[Outage]) -> tuple[Outage, ...]:
    """Return outages in order, those that touch as one."""
    found: list[Outage] = []
    for outage in sorted(outages, key=lambda outage: outage.begin):
        if found and outage.begin <= found[-1].end:
            found[-1] = Outage(found[-1].begin, max(found[-1].end, outage.end))
        else:
            found.append(outage)
    return tuple(found)


def _after(outages: Iterable[Outage], instant: datetime) -> datetime:
    for outage in outages:
        if outage.begin <= instant + ON_TIME and instant <= outage.end:
            instant = outage.end
    return instant
