"""A value of YAML means what it means to Kubernetes."""

import pytest

from onair.documents import read
from tests.unit.documents.scalars import MEANT, REFUSED


@pytest.mark.parametrize(("text", "want"), MEANT.items(), ids=repr)
def test_meaning(text: str, want: object) -> None:
    """Every spelling has the value, and the type, that Kubernetes gives it."""
    (document,) = read(f"key: {text}", "file").documents
    assert repr(document.body) == repr({"key": want})


@pytest.mark.parametrize("text", REFUSED, ids=repr)
def test_refusals(text: str) -> None:
    """What JSON cannot say is refused where it stands, in words."""
    found = read(f"a: 1\nkey: {text}", "file")
    assert not found.documents
    (error,) = found.errors
    assert (error.line, error.column) == (2, 6)
    assert (
        "cannot be read as" in error.message
        or "finite" in error.message
        or "needs" in error.message
    )
