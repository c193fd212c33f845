"""A status says in three languages whether a row airs, or it is not clear."""

import pytest

from onair.importing.plans.statuses import airs


@pytest.mark.parametrize(
    ("status", "want"),
    [
        pytest.param("", True, id="none"),
        pytest.param("Booked", True, id="booked"),
        pytest.param("BEST\u00c4TIGT", True, id="German, booked"),
        pytest.param("definitief geboekt", True, id="Dutch, booked"),
        pytest.param("Cancelled by client", False, id="cancelled, with words"),
        pytest.param("Abgesagt", False, id="German, cancelled"),
        pytest.param("entf\u00e4llt", False, id="German, with an umlaut"),
        pytest.param("gecanceld", False, id="Dutch, cancelled"),
        pytest.param("geschrapt", False, id="Dutch, struck off"),
        pytest.param("not booked", False, id="not"),
        pytest.param("nicht gebucht", False, id="German, not"),
        pytest.param("niet geboekt", False, id="Dutch, not"),
        pytest.param("entfaellt", False, id="German, without the umlaut"),
        pytest.param("not cancelled", None, id="not cancelled"),
        pytest.param("optie", None, id="an option"),
        pytest.param("???", None, id="signs"),
    ],
)
def test_airs(status: str, want: bool | None) -> None:  # noqa: FBT001 - a value
    """What was booked airs, what was cancelled does not, nothing else is guessed."""
    assert airs(status) is want
