"""The calendar that may run elsewhere and faster."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from onair.clock import Clock

TEXT = "2027-01-09T19:00:00Z=2026-12-01T09:00:00+01:00@60"


class Frozen(Clock):
    """A clock whose real time stands still at 08:00:10Z."""

    @staticmethod
    def real_now() -> datetime:
        """Return the instant at which it stands."""
        return datetime(2026, 12, 1, 8, 0, 10, tzinfo=UTC)


def test_calendar_runs_from_its_anchor_at_its_speed() -> None:
    """Ten real seconds after the anchor at 60 times the speed are ten minutes of calendar."""
    assert Frozen.parse(TEXT).now() == datetime(2027, 1, 9, 19, 10, tzinfo=UTC)


def test_seconds_until_are_real_seconds() -> None:
    """An hour of calendar ahead is a minute of real time ahead."""
    clock = Frozen.parse(TEXT)
    assert clock.seconds_until(clock.now() + timedelta(hours=1)) == 60


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2027-01-09T19:00:00Z", id="one instant"),
        pytest.param("2027-01-09T19:00:00=2026-12-01T09:00:00Z@60", id="no offset"),
        pytest.param("2027-01-09T19:00:00Z=2026-12-01T09:00:00Z@0", id="standing still"),
        pytest.param("2027-01-09T19:00:00Z=2026-12-01T09:00:00Z@-1", id="backwards"),
        pytest.param("soon=now@60", id="no dates"),
        pytest.param("9999-01-09T19:00:00Z=2026-12-01T09:00:00Z@60", id="beyond all plans"),
    ],
)
def test_other_forms_are_refused(text: str) -> None:
    """A clock that is not CALENDAR=REAL@SPEED is a ValueError."""
    with pytest.raises(ValueError, match=r".+"):
        Clock.parse(text)
