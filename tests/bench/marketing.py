"""A marketing calendar of any size: seeded campaigns as they come in real life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any

from onair.model.parse import parse_campaign, parse_target_set
from onair.plan.aims import Named, resolve
from onair.schedule.zones import zone
from tests.bench.fleet import SEED

if TYPE_CHECKING:
    from onair.model.campaigns import CampaignSpec
    from onair.model.targets import TargetSetSpec
    from onair.plan.aims import Aim

FROM = datetime(2027, 1, 4, tzinfo=UTC)
UNTIL = FROM + timedelta(days=90)
YEAR = timedelta(days=365)
GRID = timedelta(minutes=5)
ZONES = ("Europe/Amsterdam", "America/New_York", "UTC")
REPETITIONS = {None: 70, "FREQ=WEEKLY": 25, "FREQ=DAILY": 5}
"""Of a hundred campaigns so many air once, every week, every day."""
MINUTES = {
    "Flat": range(30, 245, 15),
    "TVSpot": range(5, 10, 5),
    "Episode": range(25, 100, 5),
    "Livestream": range(60, 185, 15),
    "TicketSale": range(30, 125, 30),
    "Push": range(5, 35, 5),
}
"""How long the airings of each shape are."""
REPLICAS = (5, 10, 20, 40, 80, 160, 300)
"""What a crowd asks for at most, without headroom: small ones as often as large ones."""
PER_REPLICA = (20, 50, 100, 200)
LEADS = ("5m", "10m", "10m", "15m")
RUN_OVER = ("Episode", "Livestream")


@dataclass(frozen=True, slots=True)
class Announced:
    """A campaign, and what a date library is told of it: its start in its zone, its repetition."""

    start: datetime
    repeat: str | None
    spec: CampaignSpec


class Marketing:
    """So many campaigns, and half as many targets at which they aim, some of them together.

    They begin within the window, those that repeat have begun within a year before it.
    """

    def __init__(self, size: int) -> None:
        """Make them up, always the same ones of a size."""
        random = Random(SEED)  # noqa: S311  # dates and sizes, no secrets
        sets = [_target_set(random) for _ in range(size // 2)]
        self.campaigns: list[Announced] = []
        self.targets: list[list[Aim]] = [[] for _ in sets]
        for number in range(size):
            target = random.randrange(len(sets))
            announced = _announced(random, sets[target].targets[0].per_replica or Fraction(1))
            self.campaigns.append(announced)
            self.targets[target] += _aims(number, announced.spec, sets[target])


def episodes(count: int) -> list[list[Aim]]:
    """Return the aims of so many shows on the first day, a minute apart, each of another length."""
    random = Random(SEED)  # noqa: S311  # sizes, no secrets
    shows = [
        _spec(
            {
                "name": "episode",
                "start": (FROM + number * timedelta(minutes=1)).isoformat(),
                "duration": f"{30 + number}m",
                "endSlack": "10m",
            },
            {
                "shape": "Episode",
                "audience": {"people": random.randint(10_000, 1_000_000), "within": "5m"},
            },
            "UTC",
        )
        for number in range(count)
    ]
    return [_aims(number, show, _target_set(random)) for number, show in enumerate(shows)]


def _announced(random: Random, per_replica: Fraction) -> Announced:
    (repeat,) = random.choices(list(REPETITIONS), list(REPETITIONS.values()))
    first, length = (FROM - YEAR, YEAR) if repeat else (FROM, UNTIL - FROM)
    start = first.replace(tzinfo=None) + GRID * random.randrange(length // GRID)
    shape = random.choice(list(MINUTES))
    airtime: dict[str, Any] = {
        "name": "show",
        "start": start.isoformat(),
        "duration": f"{random.choice(MINUTES[shape])}m",
        "repeat": repeat,
        "endSlack": random.choice(["0s", "10m"]) if shape in RUN_OVER else None,
    }
    rate = int(random.uniform(1 / 2, 1) * random.choice(REPLICAS) * per_replica)
    audience = {"people": 300 * rate, "within": "5m"}
    size = random.choice([("audience", audience), ("requestsPerSecond", rate)])
    load = {"shape": shape, size[0]: size[1]}
    spec = _spec(airtime, load, random.choice(ZONES))
    return Announced(start.replace(tzinfo=zone(spec.time_zone)), repeat, spec)


def _spec(airtime: dict[str, Any], load: dict[str, Any], time_zone: str) -> CampaignSpec:
    said = {
        "title": "A show",
        "timeZone": time_zone,
        "airtimes": [airtime],
        "load": load,
        "targetSets": [{"name": "all"}],
    }
    return parse_campaign({"spec": said})


def _aims(number: int, spec: CampaignSpec, target_set: TargetSetSpec) -> list[Aim]:
    return resolve(Named("bench", f"campaign-{number}"), spec, lambda _: target_set)


def _target_set(random: Random) -> TargetSetSpec:
    target = {
        "name": "api",
        "scaleTargetRef": {"name": "api"},
        "perReplica": random.choice(PER_REPLICA),
        "maxReplicas": 500,
        "usualReplicas": random.randint(2, 10),
    }
    lead = random.choice(LEADS)
    return parse_target_set({"spec": {"targets": [target], "warmUp": {"lead": lead}}})
