"""Whatever stands in a field, lint says what is wrong with it, and where, and never breaks."""

import json
import re
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from onair.documents import read
from onair.lint import Finding, lint
from tests.unit.lint.leaves import Leaf, leaves
from tests.unit.lint.wrong import Case, generator, impossible, of_kind
from tests.unit.model.manifests import ABSENT, CAMPAIGN, changed

NOW: Final = datetime(2026, 12, 1, tzinfo=UTC)
LEAVES: Final = leaves()
SAID: Final = [leaf for leaf in LEAVES if not leaf.path.startswith("status")]
"""What people write: the server drops a status, whatever is in it."""

TYPES: Final[dict[str, tuple[type, ...]]] = {
    "array": (list,),
    "boolean": (bool,),
    "integer": (int,),
    "object": (dict,),
    "string": (str,),
}


def errors(body: dict[str, Any]) -> list[Finding]:
    """Return the errors in a manifest."""
    text = json.dumps(body, indent=1)
    return [found for found in lint([read(text, "f")], NOW).findings if found.severity == "error"]


def is_of_type(case: Case, leaf: Leaf) -> bool:
    """Tell whether a value may stand in a field as far as its JSON type goes."""
    if case.value is ABSENT or case.value is None:
        return True
    types = TYPES.get(leaf.schema.get("type", ""), (int, str))
    return isinstance(case.value, types) and (bool in types or not isinstance(case.value, bool))


USEFUL: Final = re.compile(
    r"must |is required|is not a field that OnAir knows|such as |say |needs? |has the (key|value) "
    r"|twice|stands only|stand only|at most|only once|nothing but"
    r"|keep one|make it|or change|ask for|start (on|at|with)"
)
"""Words with which it is said what would be right."""


@pytest.mark.parametrize("leaf", LEAVES, ids=str)
def test_every_field_has_a_generator(leaf: Leaf) -> None:
    """A field of a CRD for which nobody has thought of wrong values is missing here."""
    assert isinstance(generator(leaf), tuple)


@pytest.mark.parametrize("leaf", SAID, ids=str)
def test_values_of_every_kind(leaf: Leaf) -> None:
    """A value of any kind is taken or refused in plain words; of another type, at that field."""
    for case in of_kind(leaf):
        found = errors(case.body)
        assert all(each.path and USEFUL.search(each.message) for each in found), (case.name, found)
        assert not any("Input should" in each.message for each in found), case.name
        assert is_of_type(case, leaf) or case.path in [each.path for each in found], case.name


@pytest.mark.parametrize("leaf", SAID, ids=str)
def test_impossible_values(leaf: Leaf) -> None:
    """A value of the right kind that is impossible is refused at that field or in it."""
    for case in impossible(leaf):
        found = [found for found in errors(case.body) if found.path.startswith(case.path)]
        assert found, case.name
        assert all(USEFUL.search(each.message) for each in found), (case.name, found)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param(
            {"spec.airtimes.0.duration": 90},
            "must be text: a duration from 1s to 168h, such as 90s, 10m or 1h5m",
            id="a number for a duration",
        ),
        pytest.param(
            {"spec.load.headroom": 0.3},
            "must be text: a percentage from 0% to 1000%, such as 12.5%",
            id="a share for a percentage",
        ),
        pytest.param(
            {"spec.timezone": "UTC"},
            "is not a field that OnAir knows; did you mean timeZone?",
            id="other capitals",
        ),
        pytest.param(
            {"spec.load.audience.peopel": 5},
            "is not a field that OnAir knows; did you mean people?",
            id="a slip of the pen",
        ),
        pytest.param(
            {"metadata.lables": {}},
            "is not a field that OnAir knows; did you mean labels?",
            id="a slip in the metadata",
        ),
        pytest.param(
            {"spec.load.colour": None}, "is not a field that OnAir knows", id="nothing like it"
        ),
        pytest.param({"spec.airtimes": []}, "must have at least 1 item", id="one item"),
    ],
)
def test_what_would_be_right(changes: dict[str, Any], message: str) -> None:
    """A wrong type is answered with the spelling that is right, a slip with the right name."""
    (error,) = errors(changed(CAMPAIGN, changes))
    assert error.message == message
