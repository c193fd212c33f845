"""A country gives up changing its clocks while a campaign is announced, and tzdata follows."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from onair.schedule import zones
from tests.unit.plan.imagined import Imagined, plan
from tests.unit.schedule.campaigns import EPISODE, campaign, changed, starts

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.fault_row(15)

WITHOUT_SUMMER_TIME = "Africa/Lagos"
"""An hour ahead of UTC all year, as Amsterdam is in winter."""


@pytest.fixture
def renew(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let Amsterdam have no summer time any more, as a new version of tzdata would say."""

    def load(name: str) -> ZoneInfo:
        said = WITHOUT_SUMMER_TIME if name == "Europe/Amsterdam" else name
        with files("tzdata").joinpath("zoneinfo", *said.split("/")).open("rb") as data:
            return ZoneInfo.from_file(data, key=name)

    return lambda: monkeypatch.setattr(zones, "_load", load)


@pytest.mark.parametrize(
    "airtime",
    [
        pytest.param(EPISODE | {"repeat": "FREQ=WEEKLY;COUNT=40"}, id="by count"),
        pytest.param(EPISODE | {"repeat": "FREQ=WEEKLY;UNTIL=20271009"}, id="by date"),
        pytest.param(changed(start="2027-04-03T20:30:00+02:00"), id="from an instant"),
    ],
)
def test_every_date_airs_once(airtime: dict[str, object], renew: Callable[[], None]) -> None:
    """In summer the airings move by the hour that is gone; none is lost, none is there twice."""
    spec = campaign(airtime)
    before = starts(spec)
    renew()
    after = starts(spec)
    dates = [start[:10] for start in after]
    assert dates == [start[:10] for start in before]
    assert len(dates) == len(set(dates))
    moved = [start for start, old in zip(after, before, strict=True) if start != old]
    assert all("2027-03-28" < start < "2027-10-31T02" for start in moved)


def test_the_wall_clock_stays(renew: Callable[[], None]) -> None:
    """What a manifest says in local time is on air when clocks there show it."""
    spec = campaign(changed(start="2027-07-10T20:30:00", repeat=None, **{"except": None}))
    assert starts(spec) == ["2027-07-10T18:30Z"]
    renew()
    assert starts(spec) == ["2027-07-10T19:30Z"]


def test_on_air_it_is_one_hold() -> None:
    """A show that a new tzdata puts an hour later in its midst is not added to itself."""
    target = Imagined(plan((5, 32), (10, 111), (20, 60), (21, 0)))
    target.settle(12)
    assert target.minimum == 111
    target.timeline, target.plan = plan((65, 32), (70, 111), (80, 60), (81, 0)), "after the update"
    highest = 0
    for minute in range(12, 100):
        target.settle(minute)
        highest = max(highest, target.minimum)
        target.replicas = target.minimum
    target.aimed = False
    target.settle(101)
    assert (highest, target.live()) == (111, (4, 20))
