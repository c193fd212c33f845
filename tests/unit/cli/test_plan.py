"""`onair plan` on files: what it prints, what it refuses, and how it exits."""

from __future__ import annotations

import json
import subprocess
import sys
from os import environ
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from onair.cli.main import main
from onair.preview.results import Plan, schema
from tests.docs.pages import DOCS, ROOT, blocks
from tests.unit.cli.planning import EVENING, LEAP, MOL, campaign, onair_plan

EXAMPLES = sorted(ROOT.glob("examples/*.yaml"))


def test_an_evening_reads_well() -> None:
    """The example's evening is shown as the documentation shows it."""
    result = onair_plan(MOL, *EVENING)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == blocks(DOCS / "plan.md", "")[0]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_planned(example: Path) -> None:
    """Every example is planned, and its JSON is as the schema's model says."""
    result = onair_plan(example, "--from", "2027-01-01", "--until", "2027-12-31", "-o", "json")
    assert result.exit_code == 0
    plan = json.loads(result.stdout)
    assert Plan.model_validate(plan).document() == plan
    assert any(target["peak"] for target in plan["targets"])


def test_the_schema_is_committed() -> None:
    """What docs/reference has is what the models say."""
    text = (ROOT / "docs" / "reference" / "plan-schema.json").read_text()
    assert json.loads(text) == schema()


def test_yaml_and_json_say_the_same() -> None:
    """Instants are text in both."""
    as_json = onair_plan(MOL, *EVENING, "-o", "json").stdout
    as_yaml = onair_plan(MOL, *EVENING, "-o", "yaml").stdout
    assert yaml.safe_load(as_yaml) == json.loads(as_json)
    assert json.loads(as_json)["from"] == "2027-01-09T17:00:00Z"


def test_several_files_and_standard_input() -> None:
    """A target set may stand in another file than the campaigns, and these may come by pipe."""
    alone = onair_plan("-", *EVENING, given=campaign())
    assert alone.exit_code == 1
    assert alone.stdout == ""
    assert alone.stderr.endswith(
        "error: spec.targetSets[0].name: there is no TargetSet tv/mol in these files; give its"
        " file, too, or look for it with --cluster\n"
    )
    together = onair_plan(MOL, "-", *EVENING, given=campaign(suspend=True))
    assert together.exit_code == 0
    assert "suspended: nothing is planned for it" in together.stdout


def test_of_equal_names_the_last_counts() -> None:
    """As with `kubectl apply` of the same files."""
    result = onair_plan(MOL, "-", *EVENING, given=campaign(title="The Mole"))
    assert "Campaign tv/wie-is-de-mol: The Mole" in result.stdout
    assert "Wie is de Mol?" not in result.stdout


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param(
            campaign(airtimes=4), "spec.airtimes: must be a list", id="a field of the wrong type"
        ),
        pytest.param(
            campaign(timeZone="Europe/Atlantis"),
            "spec.timeZone: there is no time zone Europe/Atlantis",
            id="a zone that nobody knows",
        ),
        pytest.param(
            campaign().replace("metadata", "metadate"), "metadata: is required", id="no name"
        ),
        pytest.param("{", "error: did not find", id="text that is no manifest"),
    ],
)
def test_what_lint_refuses_is_refused(given: str, said: str) -> None:
    """With the file, the line and what would be right, and nothing on stdout."""
    result = onair_plan("-", given=given)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("stdin:")
    assert said in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param([], "name the files to plan", id="nothing to plan"),
        pytest.param(["nowhere.yaml"], "nowhere.yaml: there is no such file", id="no such file"),
        pytest.param([MOL, "-A"], "say --cluster", id="namespaces without a cluster"),
        pytest.param([MOL, "--from", "tomorrow"], "2027-01-09T20:30", id="no date"),
        pytest.param([MOL, "--from", "2027-02-30"], "that exists", id="a date that is none"),
        pytest.param([MOL, "--time-zone", "Mars"], "there is no time zone Mars", id="no zone"),
        pytest.param(
            [MOL, "--from", "2027-01-09", "--until", "2027-01-08"],
            "must come after",
            id="backwards",
        ),
        pytest.param(
            [MOL, *LEAP, "--until", "2028-01-02T00:00:01Z"],
            "at most 366 days after --from, so by 2028-01-02T00:00:00Z",
            id="a second too long",
        ),
        pytest.param(
            [MOL, "--until", "9999-12-31"],
            "no year from 1900 to 2099; a plan has at most 366 days",
            id="beyond all years",
        ),
        pytest.param([MOL, "--until", "20270109"], "write 2027-01-09", id="another spelling"),
    ],
)
def test_wrong_usage_exits_with_2(arguments: list[object], said: str) -> None:
    """It says what would be right, on stderr."""
    result = onair_plan(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_binary_file_is_refused(tmp_path: Path) -> None:
    """It is no traceback."""
    (tmp_path / "plan.yaml").write_bytes(b"\xff\xfe\x00")
    result = onair_plan(tmp_path / "plan.yaml")
    assert result.exit_code == 2
    assert "plan.yaml: it is not UTF-8; save it as UTF-8" in result.stderr


def test_an_unknown_usual_load_is_noted() -> None:
    """The plan is made without it, and stderr says so."""
    text = MOL.read_text().replace("usualReplicas: 6", "")
    result = onair_plan("-", *EVENING, given=text)
    assert result.exit_code == 0
    assert "note: the usual load of Deployment tv/mol-api is not known" in result.stderr
    assert "those of the usual load, which is not known" in result.stdout


def test_the_operators_limit() -> None:
    """It is the operator's option, and a step that it limits says so."""
    result = onair_plan(MOL, *EVENING, "--max-replicas-per-target", "50")
    assert "limited by the operator's --max-replicas-per-target" in result.stdout
    assert "limited to 50 by" in result.stdout


def test_colours_only_on_a_terminal() -> None:
    """A pipe gets plain text."""
    runner = CliRunner(env={"COLUMNS": "80"})
    arguments = ["plan", str(MOL), *EVENING]
    assert "\x1b[" not in runner.invoke(main, arguments).stdout
    assert "\x1b[" in runner.invoke(main, arguments, color=True).stdout


def test_no_color() -> None:
    """NO_COLOR takes the colours away on a terminal, too; empty, it says nothing."""
    arguments = ["plan", str(MOL), *EVENING]
    for said, coloured in (("1", False), ("", True)):
        runner = CliRunner(env={"COLUMNS": "80", "NO_COLOR": said})
        assert ("\x1b[" in runner.invoke(main, arguments, color=True).stdout) == coloured


CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param(
            f"{CONFIG_MAP}---\n{CONFIG_MAP}",
            "note: there is no campaign in what was given: 2 objects of other kinds not looked at",
            id="objects of others",
        ),
        pytest.param(
            MOL.read_text().rpartition("---")[0],
            "note: there is no campaign in what was given: 1 TargetSet\n",
            id="a target set alone",
        ),
        pytest.param("", "note: there is no campaign in what was given\n", id="nothing"),
        pytest.param(
            MOL.read_text().replace("onair.dev/", "onair.io/"),
            "warning: apiVersion: OnAir does not look at this group",
            id="another group",
        ),
    ],
)
def test_nothing_of_ours_is_said(given: str, said: str) -> None:
    """An empty plan says why it is empty."""
    result = onair_plan("-", given=given)
    assert result.exit_code == 0
    assert "There is no campaign to plan." in result.stdout
    assert said in result.stderr


def test_a_campaign_beside_objects_of_others() -> None:
    """What is passed over beside it is no news."""
    assert onair_plan(MOL, "-", *EVENING, given=CONFIG_MAP).stderr == ""


def test_a_key_that_is_there_twice_is_said() -> None:
    """The plan is made of the later one, and stderr says so."""
    text = MOL.read_text().replace("kind: Campaign", "kind: Airtime\nkind: Campaign")
    result = onair_plan("-", *EVENING, given=text)
    assert result.exit_code == 0
    assert "warning: the key kind is there twice: the later one wins" in result.stderr


def test_a_campaign_that_is_over() -> None:
    """It is said in words that nothing of it is left."""
    result = onair_plan(MOL, "--from", "2030-01-01")
    assert "  airs not within this window" in result.stdout.splitlines()
    said = "note: every airing of tv/wie-is-de-mol is over before this plan begins\n"
    assert result.stderr == said


def test_names_that_the_server_makes() -> None:
    """Two campaigns whose names begin alike are two."""
    body = yaml.safe_load(campaign())
    body["metadata"] = {"generateName": "mol-", "namespace": "tv"}
    text = "---\n".join([MOL.read_text(), *[yaml.safe_dump(body)] * 2])
    plan = json.loads(onair_plan("-", *EVENING, "-o", "json", given=text).stdout)
    names = [each["name"] for each in plan["campaigns"]]
    assert len(set(names)) == 3
    assert [name.startswith("mol-") for name in names] == [False, True, True]


def test_an_endless_file_is_refused(tmp_path: Path) -> None:
    """It is not read into memory."""
    (tmp_path / "large.yaml").write_bytes(b"#" * (1 << 25 | 1))
    for name in (tmp_path / "large.yaml", "/dev/zero"):
        result = onair_plan(name)
        assert result.exit_code == 2
        assert "it is larger than 32 MiB; split it" in result.stderr


@pytest.mark.parametrize(
    ("words", "status"),
    [
        pytest.param(["plan", str(MOL), *EVENING], 0, id="a chart in an encoding without blocks"),
        pytest.param(["shapes", "Episode"], 0, id="a shape in one"),
        pytest.param(["plan", "-"], 2, id="no standard input"),
    ],
)
def test_poor_streams(words: list[str], status: int) -> None:
    """No traceback comes of them."""
    environment = environ | {"PYTHONIOENCODING": "latin-1"}
    command = [str(Path(sys.executable).with_name("onair")), *words]
    closed = ["sh", "-c", 'exec "$@" <&-', "sh", *command]
    done = subprocess.run(closed, env=environment, capture_output=True, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (status, False)


def test_every_property_of_the_schema_is_described() -> None:
    """And none is refused that a later version may add."""
    models = [schema(), *schema()["$defs"].values()]
    for model in models:
        assert "additionalProperties" not in model
        assert [n for n, said in model["properties"].items() if "description" not in said] == []
