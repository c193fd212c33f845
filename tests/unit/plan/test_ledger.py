"""The ledger entry's two spellings."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.plan.ledger import (
    Changed,
    DamagedEntryError,
    Entry,
    Held,
    Notes,
    Seen,
    State,
    Write,
    entry_name,
)
from onair.plan.observed import Limits, ObjectId
from onair.plan.spelling import MENDED, from_body, to_annotations, to_data
from tests.unit.plan.imagined import T0, held, minutes

HPA = ObjectId("autoscaling/v2", "HorizontalPodAutoscaler", "api", "uid-hpa")
API = ObjectId("apps/v1", "Deployment", "api", "uid-api")
NOTES = Notes(
    state=State.RAISED,
    plan="abc",
    floor=111,
    since=T0,
    campaigns=(("tv/mol", held(hold=5, step="1/3")),),
    written=(Write(T0, Limits(32, 40)), Write(T0 + minutes(5), Limits(111, 139))),
    changed=Changed(111, T0 + minutes(6)),
    settled=T0 + minutes(60),
)
ENTRY = Entry(entry_name("uid-hpa", 1), "7", 1, API, HPA, Limits(4, 20), 6, NOTES)


def body_of(entry: Entry) -> dict[str, object]:
    """Return an entry as the API server would have it."""
    annotations = {k: v for k, v in to_annotations(entry.notes).items() if v is not None}
    metadata = {
        "name": entry.name,
        "resourceVersion": entry.resource_version,
        "annotations": annotations,
    }
    return {"metadata": metadata, "data": to_data(entry), "revision": entry.sequence}


def without_digests(entry: Entry = ENTRY) -> Any:  # noqa: ANN401 - as an API server's answer
    """Return an entry as somebody leaves it who mends it by hand."""
    body: Any = body_of(entry)
    del body["data"]["digest"], body["metadata"]["annotations"]["onair.dev/digest"]
    return body


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(ENTRY, id="everything"),
        pytest.param(
            replace(ENTRY, notes=replace(NOTES, changed=Changed(7, T0, "abc"))), id="a plan's end"
        ),
        pytest.param(
            replace(ENTRY, notes=Notes(State.CAPTURED, "", 0, T0), baseline=Limits(3)), id="least"
        ),
    ],
)
def test_an_entry_is_read_as_it_was_written(entry: Entry) -> None:
    """Writing an entry and reading it back gives the same entry."""
    assert from_body(body_of(entry)) == from_body(without_digests(entry)) == entry


@given(
    hold=st.timedeltas(timedelta(0), timedelta(days=1)),
    every=st.timedeltas(timedelta(microseconds=1), timedelta(days=1)),
    step=st.fractions(Fraction(1, 1000), 1),
)
def test_cool_downs_survive_the_ledger_exactly(
    hold: timedelta, every: timedelta, step: Fraction
) -> None:
    """Times and fractions of a campaign's cool-down are kept exactly."""
    kept = Held(T0, T0, hold, step, every)
    entry = replace(ENTRY, notes=replace(NOTES, campaigns=(("tv/a", kept),)))
    assert from_body(body_of(entry)) == entry


@pytest.mark.parametrize("field", ["state", "written", "last-floor", "campaigns", "plan"], ids=str)
def test_an_entry_without_one_of_its_annotations_is_damaged(field: str) -> None:
    """Nobody guesses: a missing annotation makes the entry unreadable."""
    body = without_digests()
    del body["metadata"]["annotations"][f"onair.dev/{field}"]
    with pytest.raises(DamagedEntryError):
        from_body(body)


def cool_down(hold: str = "0", step: str = "1/4", every: str = "60.0") -> str:
    """Return the campaigns annotation with one campaign's cool-down in it."""
    row = [T0.isoformat(), T0.isoformat(), step, hold, every]
    return json.dumps({"tv/mol": row})


@pytest.mark.parametrize(
    ("field", "text"),
    [
        pytest.param("campaigns", "[]", id="campaigns: a list"),
        pytest.param("campaigns", "null", id="campaigns: nothing"),
        pytest.param("campaigns", cool_down(step="1/0"), id="step: a division by zero"),
        pytest.param("campaigns", cool_down(step="0"), id="step: never ends"),
        pytest.param("campaigns", cool_down(step="5/4"), id="step: more than all"),
        pytest.param("campaigns", cool_down(hold="1e300"), id="hold: beyond time"),
        pytest.param("campaigns", cool_down(hold="nan"), id="hold: no number"),
        pytest.param("campaigns", cool_down(hold="-1"), id="hold: negative"),
        pytest.param("campaigns", cool_down(every="0"), id="every: no time at all"),
        pytest.param("changed", "[1]", id="changed: without an instant"),
        pytest.param("changed", "1", id="changed: a number"),
        pytest.param("written", "null", id="written: nothing"),
        pytest.param("last-floor", "5", id="last floor: without an instant"),
        pytest.param("settled", "2027-01-09T20:00:00", id="settled: without an offset"),
    ],
)
def test_an_annotation_that_nobody_wrote_makes_the_entry_damaged(field: str, text: str) -> None:
    """Whatever an annotation holds, reading it ends in a damaged entry, never in another error."""
    body = without_digests()
    body["metadata"]["annotations"][f"onair.dev/{field}"] = text
    with pytest.raises(DamagedEntryError):
        from_body(body)


@pytest.mark.parametrize("kind", [pytest.param([], id="a list"), pytest.param(None, id="nothing")])
def test_an_identity_that_is_no_text_is_damaged(kind: object) -> None:
    """An entry names its objects by texts, which can be looked up."""
    body = without_digests()
    body["data"]["workload"]["kind"] = kind
    with pytest.raises(DamagedEntryError):
        from_body(body)


@pytest.mark.parametrize(
    "minimum",
    [
        pytest.param(-1, id="negative"),
        pytest.param("4", id="text"),
        pytest.param(None, id="nothing"),
        pytest.param(True, id="true"),
        pytest.param(4.5, id="a fraction"),
    ],
)
def test_a_baseline_that_is_no_count_is_damaged(minimum: object) -> None:
    """A baseline must be a whole number of replicas."""
    body = without_digests()
    body["data"]["baseline"]["minimum"] = minimum
    with pytest.raises(DamagedEntryError):
        from_body(body)


def test_what_was_seen_may_be_taken_away() -> None:
    """It is the way out after a restore of etcd: what is left of the entry is as it was."""
    body: Any = body_of(ENTRY)
    body["metadata"]["annotations"]["onair.dev/seen"] = "[7, 5]"
    assert from_body(body) == replace(ENTRY, seen=Seen(7, 5))
    del body["metadata"]["annotations"]["onair.dev/seen"]
    assert from_body(body) == ENTRY


def test_another_revision_is_damaged() -> None:
    """Whose number comes later decides whose baseline counts."""
    body = body_of(ENTRY)
    with pytest.raises(DamagedEntryError, match="its digest says so"):
        from_body(body | {"revision": 5})


def test_the_share_left_falls_by_steps_after_the_hold() -> None:
    """All is left up to the hold's last instant, then less at once and with every step."""
    cool = held(hold=5, step="1/4")
    at = [minutes(n) for n in (0, 5, 5.01, 6, 6.01, 8.01, 99)]
    shares = [cool.share_left(elapsed) for elapsed in at]
    assert shares == [1, 1, Fraction(3, 4), Fraction(3, 4), Fraction(1, 2), 0, 0]
    assert cool.length == minutes(8)


def test_an_entry_is_spelled_as_it_always_was() -> None:
    """An operator reads what an earlier version wrote, so the spelling never changes."""
    assert entry_name("uid-hpa", 1) == "onair-d8d96e8b66535222-1"
    two = (("tv/mol", held(hold=5, step="1/3")), ("a/first", held(step="1")))
    assert to_annotations(replace(NOTES, campaigns=two)) == {
        "onair.dev/state": "raised",
        "onair.dev/plan": "abc",
        "onair.dev/last-floor": '[111, "2027-01-09T19:00:00+00:00"]',
        "onair.dev/campaigns": '{"a/first": ["2027-01-09T19:00:00+00:00", '
        '"2027-01-09T19:20:00+00:00", "1", "60.0", "60.0"], "tv/mol": '
        '["2027-01-09T19:00:00+00:00", "2027-01-09T19:20:00+00:00", "1/3", "300.0", "60.0"]}',
        "onair.dev/written": '[["2027-01-09T19:00:00+00:00", 32, 40], '
        '["2027-01-09T19:05:00+00:00", 111, 139]]',
        "onair.dev/changed": '[111, "2027-01-09T19:06:00+00:00"]',
        "onair.dev/settled": "2027-01-09T20:00:00+00:00",
        "onair.dev/digest": "520fde8423d1ea35",
    }
    assert to_data(ENTRY)["digest"] == "bf8b2ec441b5e8e0"
    assert [state.value for state in State] == ["captured", "raised", "restored"]


def test_what_is_not_noted_takes_its_annotation_away() -> None:
    """A change that has cooled down, or a restore that a new hold undid, leaves nothing behind."""
    said = to_annotations(replace(NOTES, changed=None, settled=None))
    assert (said["onair.dev/changed"], said["onair.dev/settled"]) == (None, None)


def test_writes_are_kept_once_and_not_for_ever() -> None:
    """A repeated write moves on to its new instant; of many only the last forty are kept."""
    again = NOTES.with_write(Limits(32, 40), T0 + minutes(9))
    moved = (Write(T0 + minutes(5), Limits(111, 139)), Write(T0 + minutes(9), Limits(32, 40)))
    assert again.written == moved
    notes = NOTES
    for number in range(50):
        notes = notes.with_write(Limits(number), T0)
    assert [write.limits.minimum for write in notes.written] == list(range(10, 50))


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        pytest.param(
            ("data", "usual"), True, "ValueError('True is not a replica count')", id="no count"
        ),
        pytest.param(
            ("data", "workload", "uid"),
            None,
            """ValueError("{'api_version': 'apps/v1', 'kind': 'Deployment', 'name': 'api', """
            """'uid': None} is no identity of an object")""",
            id="no identity",
        ),
        pytest.param(
            ("metadata", "annotations", "onair.dev/settled"),
            "2027-01-09T20:00:00",
            """ValueError("'2027-01-09T20:00:00' has no offset")""",
            id="no instant",
        ),
        pytest.param(
            ("metadata", "annotations", "onair.dev/campaigns"),
            cool_down(step="0"),
            """'60.0'] is no cool-down: it would never begin or never end")""",
            id="no cool-down",
        ),
        pytest.param(
            ("metadata", "annotations", "onair.dev/campaigns"),
            cool_down(step="1e-99999999"),
            """'60.0'] is no cool-down: it would never begin or never end")""",
            id="a step that takes minutes to read",
        ),
        pytest.param(
            ("metadata", "annotations", "onair.dev/written"),
            "[" * 100_000,
            "RecursionError",
            id="a list without a bottom",
        ),
        pytest.param(
            ("metadata", "annotations", "onair.dev/settled"),
            "9999-12-31T23:00:00+00:00",
            "lies in no year of ours",
            id="an instant after which nothing comes",
        ),
        pytest.param(
            ("data", "usual"), 2**31, "is not a replica count", id="more than Kubernetes counts"
        ),
        pytest.param(("data",), {}, "KeyError('workload')", id="nothing"),
    ],
)
def test_what_is_damaged_is_said(path: tuple[str, ...], value: object, why: str) -> None:
    """Whoever has to repair an entry by hand reads what is wrong with it."""
    body = without_digests()
    part = body
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    with pytest.raises(DamagedEntryError) as caught:
        from_body(body)
    text = str(caught.value)
    assert text.startswith("its ledger entry cannot be read: ")
    assert why in text
    assert text.endswith("; " + MENDED)


def test_a_cool_down_in_one_step_is_sound() -> None:
    """All at once is a share like any other."""
    body = without_digests()
    body["metadata"]["annotations"]["onair.dev/campaigns"] = cool_down(step="1")
    assert from_body(body).notes.campaigns[0][1].step == 1
