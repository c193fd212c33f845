"""`onair plan --cluster`: what a cluster adds to files, and what is said of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from click.testing import CliRunner, Result

from onair.cli.lookup import Cluster
from onair.cli.main import main
from onair.cluster import resources
from onair.world import World
from tests.unit.cli.kubeconfigs import kubeconfig
from tests.unit.plan.example import CAMPAIGN, TARGET_SET
from tests.unit.worlds import announce, body, example

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

EVENING = ("--from", "2027-01-09T18:00", "--until", "2027-01-09")


def onair_plan(*arguments: str, given: Sequence[dict[str, Any]] = ()) -> Result:
    """Run the command for the example's evening, with manifests on its standard input."""
    files = ("-",) if given else ()
    words = ["plan", "--cluster", *files, *EVENING, *arguments]
    return CliRunner().invoke(main, words, input=yaml.safe_dump_all(given))


def manifest(kind: str, name: str, spec: dict[str, Any]) -> dict[str, Any]:
    """Return a manifest in the example's namespace."""
    metadata = {"name": name, "namespace": "tv"}
    return {"apiVersion": "onair.dev/v1alpha1", "kind": kind, "metadata": metadata, "spec": spec}


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> World:
    """Return the example's namespace, which the cluster of the current kubeconfig has."""
    found = example()

    def look(namespaces: Sequence[str]) -> Cluster:
        return Cluster(found if not namespaces or "tv" in namespaces else World())

    monkeypatch.setattr("onair.cli.lookup.look", look)
    monkeypatch.setenv("KUBECONFIG", str(kubeconfig(tmp_path)))
    return found


def test_what_cannot_be_planned_is_named(world: World) -> None:
    """Campaigns of the cluster, with the reason, beside the plan of the others."""
    announce(world, "broken", timeZone="Europe/Atlantis")
    announce(world, "lost", targetSets=[{"name": "gone"}])
    result = onair_plan("-n", "tv")
    assert result.exit_code == 0
    assert "Campaign tv/wie-is-de-mol" in result.stdout
    assert "tv/broken of the cluster is not planned: spec.timeZone: there is no" in result.stderr
    assert "tv/lost of the cluster is not planned: spec.targetSets: there is no" in result.stderr


@pytest.mark.usefixtures("world")
def test_a_target_set_of_a_file_is_taken() -> None:
    """Not that of the same name in the cluster: the file is what would be applied."""
    targets = [TARGET_SET["targets"][0] | {"perReplica": 100}]
    larger = manifest("TargetSet", "mol", TARGET_SET | {"targets": targets})
    plan = json.loads(onair_plan("-n", "tv", "-o", "json", given=[larger]).stdout)
    assert [target["peak"]["replicas"] for target in plan["targets"]] == [59]


def test_a_workload_that_is_not_there_is_said() -> None:
    """Nobody is told to look in the cluster again."""
    lone = World()
    targets = [{k: v for k, v in TARGET_SET["targets"][0].items() if k != "usualReplicas"}]
    lone.observe(resources.TARGET_SETS, body("mol", TARGET_SET | {"targets": targets}))
    announce(lone, "wie-is-de-mol")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("onair.cli.lookup.look", lambda _: Cluster(lone))
        notes = onair_plan("-n", "tv").stderr
    assert "note: there is no Deployment tv/mol-api in the cluster\n" in notes
    assert "the usual load of Deployment tv/mol-api is not known" in notes
    assert "--cluster" not in notes


def test_what_the_operator_would_not_steer_is_said(world: World) -> None:
    """With the reason; of what it would steer there is nothing to say."""
    hpa = {"scaleTargetRef": {"kind": "Deployment", "name": "mol-api"}}
    world.observe(resources.HPAS, body("second", hpa | {"minReplicas": 4, "maxReplicas": 20}))
    assert onair_plan("-n", "tv").stderr == (
        "note: Deployment tv/mol-api is not raised: mol-api and second scale the same workload;"
        " keep one of them\n"
    )


def test_a_cluster_out_of_reach(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without it there is no plan, and the status is that of `onair lint`: 2."""
    monkeypatch.setenv("KUBECONFIG", str(kubeconfig(tmp_path)))
    result = onair_plan()
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: the cluster cannot be looked at: GET http://127.0.0.1:1/apis/" in result.stderr


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("context", "options", "seen"),
    [
        pytest.param("cluster: a, user: a, namespace: tv", [], True, id="that of the context"),
        pytest.param("cluster: a, user: a", [], False, id="default, where the context has none"),
        pytest.param("cluster: a, user: a, namespace: web", ["-n", "tv"], True, id="what is said"),
        pytest.param("cluster: a, user: a, namespace: web", ["-A"], True, id="all of them"),
    ],
)
def test_the_namespace(tmp_path: Path, context: str, options: list[str], *, seen: bool) -> None:
    """Without an option the one is looked at in which kubectl would look."""
    kubeconfig(tmp_path, context)
    result = onair_plan(*options, "-o", "json")
    assert result.exit_code == 0, result.stderr
    assert [each["namespace"] for each in json.loads(result.stdout)["campaigns"]] == ["tv"] * seen


@pytest.mark.usefixtures("world")
def test_a_namespace_beside_files_of_another() -> None:
    """Both are looked at."""
    elsewhere = manifest("TargetSet", "mol", TARGET_SET)
    elsewhere["metadata"]["namespace"] = "web"
    alone, both = (onair_plan(*n, "-o", "json", given=[elsewhere]) for n in ((), ("-n", "tv")))
    assert json.loads(alone.stdout)["campaigns"] == []
    assert [each["namespace"] for each in json.loads(both.stdout)["campaigns"]] == ["tv"]


@pytest.mark.usefixtures("world")
def test_manifests_without_a_namespace(tmp_path: Path) -> None:
    """They are planned where kubectl would apply them, and find their target set there."""
    kubeconfig(tmp_path, "cluster: a, user: a, namespace: tv")
    nowhere = manifest("Campaign", "another", CAMPAIGN) | {"metadata": {"name": "another"}}
    plan = json.loads(onair_plan("-o", "json", given=[nowhere]).stdout)
    assert [(each["namespace"], each["name"]) for each in plan["campaigns"]] == [
        ("tv", "wie-is-de-mol"),
        ("tv", "another"),
    ]
