"""In which namespace plan and lint look for a TargetSet, and what they say if it is in another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from onair.cli.main import main
from tests.docs.pages import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SPOTS = ROOT / "examples" / "tv-spots"
TARGET_SET = str(SPOTS / "target-set.yaml")


def onair(*words: str) -> Result:
    """Run a command."""
    return CliRunner().invoke(main, words)


@pytest.fixture(params=[pytest.param("", id="none"), pytest.param("web", id="another")])
def namespace(request: pytest.FixtureRequest) -> str:
    """A namespace that a campaign says, or none."""
    said: str = request.param
    return said


@pytest.fixture
def campaign(tmp_path: Path, namespace: str) -> str:
    """The campaign of the example in a namespace in which its TargetSet is not."""
    text = (SPOTS / "campaign.yaml").read_text()
    said = f"  namespace: {namespace}\n" if namespace else ""
    file = tmp_path / "campaign.yaml"
    file.write_text(text.replace("  namespace: shop\n", said))
    return str(file)


def test_another_namespace(campaign: str, namespace: str) -> None:
    """Plan and lint say the same of it, at the same place, with what would be right."""
    planned, linted = onair("plan", campaign, TARGET_SET), onair("lint", campaign, TARGET_SET)
    assert (planned.exit_code, linted.exit_code) == (1, 0)
    assert planned.stderr == linted.stdout.replace(" warning: ", " error: ")
    right = "say the same namespace in both" if namespace else "say --namespace shop"
    assert planned.stderr.endswith(
        "error: spec.targetSets[0].name: there is no TargetSet"
        f" {namespace or 'default'}/garden-shop in these files; the files have shop/garden-shop:"
        f" {right}\n"
    )


@pytest.mark.parametrize("namespace", [pytest.param("", id="none")])
def test_what_is_right(campaign: str) -> None:
    """With the namespace that is said nothing is wrong."""
    assert onair("plan", "--namespace", "shop", campaign, TARGET_SET).exit_code == 0
    assert onair("lint", "--namespace", "shop", campaign, TARGET_SET).stdout == ""


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("A B", id="no name"),
        pytest.param("", id="empty"),
        pytest.param("a.b", id="a dot"),
    ],
)
@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("plan", TARGET_SET), id="plan"),
        pytest.param(("lint", TARGET_SET), id="lint"),
        pytest.param(("start", "a", "--load=4x", "--for=2h", "--target-set=a"), id="start"),
    ],
)
def test_no_namespace(words: tuple[str, ...], name: str) -> None:
    """What cannot be the name of a namespace is a wrong use of every command."""
    result = onair(*words, "--namespace", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error: --namespace: must be a short name of lower-case letters" in result.stderr
