"""Wall-clock times become instants as RFC 5545 says, and zones come from one database."""

from datetime import datetime

import pytest

from onair.model.errors import InvalidManifest
from onair.schedule.zones import to_utc, to_wall_clock, zone


@pytest.mark.fault_row(15)
@pytest.mark.parametrize(
    ("name", "wall_clock", "want"),
    [
        pytest.param("UTC", "2027-01-09T20:30", "2027-01-09T20:30+00:00", id="utc"),
        pytest.param(
            "Europe/Amsterdam", "2027-01-09T20:30", "2027-01-09T19:30+00:00", id="Amsterdam, winter"
        ),
        pytest.param(
            "Europe/Berlin", "2027-03-28T02:30", "2027-03-28T01:30+00:00", id="Berlin, in the gap"
        ),
        pytest.param(
            "Europe/Berlin", "2027-10-31T02:30", "2027-10-31T00:30+00:00", id="Berlin, twice"
        ),
        pytest.param(
            "America/New_York", "2027-03-14T02:30", "2027-03-14T07:30+00:00", id="New York, gap"
        ),
        pytest.param(
            "America/New_York", "2027-11-07T01:30", "2027-11-07T05:30+00:00", id="New York, twice"
        ),
        pytest.param(
            "Australia/Lord_Howe", "2027-10-03T02:15", "2027-10-02T15:45+00:00", id="Lord Howe, gap"
        ),
        pytest.param(
            "Australia/Lord_Howe",
            "2027-04-04T01:45",
            "2027-04-03T14:45+00:00",
            id="Lord Howe, twice",
        ),
    ],
)
def test_to_utc(name: str, wall_clock: str, want: str) -> None:
    """A time that clocks skip keeps the offset before the gap; of two the first counts."""
    assert to_utc(datetime.fromisoformat(wall_clock), zone(name)).isoformat("T", "minutes") == want


def test_to_wall_clock() -> None:
    """An instant is shown as the clocks of the zone show it."""
    instant = datetime.fromisoformat("2027-07-09T18:30Z")
    want = datetime.fromisoformat("2027-07-09T20:30")
    assert to_wall_clock(instant, zone("Europe/Amsterdam")) == want


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Europe/Amsterdm", id="a slip of the pen"),
        pytest.param("Europe", id="a folder"),
        pytest.param("../../etc/passwd", id="a path"),
        pytest.param("posix/Europe/Amsterdam", id="a variant that some machines have"),
        pytest.param("localtime", id="the zone of the machine"),
        pytest.param("europe/amsterdam", id="lower case"),
        pytest.param("", id="nothing"),
    ],
)
def test_unknown_zone(name: str) -> None:
    """A name that the time zone database does not have is refused with the field."""
    with pytest.raises(InvalidManifest, match=r"^spec.timeZone: there is no time zone") as caught:
        zone(name)
    assert caught.value.reason == "UnknownTimeZone"
    assert caught.value.message.endswith("; use an IANA name such as Europe/Amsterdam or UTC")
