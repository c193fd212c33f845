"""Fields are read alike in media plans and in descriptions, in the spelling of manifests."""

from fractions import Fraction

import pytest

from onair.importing.notes import LeftOutError, UnreadableError
from onair.importing.plans.units import unit
from onair.importing.values import Unit, value


@pytest.mark.parametrize(
    ("field", "text", "want"),
    [
        pytest.param("people", "680k", "680000", id="people"),
        pytest.param("requestsPerSecond", "2,5", "2.5", id="a decimal"),
        pytest.param("response", "2,5 %", "2.5%", id="a percentage"),
        pytest.param("within", "5 min", "5m", id="a duration"),
        pytest.param("shape", "tv spot", "TVSpot", id="a shape"),
    ],
)
def test_value(field: str, text: str, want: str) -> None:
    """A value becomes what a manifest would say."""
    assert value(field, text, None) == want


@pytest.mark.parametrize(
    ("field", "text", "want"),
    [
        pytest.param("people", "1.25", "no whole number of people", id="a quarter of a person"),
        pytest.param("people", "680.000", "could be two numbers", id="thousands or decimals"),
        pytest.param("reach", "0.5", "no whole number of people", id="half a viewer"),
        pytest.param("within", "5", "has no unit", id="5 of what"),
        pytest.param("endSlack", "10", "has no unit", id="10 of what"),
        pytest.param("response", "5", "write it as a percentage", id="no percentage"),
    ],
)
def test_no_value(field: str, text: str, want: str) -> None:
    """What is no value of its field, or could be two, is refused."""
    with pytest.raises(LeftOutError, match=want):
        value(field, text, None)


def test_fraction_of_people() -> None:
    """Where points are decimal, 1.250 people are no people: the file contradicts itself."""
    with pytest.raises(LeftOutError, match="no whole number of people"):
        value("people", "1.250", ".")


@pytest.mark.parametrize(
    ("field", "text", "want"),
    [
        pytest.param("duration", "", Unit(seconds=Fraction(1)), id="a length is in seconds"),
        pytest.param("duration", "Min.", Unit(seconds=Fraction(60)), id="a dot behind it"),
        pytest.param("duration", "in Minuten", Unit(seconds=Fraction(60)), id="in"),
        pytest.param("duration", "ms", Unit(seconds=Fraction(1, 1000)), id="milliseconds"),
        pytest.param("duration", "hh:mm", Unit(is_hours=True), id="hours and minutes"),
        pytest.param("duration", "mm:ss", Unit(), id="minutes and seconds"),
        pytest.param("within", "", Unit(), id="other durations say their unit"),
        pytest.param("reach", "000", Unit(factor=1000), id="thousands"),
        pytest.param("reach", "Tsd.", Unit(factor=1000), id="German thousands"),
        pytest.param("reach", "in 000", Unit(factor=1000), id="in thousands of digits"),
        pytest.param("reach", "k", Unit(factor=1000), id="k"),
        pytest.param("reach", "in thousands", Unit(factor=1000), id="in thousands"),
        pytest.param("reach", "Mio.", Unit(factor=10**6), id="German millions"),
        pytest.param("reach", "mln", Unit(factor=10**6), id="Dutch millions"),
        pytest.param("reach", "M", Unit(factor=10**6), id="M"),
        pytest.param("response", "%", Unit(is_percentage=True), id="percent"),
        pytest.param("time", "hh:mm", Unit(), id="a format that is read anyhow"),
        pytest.param("time", "Europe/Amsterdam", Unit(), id="a zone"),
        pytest.param("campaign", "working title", Unit(), id="words beside words"),
    ],
)
def test_unit(field: str, text: str, want: Unit) -> None:
    """What a header says in brackets counts for all cells under it."""
    assert unit(field, text) == want


@pytest.mark.parametrize(
    ("field", "text"),
    [
        pytest.param("time", "PST", id="an abbreviation"),
        pytest.param("time", "EST", id="an abbreviation that is an IANA name"),
        pytest.param("time", "UTC+2", id="an offset"),
        pytest.param("duration", "frames", id="frames"),
        pytest.param("reach", "m", id="thousandths"),
        pytest.param("reach", "A 20-49", id="a group of people"),
        pytest.param("date", "dd/mm/yyyy", id="an order, which --date-order says"),
    ],
)
def test_no_unit(field: str, text: str) -> None:
    """What is not known may change every cell under it, and is refused."""
    with pytest.raises(UnreadableError, match="it is not known what"):
        unit(field, text)
