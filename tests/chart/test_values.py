"""Wrong values are refused before anything is installed, each with a message that helps."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.chart.rendering import CHART, RenderError, helm, render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMA = json.loads((CHART / "values.schema.json").read_text())
PLAIN = "nodeSelector: {}\naffinity: {}"
"""The values that mean in every chart what they mean here."""
LABEL = 63
"""Characters in a label's value, where Kubernetes repeats the names of Services and Jobs."""

WRONG = [
    pytest.param(
        [],
        ["exactly one of these: some namespaces (--set 'namespaces={tv,radio}'), or all of them"],
        id="neither namespaces nor the cluster",
    ),
    pytest.param(
        ["clusterWide=true", "namespaces={tv}"],
        ["choose where campaigns live, exactly one of these"],
        id="both namespaces and the cluster",
    ),
    pytest.param(
        ["namespaces=null"],
        ["choose where campaigns live, exactly one of these"],
        id="no list of namespaces",
    ),
    pytest.param(
        ["namespaces={123}"],
        ["at '/namespaces/0': got number, want string"],
        id="a number for a namespace",
    ),
    pytest.param(
        ["namespaces=tv"],
        ["at '/namespaces': got string, want array"],
        id="a namespace that is no list",
    ),
    pytest.param(
        ["namespaces={TV}"],
        ["at '/namespaces/0': 'TV' does not match pattern"],
        id="no name of a namespace",
    ),
    pytest.param(
        ["namespaces={tv,tv}"],
        ["at '/namespaces': items at 0 and 1 are equal"],
        id="a namespace twice",
    ),
    pytest.param(
        ["clusterWide=yes"],
        ["at '/clusterWide': got string, want boolean"],
        id="a word for a truth",
    ),
    pytest.param(
        ["namespaces={tv}", "mode=audit"],
        ["at '/mode': value must be one of 'enforce', 'observe'"],
        id="no mode",
    ),
    pytest.param(
        ["namespaces={tv}", "maxReplicasPerTarget=0"],
        ["at '/maxReplicasPerTarget': minimum: got 0, want 1"],
        id="no replicas",
    ),
    pytest.param(
        ["namespaces={tv}", "maxReplicasPerTarget=many"],
        ["at '/maxReplicasPerTarget': got string, want integer"],
        id="a word for a number",
    ),
    pytest.param(
        ["namespaces={tv}", "restoreTimeoutSeconds=5m"],
        ["at '/restoreTimeoutSeconds': got string, want integer"],
        id="a duration for seconds",
    ),
    pytest.param(
        ["namespaces={tv}", "restoreTimeoutSeconds=7200"],
        ["at '/restoreTimeoutSeconds': maximum: got 7,200, want 3,600"],
        id="longer than restore waits",
    ),
    pytest.param(
        ["namespaces={tv}", "image.tag=1"],
        ["at '/image/tag': got number, want string"],
        id="a number for a tag",
    ),
    pytest.param(
        ["namespaces={tv}", "image.digest=0a0b"],
        ["at '/image/digest': '0a0b' does not match pattern"],
        id="no digest",
    ),
    pytest.param(
        ["namespaces={tv}", "image.pullSecrets={key\nhostNetwork: true}"],
        ["at '/image/pullSecrets/0': 'key\\nhostNetwork: true' does not match pattern"],
        id="more than the name of a secret",
    ),
    pytest.param(
        ["namespaces={tv}", "image.repository="],
        ["at '/image/repository': '' does not match pattern"],
        id="no repository",
    ),
    pytest.param(
        ["namespaces={tv}", "image.pullPolicy=Sometimes"],
        ["at '/image/pullPolicy': value must be one of 'Always', 'IfNotPresent', 'Never'"],
        id="no pull policy",
    ),
    pytest.param(
        ["namespaces={tv}", "resources.requests.cpu=50 m"],
        ["at '/resources/requests/cpu': '50 m' does not match pattern"],
        id="no quantity",
    ),
    pytest.param(
        ["namespaces={tv}", "nodeSelector.big=true"],
        ["at '/nodeSelector/big': got boolean, want string"],
        id="a truth for a label",
    ),
    pytest.param(
        ["namespaces={tv}", "tolerations[0].key=a", "tolerations[0].operator=Is"],
        ["at '/tolerations/0/operator': value must be one of 'Exists', 'Equal'"],
        id="no operator of a toleration",
    ),
    pytest.param(
        ["namespaces={tv}", "affinity.nodes=all"],
        ["at '/affinity': additional properties 'nodes' not allowed"],
        id="no affinity",
    ),
    pytest.param(
        ["namespaces={tv}", "networkPolicy.apiServerPorts={https}"],
        ["at '/networkPolicy/apiServerPorts/0': got string, want integer"],
        id="a name for a port",
    ),
    pytest.param(
        ["namespaces={tv}", "monitoring.alerts=true", "monitoring.dashboards=true"],
        ["at '/monitoring': additional properties 'dashboards' not allowed"],
        id="something to monitor that is not there",
    ),
    pytest.param(
        ["namespaces={tv}", "replicas=2"],
        ["at '': additional properties 'replicas' not allowed"],
        id="a value that is not there",
    ),
]


NEEDED = (
    "mode",
    "clusterWide",
    "maxReplicasPerTarget",
    "restoreTimeoutSeconds",
    "clamp",
    "clamp.enabled",
    "image",
    "image.repository",
    "image.pullPolicy",
    "networkPolicy",
    "networkPolicy.enabled",
    "networkPolicy.apiServerPorts",
    "monitoring",
    "monitoring.serviceMonitor",
    "monitoring.alerts",
)
"""The values, and groups of them, without which the chart would guess."""

NOT_NEEDED = (
    "namespaces",
    "image.tag",
    "image.digest",
    "image.pullSecrets",
    "resources",
    "resources.requests",
    "resources.limits",
    "nodeSelector",
    "affinity",
    "tolerations",
)
"""The others: left empty they mean none, or the default that their comment names."""


@pytest.mark.parametrize(("values", "messages"), WRONG)
def test_wrong_values(values: list[str], messages: list[str]) -> None:
    """Values that make no sense are refused, and the message names the value and what is right."""
    with pytest.raises(RenderError) as refused:
        render(*values)
    for message in messages:
        assert message in str(refused.value)


@pytest.mark.parametrize("value", [pytest.param(value, id=value) for value in NEEDED])
def test_null_for_what_is_needed(value: str) -> None:
    """A value that is left empty, which takes its default away, is refused by its name."""
    *_, last = value.split(".")
    with pytest.raises(RenderError, match=f"missing property '{last}'"):
        render("namespaces={tv}", f"{value}=null")


@pytest.mark.parametrize("value", [pytest.param(value, id=value) for value in NOT_NEEDED])
def test_null_for_none(value: str) -> None:
    """A value that may be left empty is left out of every object, and leaves no hole there."""
    assert "null" not in json.dumps(render("clusterWide=true", f"{value}=null"))


def test_null_of_every_value() -> None:
    """What an empty value means is known for every value, and for every group of them."""
    assert {*NEEDED, *NOT_NEEDED} == {*_names(yaml.safe_load((CHART / "values.yaml").read_text()))}


@pytest.mark.parametrize(
    "release",
    [pytest.param("123", id="begins with a digit"), pytest.param("on.air", id="has a dot")],
)
def test_wrong_release(release: str) -> None:
    """A release whose name cannot be that of a Service is refused, and the message says why."""
    with pytest.raises(RenderError, match=f'the release cannot be called "{release}"'):
        render("namespaces={tv}", release=release)


def test_longest_release() -> None:
    """The longest name that Helm allows leaves room for what the chart appends to it."""
    with pytest.raises(RenderError, match="invalid release name"):
        render("namespaces={tv}", release="a" * 54)
    names = [body["metadata"]["name"] for body in render("namespaces={tv}", release="a" * 53)]
    assert max(len(name) for name in names) <= LABEL


def test_every_level_is_closed() -> None:
    """Where the schema lists properties nothing else is taken, so a misspelt value is refused."""
    levels = list(_levels(SCHEMA, "values"))
    assert len(levels) > 5
    assert [path for path, level in levels if level.get("additionalProperties") is not False] == []


def test_every_value_has_a_schema() -> None:
    """Each value of values.yaml is in the schema and the other way round, `global` aside."""
    values = yaml.safe_load((CHART / "values.yaml").read_text())
    assert {*values, "global"} == {*SCHEMA["properties"]}
    for name in ("image", "networkPolicy", "monitoring"):
        assert {*values[name]} == {*SCHEMA["properties"][name]["properties"]}


def test_every_value_is_explained() -> None:
    """Each value of values.yaml follows a comment, or stands in a group that does."""
    lines = (CHART / "values.yaml").read_text().splitlines()
    groups = "\n".join(lines).split("\n\n")
    bare = [group for group in groups if "#" not in group]
    assert bare == [PLAIN]


def test_part_of_another_chart(tmp_path: Path) -> None:
    """A chart that has it as a part may set its values, and use `global` ones of its own."""
    parent = {"apiVersion": "v2", "name": "parent", "version": "0.1.0"}
    (tmp_path / "Chart.yaml").write_text(json.dumps(parent))
    (tmp_path / "values.yaml").write_text('{"global": {"a": 1}, "onair": {"namespaces": ["tv"]}}')
    shutil.copytree(CHART, tmp_path / "charts" / "onair")
    assert "--namespaces=tv" in helm("template", "show", str(tmp_path))


def _levels(schema: object, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every level of a schema that says which properties an object has."""
    if not isinstance(schema, dict):
        return
    if "properties" in schema and "type" in schema:
        yield path, schema
    for name, part in schema.items():
        yield from _levels(part, f"{path}.{name}")


def _names(values: dict[str, Any]) -> Iterator[str]:
    """Yield the name of each value, and of each in a group of them."""
    for name, value in values.items():
        yield name
        if isinstance(value, dict):
            yield from (f"{name}.{part}" for part in value)
