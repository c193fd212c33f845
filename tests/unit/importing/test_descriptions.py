"""Fields are found in descriptions as people and their calendars write them."""

import pytest

from onair.importing.calendars.calendar import calendar
from onair.importing.calendars.descriptions import fields
from onair.importing.notes import LeftOutError, lines
from tests.unit.importing.calendar_texts import DEFAULTS, event, ics


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("people: 680k\nwithin: 5m", {"people": "680000", "within": "5m"}, id="lines"),
        pytest.param("Requests per person: 2.2", {"requestsPerPerson": "2.2"}, id="spaces"),
        pytest.param("- requests-per-second = 5k", {"requestsPerSecond": "5000"}, id="a list"),
        pytest.param("shape: tv spot", {"shape": "TVSpot"}, id="a shape in words"),
        pytest.param("targetSet: mol", {"targetSets": "mol"}, id="one target set"),
        pytest.param(
            "<p>people:&nbsp;680k</p><p>within: 5m<br/>endSlack: 10m</p>",
            {"people": "680000", "within": "5m", "endSlack": "10m"},
            id="HTML",
        ),
        pytest.param("End\u00a0slack: 5m", {"endSlack": "5m"}, id="a hard space"),
        pytest.param("<ul><li><b>people</b>: 5</li></ul>", {"people": "5"}, id="HTML list"),
        pytest.param("Zoom: https://example.org\nAgenda: 20:30 live", {}, id="prose"),
        pytest.param("1 < 2 people, they say", {}, id="a sign that is no HTML"),
        pytest.param("rps: 5k", {"requestsPerSecond": "5000"}, id="requests per second, in short"),
        pytest.param("duration: 65 min", {"duration": "1h5m"}, id="a duration in words"),
        pytest.param(
            "people: 680.000\nresponse: 2,5%",
            {"people": "680000", "response": "2.5%"},
            id="its numbers prove the decimal sign",
        ),
        pytest.param("Share: https://example.org/1", {}, id="a link behind a similar word"),
        pytest.param("Sharp: 20:30", {}, id="a similar word"),
        pytest.param("Response: please reply", {}, id="a field's name in prose"),
        pytest.param("Target: the young and the old!", {}, id="a similar name in prose"),
        pytest.param("hadrm: 50%", {}, id="three slips of the pen are prose"),
        pytest.param("Personen: 5k", {"people": "5000"}, id="a word of media plans"),
        pytest.param("Empfänger: 5k", {"people": "5000"}, id="a word with an accent"),
        pytest.param("audience: 5k", {"people": "5000"}, id="audience"),
        pytest.param("Uitloop: 5 min", {"endSlack": "5m"}, id="Dutch"),
        pytest.param("people\uff1a5k", {"people": "5000"}, id="a wide colon"),
        pytest.param("Station: 5", {}, id="a word of media plans that says nothing here"),
        pytest.param("", {}, id="nothing"),
    ],
)
def test_fields(text: str, want: dict[str, str]) -> None:
    """A line with a key that manifests know is a field, everything else is prose."""
    assert fields(text) == (want, ())


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(line, id=line)
        for line in ("bereik: 5k", "Viewers: 1.2 mln", "load: 5k", "people (000): 5")
    ],
)
def test_unread(line: str) -> None:
    """A line that may be meant as the crowd and is not clear is told."""
    said = f"not read: '{line}'; write it as people, requestsPerSecond, multiplier"
    assert fields(f"Wie is de Mol?\n{line}") == ({}, (said,))
    found = calendar(ics(event(f"DESCRIPTION:{line}")), DEFAULTS)
    assert list(lines(found.notes)) == [f"event 1: 'Mol', UID 'mol': {said}"]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("headrom: 50%", "write headroom", id="a slip of the pen"),
        pytest.param("hadrom: 50%", "write headroom", id="two slips of the pen"),
        pytest.param("multiplyer: 5", "write multiplier", id="another slip of the pen"),
        pytest.param("people: 680.000", "could be two numbers", id="thousands or decimals"),
        pytest.param("people: 1.5", "no whole number", id="half a person"),
        pytest.param("within: 5", "has no unit", id="no unit"),
        pytest.param("response: 5", "write it as a percentage", id="no percentage"),
        pytest.param("people: " + "1" * 5000, "is no number", id="very many digits"),
        pytest.param("rps: 5\nrequestsPerSecond: 5", "says requestsPerSecond twice", id="alias"),
        pytest.param("people: 1\npeople: 2", "says people twice", id="twice"),
        pytest.param("shape: boost", "'boost' is no shape", id="no shape"),
    ],
)
def test_wrong_fields(text: str, want: str) -> None:
    """What is nearly a field is no prose: a wrong load would be worse than none."""
    with pytest.raises(LeftOutError, match=want):
        fields(text)
