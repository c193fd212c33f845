"""No input whatever breaks reading or linting."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from onair.documents import read
from onair.documents.writing import write
from onair.lint import lint
from tests.unit.lint.bases import BASES
from tests.unit.lint.examples import NOW

FRAGMENTS = st.sampled_from(
    [
        *("a", "b: ", ": ", "- ", "\n", "\n  ", "[", "]", "{", "}", ", ", "&x ", "*x", "<<: *x"),
        *("'", '"', "|\n", "> ", "# ", "\t", "!!int ", "? ", "---\n", "...\n", "%", "@", "\r\n"),
        *(
            "apiVersion: onair.dev/v1alpha1\n",
            "kind: Campaign\n",
            "spec:\n",
            "metadata: {name: a}\n",
        ),
        *("null", "1e3", ".nan", "yes", "\x00", "\ufeff", "\u2028", "\ud800", "é"),
    ]
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["5m", "5k", "100%", "2027-01-09T20:30:00", "FREQ=DAILY", "Push", "start"]),
)
KEYS = st.sampled_from(
    ["name", "start", "load", "shape", "points", "at", "targets", "metadata", "spec", "a.b[0]: c"]
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4)
)


def check(text: str) -> None:
    """Lint a text, and see that whatever is said of it has a place in it."""
    found = lint([read(text, "file")], NOW)
    for finding in found.findings:
        assert finding.message
        assert finding.line >= 1
        assert finding.column >= 1
        assert "\n" not in str(finding)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    """Text of any kind is read, or it is said why not."""
    check(text)


@settings(deadline=None)
@given(st.lists(FRAGMENTS, max_size=30).map("".join))
def test_text_that_looks_like_yaml(text: str) -> None:
    """Text made of pieces of YAML is read, or it is said why not."""
    check(text)


@settings(deadline=None)
@given(st.fixed_dictionaries({"apiVersion": SCALARS, "kind": SCALARS, "metadata": VALUES}))
def test_any_object(body: dict[str, Any]) -> None:
    """An object with anything in it is judged."""
    check(write([body]))


@settings(max_examples=200, deadline=None)
@given(st.data(), st.sampled_from(BASES))
def test_mutated_manifests(data: st.DataObject, base: dict[str, Any]) -> None:
    """A manifest in which anything stands in any place is judged."""
    check(write([_mutated(data, base)]))


def _mutated(data: st.DataObject, value: Any) -> Any:  # noqa: ANN401  # of JSON
    """Return a value in which one part, or none, is something else."""
    if not isinstance(value, dict | list) or not value or data.draw(st.integers(0, 9)) == 0:
        return data.draw(VALUES)
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key = data.draw(st.sampled_from(keys))
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[key] = _mutated(data, value[key])
    return copy
