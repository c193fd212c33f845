"""Links lead somewhere, commands exist, and tables list what the code has."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

import click
import pytest
import yaml

from onair.cli.main import main
from onair.metrics import Metrics
from onair.model import reasons
from onair.model.rbac import rules
from onair.model.reference import ELSEWHERE, reasons_in
from onair.plan.views import REFUSALS
from tests.chart.rendering import CHART, NAMESPACE, RELEASE, helm
from tests.docs.pages import DOCS, PAGES, ROOT, commands, name, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EVERY_PAGE = pytest.mark.parametrize("page", [pytest.param(page, id=name(page)) for page in PAGES])


@EVERY_PAGE
def test_links(page: Path) -> None:
    """Every relative link leads to a file, and one with an anchor to a heading of it."""
    for link in re.findall(r"\]\((?!https:)([^)]+)\)", page.read_text()):
        path, _, anchor = link.partition("#")
        file = page.parent / path if path else page
        assert file.exists(), link
        headings = re.findall(r"^#+ (.*)$", file.read_text(), re.MULTILINE) if anchor else []
        assert not anchor or anchor in {heading.lower().replace(" ", "-") for heading in headings}


def test_every_page_is_linked() -> None:
    """Each page of the documentation can be reached from its first one."""
    index = (DOCS / "index.md").read_text()
    pages = {path.name for path in DOCS.glob("*.md")} - {"index.md"}
    assert {page for page in pages if f"]({page})" not in index} == set()


@EVERY_PAGE
def test_make_targets(page: Path) -> None:
    """Each `make` that a page names is a target of the Makefile."""
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"(?:^|`)make ([a-z0-9-]+)", page.read_text(), re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@EVERY_PAGE
def test_onair_commands(page: Path) -> None:
    """Each `onair` command that a page shows has options that there are."""
    for command, *options in commands(page, "onair"):
        found = main.get_command(click.Context(main), command)
        assert found is not None, command
        found.make_context(command, options)


@EVERY_PAGE
def test_helm_commands(page: Path) -> None:
    """Each Helm command that installs or upgrades the chart passes values that it takes."""
    for command, *arguments in commands(page, "helm"):
        if command in {"install", "upgrade"}:
            sets = [word for word in arguments if "=" in word and not word.startswith("-")]
            chosen = any(word.startswith("namespaces=") for word in sets)
            assert "--reuse-values" not in arguments, "it knows no value that is new in the chart"
            if not chosen and "--reset-then-reuse-values" in arguments:
                sets.append("namespaces={tv}")
            assert arguments[:2] == ["onair", "charts/onair"]
            helm("template", "onair", str(CHART), *(w for s in sets for w in ("--set", s)))


@EVERY_PAGE
def test_helm_options(page: Path) -> None:
    """Each Helm command that a page shows has options that Helm has, and names the release."""
    for command, *arguments in commands(page, "helm"):
        given = {word.partition("=")[0] for word in arguments if word.startswith("-")}
        assert given <= helm_options(command), command
        assert arguments[0] == RELEASE
        assert f"--namespace {NAMESPACE}" in " ".join(arguments), command


@cache
def helm_options(command: str) -> frozenset[str]:
    """Return the options of one of Helm's commands, short ones as well, as its help lists them."""
    listed = helm(command, "--help").partition("\nFlags:\n")[2]
    pairs = re.findall(r"^ +(-\w)?(?:, )?(--[\w-]+)", listed, re.MULTILINE)
    return frozenset(chain.from_iterable(pairs))


@EVERY_PAGE
def test_watches(page: Path) -> None:
    """A `kubectl get --watch` watches one kind: it refuses more."""
    for command in commands(page, "kubectl"):
        assert "--watch" not in command or not any("," in word for word in command), command


@EVERY_PAGE
def test_waits(page: Path) -> None:
    """A `kubectl wait` waits longer than the half minute that it does by itself."""
    for command in commands(page, "kubectl"):
        assert "wait" not in command or any("--timeout=" in word for word in command), command


def test_values() -> None:
    """The table of values has each value of the chart, and the defaults that fit in a cell."""
    said = {
        value.strip("`"): cells[0]
        for names, cells in table(DOCS / "installation.md", "value").items()
        for value in names.split(", ")
    }
    values = dict(leaves(yaml.safe_load((CHART / "values.yaml").read_text())))
    assert said.keys() == values.keys()
    for value, default in values.items():
        if isinstance(default, (bool, int)):
            assert said[value] == f"`{str(default).lower()}`"


def leaves(values: dict[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each value with its path; what is as in a pod is one value."""
    for key, value in values.items():
        if isinstance(value, dict) and value and key != "resources":
            yield from leaves(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


@pytest.mark.parametrize(
    ("column", "key"),
    [pytest.param(0, "namespaced", id="enforce"), pytest.param(1, "observed", id="observe")],
)
def test_rights(column: int, key: str) -> None:
    """The table of rights has exactly those of each mode."""
    said = {
        resource.strip("`"): cells[column]
        for resource, cells in table(DOCS / "what-onair-never-touches.md", "resource").items()
        if cells[column]
    }
    assert said == {
        f"{group or 'core'}/{resource}": ", ".join(rule["verbs"])
        for rule in rules()[key]
        for group in rule["apiGroups"]
        for resource in rule["resources"]
    }


def test_metrics() -> None:
    """The table of metrics has each metric with its labels."""
    page = Metrics(observes=False).page().decode()
    there = set(re.findall(r"^# TYPE (\w+) ", page, re.MULTILINE))
    said = {metric.strip("`") for metric in table(DOCS / "operations.md", "metric")}
    assert said == {metric for metric in there if not metric.endswith("_created")}


def test_alerts() -> None:
    """The table of alerts has each alert of the chart."""
    template = (CHART / "templates" / "prometheusrule.yaml").read_text()
    said = {alert.strip("`") for alert in table(DOCS / "operations.md", "alert")}
    assert said == set(re.findall(r"- alert: (\w+)", template))


@pytest.mark.parametrize(
    "condition",
    [
        pytest.param(name, id=name)
        for name in ("Valid", "Ready", "Restored", "Feasible", "Stopped", "ClockSkew")
    ],
)
def test_reasons(condition: str) -> None:
    """Each reason of a condition has its next step, or is named as good news."""
    page = (DOCS / "troubleshooting.md").read_text()
    section = re.search(rf"^## {condition} is (.*?)(?=^## )", page, re.DOTALL | re.MULTILINE)
    assert section
    known = reasons_in((ROOT / "operator/onair/model/reasons.py").read_text())[condition]
    named = set(re.findall(r"`([A-Z]\w+)`", page))
    steps = set(re.findall(r"^\| `(\w+)` \|", section[1], re.MULTILINE))
    assert steps <= known.keys()
    assert known.keys() <= named
    # Those of a workload that is refused are too many to repeat.
    shared = set(ELSEWHERE.get(condition, ())) - REFUSALS
    assert shared <= set(re.findall(r"`([A-Z]\w+)`", section[1]))


def test_every_reason_is_one() -> None:
    """No table speaks of a reason that there is not."""
    page = (DOCS / "troubleshooting.md").read_text()
    known = {value for key, value in vars(reasons).items() if key.isupper()}
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) <= known


def test_every_make_target_is_named() -> None:
    """The table of commands has each target that the Makefile explains, but the list of them."""
    there = set(re.findall(r"^([a-z0-9-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))
    said = {command.strip("`") for command in table(DOCS / "development.md", "command")}
    assert said == {f"make {target}" for target in there - {"help"}}


def test_every_folder_is_named() -> None:
    """The table of folders has each one of the first level that is kept in the repository."""
    left = {line.strip("/") for line in (ROOT / ".gitignore").read_text().splitlines()}
    there = {each.name for each in ROOT.iterdir() if each.is_dir() and each.name[0] != "."}
    rows = table(DOCS / "development.md", "folder")
    said = {path.strip("`").split("/")[0] for row in rows for path in row.split(", ")}
    assert said == there - left


def test_every_dependency_has_its_purpose() -> None:
    """The table of packages has each one that the operator's package depends on, extras, too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"].values()
    packages = [*project["dependencies"], *(package for extra in extras for package in extra)]
    there = {re.split("[=>]", package)[0] for package in packages}
    assert {name.strip("`") for name in table(DOCS / "development.md", "package")} == there
