"""`onair holds`: what is printed of a ledger, and what of that which cannot be read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from onair.cluster import resources
from onair.cluster.errors import ForbiddenError, UnreachableError
from onair.plan.ledger import State
from onair.plan.observed import Limits
from tests.unit.cli.clusters import Server, run
from tests.unit.holds import add_deployment, damage, raise_target, raise_workload
from tests.unit.plan.imagined import T0, minutes

if TYPE_CHECKING:
    from click.testing import Result

NOW = T0 + minutes(30)


@pytest.fixture
def server() -> Server:
    """A namespace in which an HPA of `api` is held, 32 replicas and up."""
    server = Server(NOW)
    add_deployment(server, "api", 32)
    raise_target(server, "api", State.RAISED, Limits(32, 40))
    return server


def holds(monkeypatch: pytest.MonkeyPatch, server: Server, *words: str) -> Result:
    """Run the command for the namespace."""
    return run(monkeypatch, server, "holds", *words)


def said(monkeypatch: pytest.MonkeyPatch, server: Server) -> dict[str, Any]:
    """Return what is said for programs."""
    result = holds(monkeypatch, server, "-o", "json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_as_text(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """What is held, what it was, and whose its numbers are, in lines for a person."""
    result = holds(monkeypatch, server)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "tv at Sat 9 Jan 2027 19:30 (UTC)",
        "",
        "Deployment tv/api, through HorizontalPodAutoscaler api",
        "  floor 32 since Sat 9 Jan 2027 19:00, ceiling 40",
        "  32 replicas asked for, 0 ready",
        f"  its owner's numbers were noted on Sat 9 Jan 2027 18:59 in {entry_of(server)}",
        "  field        now  restored to  now it is",
        "  minReplicas   32            4  written by OnAir",
        "  maxReplicas   40           20  written by OnAir",
    ]


def test_as_json(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """The same for programs, with the Lease's holder and where it was looked."""
    found = said(monkeypatch, server)
    assert (found["at"], found["namespaces"]) == ("2027-01-09T19:30:00Z", ["tv"])
    assert found["operator"] == {"lease": "tv/onair", "holder": "onair-7f", "unknown": None}
    (hold,) = found["holds"]
    assert (hold["floor"], hold["baseline"]) == (32, {"minimum": 4, "maximum": 20})
    assert hold["noted"] == "2027-01-09T18:59:00Z"
    assert found["damages"] == []


def test_all_namespaces(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """Every namespace is looked at, and said to be."""
    result = holds(monkeypatch, server, "-A")
    assert result.stdout.startswith("all namespaces at ")
    assert "Deployment tv/api" in result.stdout


def test_a_calendar_ahead(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """What an operator has written by a calendar of its own counts as written."""
    server.now = T0 - minutes(600)
    server.lease("onair-7f")
    (hold,) = said(monkeypatch, server)["holds"]
    assert hold["ceiling"] == 40


def test_the_newest_revision_counts(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """Of several entries of a target the last is restored; it is held since the first."""
    path = resources.REVISIONS.path("tv", entry_of(server))
    newer = json.loads(json.dumps(server.objects[path]))
    newer["revision"], newer["data"]["baseline"]["minimum"] = 1, 7
    del newer["data"]["digest"]
    newer["metadata"] |= {"name": "onair-newer", "creationTimestamp": "2027-01-09T19:20:00Z"}
    server.has(resources.REVISIONS, newer)
    (hold,) = said(monkeypatch, server)["holds"]
    assert (hold["baseline"]["minimum"], hold["entry"]) == (7, "onair-newer")
    assert hold["noted"] == "2027-01-09T18:59:00Z"


def test_several_are_sorted(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """By namespace, kind and name, each with its own numbers."""
    raise_workload(server, "StatefulSet", "a-chat")
    raise_workload(server, "Deployment", "web")
    found = said(monkeypatch, server)["holds"]
    assert [(h["kind"], h["name"]) for h in found] == [
        ("Deployment", "api"),
        ("Deployment", "web"),
        ("StatefulSet", "a-chat"),
    ]
    assert [[n["field"] for n in h["numbers"]] for h in found[1:]] == [["replicas"], ["replicas"]]


def test_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """That nothing is held is an answer."""
    result = holds(monkeypatch, Server(NOW))
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1:] == ["Nothing is held."]


def test_damaged(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """A target whose entry cannot be read is said in words, beside those that are held."""
    damage(server, raise_target(server, "web", State.RAISED, Limits(32, 40)))
    result = holds(monkeypatch, server)
    assert result.exit_code == 0
    title, line = result.stdout.splitlines()[-2:]
    assert title == "Nobody knows what the owner had set"
    assert line.startswith("  Deployment tv/web: its ledger entry cannot be read")
    assert "Deployment tv/api, through" in result.stdout


def test_an_entry_that_names_no_target(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """It is not passed over: its own name is said."""
    server.objects[resources.REVISIONS.path("tv", entry_of(server))]["data"] = None
    found = said(monkeypatch, server)
    abouts = {damage["about"] for damage in found["damages"]}
    assert abouts == {f"ControllerRevision/{entry_of(server)}", "Deployment/api"}


def test_marks_without_an_entry(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """An HPA of ours that nothing is recorded of is said."""
    del server.objects[resources.REVISIONS.path("tv", entry_of(server))]
    (found,) = said(monkeypatch, server)["damages"]
    assert "its ledger entry is gone" in found["why"]


def test_what_may_not_be_read(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """Without HPAs and workloads the ledger is told, and what is missing named."""
    server.refused = {
        "horizontalpodautoscalers": ForbiddenError("no right to list HPAs", 403),
        "deployments": ForbiddenError("no right to list deployments", 403),
        "leases": ForbiddenError("no right to get leases", 403),
    }
    raise_workload(server, "StatefulSet", "chat")
    found = said(monkeypatch, server)
    hpa, chat = found["holds"]
    assert (hpa["numbers"], hpa["replicas"], hpa["baseline"]["minimum"]) == ([], None, 4)
    assert "no right to list HPAs" in hpa["unseen"]
    assert chat["unseen"] is None
    assert found["operator"]["unknown"] == "no right to get leases"
    text = holds(monkeypatch, server)
    assert "note: cannot read deployments: no right to list deployments" in text.stderr
    assert "minimum 4 and maximum 20 to restore; cannot read" in text.stdout
    assert "Lease" not in text.stderr


def test_the_ledger_is_needed(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """Without it there is no answer, which is said on stderr alone."""
    server.refused = {"controllerrevisions": UnreachableError("no answer")}
    result = holds(monkeypatch, server)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: the cluster cannot be looked at: no answer; try `kube")


@pytest.mark.parametrize(
    ("state", "floor", "want"),
    [
        pytest.param("captured", 0, "noted for a raise to come; nothing", id="captured"),
        pytest.param("raised", 0, "being given back since Sat 9 Jan 2027 19:00", id="given back"),
        pytest.param("restored", 0, "given back; the note stays for an hour", id="restored"),
    ],
)
def test_states(monkeypatch: pytest.MonkeyPatch, state: str, floor: int, want: str) -> None:
    """How far a hold is, is said in words."""
    server = Server(NOW)
    add_deployment(server, "api", 4)
    live = Limits(32, 40) if state == "raised" else Limits(4, 20)
    entry = raise_target(server, "api", State(state), live)
    server.notes(entry)["onair.dev/last-floor"] = json.dumps([floor, T0.isoformat()])
    assert f"  {want}" in holds(monkeypatch, server).stdout


def test_for_whom(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """Campaign, airing, end of demand and cool-down; after a change the new end alone."""
    row = [T0.isoformat(), (T0 + minutes(60)).isoformat(), "1/4", "300.0", "60.0"]
    entry = server.objects[resources.REVISIONS.path("tv", entry_of(server))]
    notes = entry["metadata"]["annotations"]
    del notes["onair.dev/digest"]
    notes["onair.dev/campaigns"] = json.dumps({"tv/mol\x1b[2J": row})
    line = "  for tv/mol\N{REPLACEMENT CHARACTER}[2J: the airing of Sat 9 Jan 2027 19:00"
    assert (
        f"{line}, demand until Sat 9 Jan 2027 20:00, cooled down at Sat 9 Jan 2027 20:08\n"
        in holds(monkeypatch, server).stdout
    )
    notes["onair.dev/changed"] = json.dumps([32, (T0 + minutes(10)).isoformat()])
    stdout = holds(monkeypatch, server).stdout
    assert f"{line}, cooled down at Sat 9 Jan 2027 19:18\n" in stdout
    assert ", cooling down since Sat 9 Jan 2027 19:10\n" in stdout


def test_who_else_writes(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """Whoever put a number back, and what the clamp has kept of whom, stands beside it."""
    hpa = server.objects[resources.HPAS.path("tv", "api")]
    fields: dict[str, object] = {"f:spec": {"f:minReplicas": {}, "f:maxReplicas": {}}}
    hpa["metadata"]["managedFields"] = [{"manager": "argocd", "fieldsV1": fields}]
    hpa["metadata"]["annotations"]["onair.dev/wanted-max"] = "25"
    hpa["spec"]["minReplicas"] = 4
    *_, minimum, maximum = holds(monkeypatch, server).stdout.splitlines()
    assert minimum.split("  ")[-1] == "its owner's number (argocd)"
    assert maximum.split()[:3] == ["maxReplicas", "40", "25"]
    assert maximum.split("  ")[-1] == "kept by the clamp; argocd wanted 25"


def test_an_echo_is_not_restored(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    """A number of OnAir's own that somebody has repeated is told as that."""
    hpa = server.objects[resources.HPAS.path("tv", "api")]
    hpa["metadata"]["annotations"]["onair.dev/wanted-max"] = "40"
    *_, maximum = holds(monkeypatch, server).stdout.splitlines()
    assert (
        maximum
        == "  maxReplicas   40           20  kept by the clamp; somebody repeated OnAir's own 40"
    )


@pytest.mark.parametrize(
    "words", [pytest.param(("-o", "yaml"), id="output"), pytest.param(("-n", "T V"), id="name")]
)
def test_an_option_is_wrong(
    monkeypatch: pytest.MonkeyPatch, server: Server, words: tuple[str, str]
) -> None:
    """It ends with 2 and shows nothing."""
    result = holds(monkeypatch, server, *words)
    assert (result.exit_code, result.stdout) == (2, "")


def entry_of(server: Server) -> str:
    """Return the name of the first entry."""
    path = next(path for path in server.objects if "controllerrevisions" in path)
    return path.rpartition("/")[2]
