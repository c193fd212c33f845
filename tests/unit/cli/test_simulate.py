"""`onair simulate` on files: what it simulates, what it refuses, and how it exits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml

from onair.preview.results import schema
from onair.simulation.results import Simulation
from tests.docs.pages import ROOT
from tests.unit.cli.planning import MOL, campaign
from tests.unit.cli.simulating import API, EVENING, HPA, arm, onair_simulate, said

if TYPE_CHECKING:
    from pathlib import Path

KINDS = ("Deployment", "StatefulSet")
ARMS = ["hpa-cpu", "hpa-rate", "yesterday", "last-week", "cron", "onair", "foresight"]


def target_set(**changes: object) -> str:
    """Return the example's TargetSet, with some fields of its first target changed or left out."""
    body = next(b for b in yaml.safe_load_all(MOL.read_text()) if b["kind"] == "TargetSet")
    target = body["spec"]["targets"][0] | changes
    body["spec"]["targets"][0] = {key: each for key, each in target.items() if each is not None}
    return f"{yaml.safe_dump(body)}---\n"


def test_the_schema_is_committed() -> None:
    """What docs/reference has is what the models say."""
    text = (ROOT / "docs" / "reference" / "simulation-schema.json").read_text()
    assert json.loads(text) == schema(Simulation)


def test_everything_is_said() -> None:
    """Every arm has its figures, over the whole window and over each airing in it."""
    found = said()
    assert [each["arm"] for each in found["arms"]] == ARMS
    assert (found["from"], found["until"]) == ("2027-01-09T17:00:00Z", "2027-01-09T22:00:00Z")
    (airing,) = found["airings"]
    assert (airing["campaign"], airing["airtime"]) == ("tv/wie-is-de-mol", "episode")
    assert airing["start"] == "2027-01-09T19:30:00Z"
    assert [each["arm"] for each in airing["arms"]] == ARMS
    assert airing["arms"][0]["requestsAboveCapacity"] == pytest.approx(
        arm(found, "hpa-cpu")["requestsAboveCapacity"]
    )
    assert arm(found, "cron")["replicas"] == 111
    assert found["sweep"] is None


def test_what_is_assumed_without_a_word() -> None:
    """A replica is full at perReplica / 70 %, and the HPA is Kubernetes' own up to maxReplicas."""
    assumed = said()["assumed"]
    assert assumed["capacity"] == pytest.approx(50 / 0.7)
    assert (assumed["startUp"], assumed["nodeWait"], assumed["share"]) == (60, 120, 80)
    assert assumed["hpa"] == {
        "knownFrom": "default",
        "minimum": 1,
        "maximum": 300,
        "target": 50,
        "metric": "cpu",
    }


def test_options_count() -> None:
    """Capacity, start-up, nodes, metric, size of the cron job and speed are as they are said."""
    options = ["--capacity", 60, "--start-up", "30s", "--node-wait", "0s", "--speed", 10]
    found = said(*options, "--hpa", "rate", "--cron", 40)
    assumed = found["assumed"]
    assert (assumed["capacity"], assumed["startUp"], assumed["nodeWait"]) == (60, 30, 0)
    assert assumed["hpa"]["metric"] == "rate"
    assert arm(found, "cron")["replicas"] == 40
    assert found["speed"] == 10
    assert arm(found, "onair")["requests"] == pytest.approx(arm(said(), "onair")["requests"] / 10)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        pytest.param(campaign(airtimes=4), "spec.airtimes: must be a list", id="a campaign"),
        pytest.param(
            HPA.replace("name: cpu", "name: memory"), "spec.metrics", id="an HPA of another metric"
        ),
        pytest.param("{", "error: did not find", id="text that is no manifest"),
    ],
)
def test_a_refused_manifest_exits_with_1(given: str, words: str) -> None:
    """With the file, the line and what would be right, and nothing on stdout."""
    result = onair_simulate(MOL, "-", *API, given=given)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("stdin:")
    assert words in result.stderr


def test_an_absent_target_set_is_refused() -> None:
    """Without offering to look in a cluster, which the command does not."""
    result = onair_simulate("-", given=campaign())
    assert result.exit_code == 1
    assert "no TargetSet tv/mol in these files; give its file, too\n" in result.stderr


LAST_YEAR = [{"name": "a", "start": "2026-01-09T20:30:00Z", "duration": "1h"}]
SUMMER = [{"name": "a", "start": "2026-07-09T20:30:00Z", "duration": "1h"}]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        pytest.param(
            target_set() + campaign(suspend=True), "every campaign is suspended", id="suspended"
        ),
        pytest.param(
            target_set() + campaign(), "say one of them with --target", id="several targets"
        ),
        pytest.param(target_set(), "there is no campaign", id="no campaign"),
        pytest.param(
            target_set() + campaign(airtimes=LAST_YEAR),
            "from 2027-01-09T17:00:00Z to 2027-01-09T22:00:00Z, tv/wie-is-de-mol has 1 airing, the"
            " first at 2026-01-09T20:30:00Z",
            id="nothing airs in the trace",
        ),
    ],
)
def test_what_cannot_be_simulated_exits_with_2(given: str, words: str) -> None:
    """It says why, and what would be right."""
    options = () if "--target" in words else API
    result = onair_simulate("-", *options, given=given)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["--target", "mol-chat"], "has fixed replicas", id="fixed replicas"),
        pytest.param(["--target", "x"], "but at Deployment tv/mol-api", id="another target"),
        pytest.param([*API, "--capacity", 40], "less than the 50", id="below perReplica"),
        pytest.param([*API, "--capacity", "many"], "such as 5000", id="no number"),
        pytest.param([*API, "--start-up", "soon"], "such as 90s", id="no duration"),
        pytest.param([*API, "--speed", 0], "whole number from 1 to 1,000", id="no speed"),
        pytest.param([*API, "--speed", "2.5"], "a whole number from 1", id="half a speed"),
        pytest.param([*API, "--cron", "x"], "a whole number from 1 to 100,000", id="no size"),
        pytest.param(
            [*API, "--from", "2027-01-10", "--until", "2027-01-08"],
            "--from is not before --until",
            id="the wrong way round",
        ),
        pytest.param([*API, "--from", "2027-01-10"], "nothing is left", id="beyond the trace"),
        pytest.param([*API, "--time-zone", "Mars"], "no time zone Mars", id="no zone"),
        pytest.param([*API, "--trace", "no.csv"], "no.csv: there is no such file", id="no trace"),
        pytest.param([*API, "-", "--trace", "-"], "not both", id="two on standard input"),
    ],
)
def test_wrong_usage_exits_with_2(arguments: list[object], words: str) -> None:
    """It says what would be right, on stderr."""
    result = onair_simulate(MOL, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("mol-api", id="name"),
        pytest.param("tv/mol-api", id="namespace and name"),
        pytest.param("Deployment tv/mol-api", id="as messages say it"),
        pytest.param("Deployment/mol-api", id="kind and name"),
        pytest.param("deployment/mol-api", id="as kubectl says it"),
    ],
)
def test_a_target_can_be_said_as_it_is_printed(name: str) -> None:
    """By itself, or with its kind and its namespace."""
    result = onair_simulate(MOL, "--target", name, "-o", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["name"] == "mol-api"


def test_workloads_of_one_name_are_told_apart_by_kind() -> None:
    """A Deployment and a StatefulSet may share it; what is printed can be said."""
    named = (
        {"name": kind.lower(), "scaleTargetRef": {"kind": kind, "name": "shop"}} for kind in KINDS
    )
    given = campaign(targets=[each | {"perReplica": 50, "maxReplicas": 300} for each in named])
    given = given.replace("  targetSets:\n  - name: mol\n", "")
    both = onair_simulate("-", "--target", "shop", given=given)
    assert both.exit_code == 2
    assert "such as --target 'Deployment tv/shop'" in both.stderr
    one = onair_simulate("-", "--target", "StatefulSet tv/shop", given=given)
    assert one.stdout.startswith("StatefulSet tv/shop\n")


def test_a_picture_is_not_drawn_over_what_is_read(tmp_path: Path) -> None:
    """Neither over the trace nor over a manifest, whatever they are called."""
    trace, manifest = tmp_path / "trace.svg", tmp_path / "manifest.svg"
    trace.write_bytes(EVENING.read_bytes())
    manifest.write_bytes(MOL.read_bytes())
    link = tmp_path / "link.png"
    link.symlink_to(trace)
    for plot in (trace, manifest, link):
        result = onair_simulate(manifest, *API, "--trace", trace, "--plot", plot)
        assert result.exit_code == 2
        assert f"--plot: {plot} is read, too; name another file" in result.stderr
    assert trace.read_bytes() == EVENING.read_bytes()
    assert manifest.read_bytes() == MOL.read_bytes()


def test_a_limit_that_bites_is_noted() -> None:
    """With its name, what is asked for and what it leaves; JSON has the same."""
    result = onair_simulate("-", *API, "-o", "json", given=target_set(maxReplicas=8) + campaign())
    name = "maxReplicas of api in TargetSet mol"
    (limited,) = json.loads(result.stdout)["limitedBy"]
    assert limited == {
        "limit": name,
        "at": "2027-01-09T20:25:57Z",
        "required": 111,
        "floor": 8,
    }
    assert result.stderr == (
        f"note: {name} keeps OnAir's floor at 8 where the campaigns ask for 111 replicas, from"
        " 2027-01-09T20:25:57Z on\n"
    )


def test_the_operators_limit_is_noted() -> None:
    """As those of manifests are; without a limit that bites there is no word."""
    bitten = onair_simulate(MOL, *API, "--max-replicas-per-target", 10)
    assert "note: the operator's --max-replicas-per-target keeps OnAir's floor" in bitten.stderr
    assert onair_simulate(MOL, *API).stderr == ""
    assert said()["limitedBy"] == []


def test_of_a_multiplier_the_capacity_must_be_known() -> None:
    """A target may lack perReplica then; what it serves is 70 % of the capacity that is said."""
    load = {"shape": "Episode", "multiplier": "20"}
    given = target_set(perReplica=None, share=None) + campaign(load=load)
    result = onair_simulate("-", *API, given=given)
    assert result.exit_code == 2
    assert "has no perReplica" in result.stderr
    assert "say --capacity" in result.stderr
    known = onair_simulate("-", *API, "--capacity", 100, "-o", "json", given=given)
    assumed = json.loads(known.stdout)["assumed"]
    assert assumed["perReplica"] == pytest.approx(70)


def test_targets_that_disagree_are_refused() -> None:
    """Two campaigns cannot send different shares of one trace to a workload."""
    sets = yaml.safe_load(target_set(share="50%").removesuffix("---\n"))
    sets["metadata"]["name"] = "half"
    half = campaign(targetSets=[{"name": "half"}]).replace("name: wie-is", "name: who-is")
    given = f"{yaml.safe_dump(sets)}---\n{half}"
    result = onair_simulate(MOL, "-", *API, given=given)
    assert result.exit_code == 2
    assert "say different things of share and perReplica" in result.stderr


def test_a_time_without_an_airing_is_noted() -> None:
    """It is simulated, since the trace has an airing elsewhere."""
    result = onair_simulate(MOL, *API, "--until", "2027-01-09T18:30", "-o", "json")
    assert result.exit_code == 0
    assert "note: no campaign airs from 2027-01-09T17:00:00Z to 2027-01-09T17:30" in result.stderr
    assert json.loads(result.stdout)["airings"] == []


def test_a_suspended_campaign_is_noted() -> None:
    """Beside one that is not; it raises nothing."""
    other = campaign(suspend=True).replace("name: wie-is-de-mol", "name: other")
    result = onair_simulate(MOL, "-", *API, "-o", "json", given=other)
    assert "note: tv/other is suspended" in result.stderr
    assert {each["campaign"] for each in json.loads(result.stdout)["airings"]} == {
        "tv/wie-is-de-mol"
    }


def test_campaigns_of_other_workloads_do_not_count() -> None:
    """Whether anything airs is a question of those that aim at the target."""
    elsewhere = {"name": "a", "scaleTargetRef": {"name": "x"}, "perReplica": 1, "maxReplicas": 9}
    other = campaign(targetSets=None, targets=[elsewhere]).replace("  targetSets: null\n", "")
    given = target_set() + campaign(airtimes=SUMMER) + "---\n" + other.replace("wie-is", "who-is")
    result = onair_simulate("-", *API, given=given)
    assert result.exit_code == 2
    assert "no campaign airs in the trace" in result.stderr


def test_what_was_repaired_in_a_trace_is_noted(tmp_path: Path) -> None:
    """With the name of its file."""
    lines = EVENING.read_text().splitlines(keepends=True)
    path = tmp_path / "gap.csv"
    path.write_text("".join(lines[:50] + lines[51:]))
    result = onair_simulate(MOL, *API, "--trace", path)
    assert result.exit_code == 0
    assert result.stderr.startswith(f"note: {path}: ")
