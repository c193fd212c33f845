"""Names follow from what is named, and are names that Kubernetes takes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.importing.names import slug, uid_name

OUTLOOK = "040000008200E00074C5B7101A82E008000000006686FB75C993D5010000000000000000100"


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("Wie is de Mol?", "wie-is-de-mol", id="words"),
        pytest.param("  LENTE  2027 ", "lente-2027", id="case and spaces"),
        pytest.param("Café Größe", "cafe-grosse", id="accents"),
        pytest.param("Mol's night", "mols-night", id="an apostrophe"),
        pytest.param("Ελλάδα 2027", "2027-f5dc1eba", id="letters that are lost"),
        pytest.param("x" * 41, "x" * 31 + "-3164596d", id="too long"),
    ],
)
def test_slug(text: str, want: str) -> None:
    """A title becomes a name that people recognise; a digest says what it loses."""
    assert slug(text) == want


@pytest.mark.parametrize(
    ("uid", "want"),
    [
        pytest.param("mol-2027@planner.example", "mol-2027-planner-example", id="short"),
        pytest.param("Mol@planner.example", "event-cbddea721920", id="its case matters"),
        pytest.param(OUTLOOK, "event-a6c3a893d40c", id="Outlook's"),
    ],
)
def test_uid_name(uid: str, want: str) -> None:
    """A UID that is short stays readable, another becomes a digest."""
    assert uid_name(uid) == want


@given(st.text(min_size=1))
def test_names_are_taken(text: str) -> None:
    """Whatever is named, there is a name, short enough for a date and a number behind it."""
    for name in (slug(text), uid_name(text)):
        assert re.fullmatch("[a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?", name)
