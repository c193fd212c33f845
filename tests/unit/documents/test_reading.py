"""Files are read as kubectl reads them, and every value is known by its place."""

import json

import pytest

from onair.documents import read
from onair.documents.reading import LARGEST
from onair.model.paths import path_of, split
from tests.unit.documents.texts import TEXTS, UNREADABLE, Text

MANIFEST = """\
# a campaign
apiVersion: onair.dev/v1alpha1
kind: Campaign
metadata:
  name: mol
spec:
  airtimes:
  - name: one
    start: 2027-01-09T20:30:00
  - {name: two, start: 2027-01-16T20:30:00}
  targetSets: [{name: mol}]
"""


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_texts(text: Text) -> None:
    """Every text stands for the objects that kubectl would send."""
    found = read(text.text, "file")
    assert [document.body["spec"] for document in found.documents] == text.specs
    assert all(document.body["kind"] == "Anything" for document in found.documents)
    assert not found.errors


@pytest.mark.parametrize(("text", "line", "column"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_unreadable(text: str, line: int, column: int) -> None:
    """What cannot be read is said in one line, with its place, and hides nothing else."""
    found = read(f"{text}\n---\nkind: Other\n", "file")
    assert found.documents[-1].body == {"kind": "Other"}
    (error,) = found.errors
    assert (error.line, error.column) == (line, column)
    assert error.message
    assert "\n" not in error.message


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        pytest.param("kind", 3, 1, id="a key"),
        pytest.param("metadata.name", 5, 3, id="a key in a group"),
        pytest.param("spec.airtimes[0].start", 9, 5, id="a key in an item"),
        pytest.param("spec.airtimes[1]", 10, 5, id="an item"),
        pytest.param("spec.airtimes[1].start", 10, 17, id="a key in braces"),
        pytest.param("spec.airtimes[0].duration", 8, 5, id="a key that is absent"),
        pytest.param("spec.airtimes[7].start", 7, 3, id="an item that is absent"),
        pytest.param("spec.load.shape", 6, 1, id="a group that is absent"),
        pytest.param("spec.targetSets[0].name", 11, 17, id="a key in an item in brackets"),
        pytest.param("status", 2, 1, id="nothing of it is there"),
        pytest.param('spec["airtimes"][1].start', 10, 17, id="a key in quotes"),
        pytest.param("", 2, 1, id="the object"),
        pytest.param("..[[x]].[9", 2, 1, id="no path at all"),
    ],
)
@pytest.mark.parametrize("above", [0, 3], ids=["alone", "below another"])
def test_places(path: str, line: int, column: int, above: int) -> None:
    """A field is found where it stands, an absent one where it ought to stand."""
    other = "kind: Other\n# x\n---\n" if above else ""
    document = read(other + MANIFEST, "file").documents[-1]
    assert document.at(path) == (line + above, column)
    assert document.line == 2 + above


def test_places_in_json() -> None:
    """The values of JSON have places, too, on the lines of the file."""
    text = '\n{"kind": "A"}\n{\n  "kind": "B",\n  "spec": {"a": [1,\n    {"b": 2}]}}'
    first, second = read(text, "file").documents
    assert (first.line, first.at("kind")) == (2, (2, 2))
    assert (second.line, second.at("spec.a[1].b")) == (3, (6, 6))


def test_places_behind_aliases() -> None:
    """What an alias or a merge brings stands where its anchor stands."""
    text = "a: &x\n  b: 1\nc: *x\nd:\n  <<: *x\n  e: 2\n"
    (document,) = read(text, "file").documents
    assert document.at("c.b") == (2, 3)
    assert document.at("d.b") == (2, 3)
    assert document.at("d.e") == (6, 3)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        pytest.param("a: 1\nb: 2\na: 3\n", 3, "the later one wins", id="a key twice"),
        pytest.param('{"a": 1,\n "a": 2}', 2, "the later one wins", id="a key twice in JSON"),
        pytest.param("x: &x {a: 1}\ny:\n  a: 2\n  <<: *x\n", 4, "put << first", id="a merge below"),
    ],
)
def test_warnings(text: str, line: int, message: str) -> None:
    """What is read in another way than it looks is said, with its place."""
    (warning,) = read(text, "file").warnings
    assert warning.line == line
    assert message in warning.message


def test_what_follows_is_not_dropped() -> None:
    """A second document without a separator, which Kubernetes drops in silence, is an error."""
    found = read("kind: A\n...\nkind: B\n", "file")
    assert not found.documents
    (error,) = found.errors
    assert error.line == 3
    assert "Kubernetes ignores what follows" in error.message


def _bomb(levels: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(_bomb(9), "aliases make this document too large", id="a billion laughs"),
        pytest.param("[" * 100_000, "nested more than 100 levels", id="brackets"),
        pytest.param("- " * 100_000, "nested more than 100 levels", id="hyphens"),
        pytest.param('{"a":' * 100_000, "nested more than 100 levels", id="JSON"),
        pytest.param("a: &a\n b: *a\n", "contains itself", id="a circle"),
        pytest.param("a: " + "x" * LARGEST, "above 3 MiB", id="too much text"),
        pytest.param(
            "a0: &a0 [1]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 200)),
            "nested more than 100 levels",
            id="aliases of aliases",
        ),
    ],
)
def test_bombs(text: str, message: str) -> None:
    """A text that would take all time or memory is refused at once."""
    found = read(text, "file")
    assert not found.documents
    (error,) = found.errors
    assert message in error.message


def _repeated(times: int) -> str:
    return f"a: &a [{'x, ' * 500}]\nb: [{'*a, ' * times}]\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\n---\n".join([_repeated(95)] * 20), id="aliases in many documents"),
        pytest.param("[" + "x," * 700_000 + "x]", id="one long list"),
    ],
)
def test_files_of_too_many_values(text: str) -> None:
    """Of a file that has more values than anybody writes nothing more is read."""
    found = read(f"{text}\n---\nkind: Other\n", "file")
    assert found.errors[-1].message.startswith("the file has more than 600,000 values")
    assert {"kind": "Other"} not in [document.body for document in found.documents]


@pytest.mark.parametrize(
    "key",
    [
        pytest.param("a.b", id="a dot"),
        pytest.param("a[0]", id="brackets"),
        pytest.param("", id="empty"),
        pytest.param("a: b", id="a colon"),
        pytest.param('a"b', id="a quote"),
        pytest.param("5", id="a digit"),
        pytest.param("é", id="an accent"),
    ],
)
def test_odd_keys(key: str) -> None:
    """A key of any spelling has a path, and its place."""
    path = path_of(["spec", key, 0, "x"])
    document = read(f'spec:\n  "b": 1\n  {json.dumps(key)}:\n  - x: 1\n', "file").documents[0]
    assert document.at(path) == (4, 5)
    assert split(f"{path}: is wrong: so") == (path, "is wrong: so")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param('{"kind": "A"}\n{"kind": "B"\n', "no JSON", id="a second object"),
        pytest.param('{"kind": "A"} # x', "no JSON", id="a comment behind JSON"),
        pytest.param("%YAML 1.1\n---\nkind: A\n", "begins with %", id="a directive"),
    ],
)
def test_words(text: str, words: str) -> None:
    """What is refused for a reason that YAML does not know is said in words of its own."""
    (error,) = read(text, "file").errors
    assert words in error.message


def test_many_small_aliases() -> None:
    """As many aliases as Kubernetes expands are expanded."""
    text = "a: &a {b: 1}\nc:\n" + "- *a\n" * 1000
    (document,) = read(text, "file").documents
    assert document.body["c"] == [{"b": 1}] * 1000
