"""The notes of the clamp as they are read from objects, and how they are taken away."""

from __future__ import annotations

from typing import Any

import pytest

from onair.model import names
from onair.plan.observed import Limits, Number, ObjectId
from onair.plan.situation import Put
from onair.targets import hpa, scale, wishes
from onair.targets.hpa import HpaSteering
from onair.targets.scale import ScaleSteering

Body = dict[str, Any]


def owner(manager: str, *notes: str, owns: bool = True) -> Body:
    """Return an entry of managedFields, with annotations that are notes."""
    fields: Body = {"f:spec": {"f:replicas": {}} if owns else {"f:template": {}}}
    if notes:
        fields["f:metadata"] = {"f:annotations": {f"f:onair.dev/{note}": {} for note in notes}}
    return {"manager": manager, "operation": "Update", "fieldsV1": fields}


@pytest.mark.parametrize(
    ("entries", "want"),
    [
        pytest.param([], None, id="nobody"),
        pytest.param([owner("kubectl")], None, id="an owner without a note"),
        pytest.param([owner("kubectl"), owner("onair-wanted-3")], "3", id="a manager of its own"),
        pytest.param([owner("helm", "wanted-5")], "5", id="in the entry of who applied"),
        pytest.param([owner("helm", "wanted-5", owns=False)], None, id="of former times"),
        pytest.param(
            [owner("helm", "wanted-5", owns=False), owner("onair-wanted-3")],
            "3",
            id="the newer one",
        ),
        pytest.param([owner("onair-wanted-many")], "many", id="no number"),
        pytest.param(
            [owner("onair-wanted-many"), owner("onair-wanted-3")], "3", id="one that can be read"
        ),
        pytest.param([owner("helm", "wanted-", "start-up")], None, id="no note of ours"),
        pytest.param([{"manager": "kubectl"}], None, id="no fields"),
    ],
)
def test_wanted_replicas(entries: list[Body], want: str | None) -> None:
    """The note is of whoever owns the replicas; others are left from earlier days."""
    assert wishes.replicas(entries) == want


@pytest.mark.parametrize(
    ("note", "want"),
    [
        pytest.param("1", 1, id="the least"),
        pytest.param("2147483647", 2**31 - 1, id="the most"),
        pytest.param("0", None, id="zero"),
        pytest.param("2147483648", None, id="one too many"),
        pytest.param("9" * 20, None, id="no int32"),
        pytest.param("9" * 5000, None, id="longer than Python converts"),
        pytest.param("\u0663", None, id="a digit of another script"),
        pytest.param("-5", None, id="below zero"),
        pytest.param("12\n", None, id="more than digits"),
        pytest.param("012", None, id="not as it is written"),
        pytest.param("soon", None, id="no number"),
        pytest.param("", None, id="empty"),
    ],
)
def test_a_wanted_limit(note: str, want: int | None) -> None:
    """A number that replicas can have is a wish; any other note keeps the number ours."""
    number = hpa.read(noted(note)).maximum
    assert number.wish == want
    assert number.managers == ({"kubectl"} if want else {names.MANAGER})


def test_no_note() -> None:
    """Without a note a number belongs to whoever owns the field."""
    assert hpa.read(noted(None)).maximum == Number(12, frozenset({"kubectl"}))


@pytest.mark.parametrize(
    ("metric", "want"),
    [
        pytest.param("External", 0, id="a queue"),
        pytest.param("Object", 0, id="an ingress"),
        pytest.param("Resource", None, id="CPU, with which zero is invalid"),
    ],
)
def test_a_minimum_of_zero(metric: str, want: int | None) -> None:
    """Zero is a wish where the API server takes it when it is restored."""
    body = noted(None)
    body["metadata"]["annotations"] = {names.WANTED_MIN: "0"}
    body["spec"]["metrics"] = [{"type": metric}]
    assert hpa.read(body).minimum.wish == want


def noted(note: str | None) -> Body:
    """Return an HPA with kubectl's maximum of 12, and a note of another one."""
    entry = {"manager": "kubectl", "fieldsV1": {"f:spec": {"f:maxReplicas": {}}}}
    metadata: Body = {"name": "a", "namespace": "tv", "uid": "u", "managedFields": [entry]}
    if note is not None:
        metadata["annotations"] = {names.WANTED_MAX: note}
    reference = {"kind": "Deployment", "name": "a"}
    return {"metadata": metadata, "spec": {"maxReplicas": 12, "scaleTargetRef": reference}}


def test_a_note_is_nobody_who_writes() -> None:
    """The manager that only notes a wish is not named among the writers."""
    entries = [owner("kubectl"), owner("onair-wanted-3")]
    body = {
        "metadata": {"name": "a", "uid": "u", "resourceVersion": "7", "managedFields": entries},
        "spec": {"replicas": 12},
    }
    workload = scale.read(body, "Deployment")
    assert workload.replicas.managers == {"kubectl"}
    assert (workload.replicas.wish, workload.version) == (3, "7")


def test_an_hpa_with_a_note_alone_is_marked() -> None:
    """Who has taken the marks off by hand and left a note has not taken everything."""
    reference = {"kind": "Deployment", "name": "a"}
    body = {
        "metadata": {"name": "a", "uid": "u", "annotations": {names.WANTED_MAX: "9"}},
        "spec": {"maxReplicas": 12, "scaleTargetRef": reference},
    }
    autoscaler = hpa.read(body)
    assert autoscaler.annotated
    assert (autoscaler.minimum.wish, autoscaler.maximum.wish) == (None, 9)


def test_what_a_write_to_an_hpa_says() -> None:
    """The marks are what is guarded from now on; a note goes if it still says what was read."""
    step = Put(
        ObjectId("autoscaling/v2", "HorizontalPodAutoscaler", "a", "u"),
        Limits(12, 15),
        Limits(3, 15),
        "being given back",
        Limits(0, 15),
        taken=((names.WANTED_MIN, 2),),
    )
    operations = HpaSteering().put(step)
    marks = {o["path"].rpartition("~1")[2]: o["value"] for o in operations if o["op"] == "add"}
    assert marks == {"held": "being given back", "floor": "0", "ceiling": "15"}
    place = "/metadata/annotations/onair.dev~1wanted-min"
    test, removal = operations[-2:]
    assert test == {"op": "test", "path": place, "value": "2"}
    assert removal == {"op": "remove", "path": place}


@pytest.mark.parametrize(
    ("version", "tested"),
    [
        pytest.param("", [], id="the first write"),
        pytest.param("7", ["/metadata/resourceVersion"], id="a later one"),
    ],
)
def test_what_a_write_to_a_scale_tests(version: str, tested: list[str]) -> None:
    """A first write goes over any version, a later one only over that which was read."""
    workload = ObjectId("apps/v1", "Deployment", "a", "u")
    step = Put(workload, Limits(3), Limits(12), "", Limits(12), version=version)
    operations = ScaleSteering("Deployment").put(step)
    tests = [operation["path"] for operation in operations if operation["op"] == "test"]
    assert tests == [*tested, "/metadata/uid", "/spec/replicas"]
