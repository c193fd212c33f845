"""The clamp that the chart renders: where, for whom, and that it never refuses anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chart.clamping import BINDING, POLICY, clamp
from tests.chart.rendering import RenderError, of_kind

if TYPE_CHECKING:
    from tests.chart.rendering import Body

TV = "namespaces={tv,radio}"
EVERYWHERE = "clusterWide=true"
POLICIES = {"kept", "limits", "own", "probe", "replicas", "scale"}


@pytest.mark.parametrize("where", [TV, EVERYWHERE], ids=["some namespaces", "all of them"])
def test_every_policy_is_bound(where: str) -> None:
    """Each policy has one binding of its own name, which says the release and its namespace."""
    bodies = clamp(where)
    policies = names(of_kind(bodies, POLICY))
    assert policies == {f"onair.onair-system.{name}" for name in POLICIES}
    assert names(of_kind(bodies, BINDING)) == policies
    for binding in of_kind(bodies, BINDING):
        assert binding["spec"]["policyName"] == binding["metadata"]["name"]


def test_two_releases_do_not_meet() -> None:
    """Policies are cluster-wide: no two releases give one of theirs the same name."""
    taken = [
        names(clamp(TV, release=release, namespace=namespace))
        for release, namespace in (("a", "b-c"), ("a-b", "c"), ("a", "b"))
    ]
    assert len(set().union(*taken)) == 3 * len(POLICIES)


@pytest.mark.parametrize(
    ("values", "served"),
    [
        pytest.param((TV, "mode=observe"), None, id="in mode observe"),
        pytest.param((TV, "clamp.enabled=false"), None, id="turned off"),
        pytest.param((TV,), "admissionregistration.k8s.io/v1beta1", id="an older API server"),
    ],
)
def test_none(values: tuple[str, ...], served: str | None) -> None:
    """There is no clamp where nothing is written, nobody wants it, or nothing serves it."""
    assert clamp(*values, **({"served": served} if served else {})) == ()


def test_only_where_the_release_works() -> None:
    """With namespaces the policies are bound to these alone, else to every one."""
    for binding in of_kind(clamp(TV), BINDING):
        (only,) = binding["spec"]["matchResources"]["namespaceSelector"]["matchExpressions"]
        assert only == {
            "key": "kubernetes.io/metadata.name",
            "operator": "In",
            "values": ["tv", "radio"],
        }
    assert not any("matchResources" in b["spec"] for b in of_kind(clamp(EVERYWHERE), BINDING))


def test_nothing_is_ever_refused() -> None:
    """A defect of a policy, or a ledger that cannot be read, keeps nobody from deploying."""
    for policy in of_kind(clamp(TV), POLICY):
        assert policy["spec"]["failurePolicy"] == "Ignore", policy["metadata"]["name"]
    for binding in of_kind(clamp(TV), BINDING):
        reference = binding["spec"].get("paramRef", {"parameterNotFoundAction": "Allow"})
        assert reference["parameterNotFoundAction"] == "Allow"


def test_what_is_touched() -> None:
    """The clamp sees updates of what OnAir raises, and the probe; nothing else, no deletion."""
    seen = {
        (operation, resource)
        for policy in of_kind(clamp(TV), POLICY)
        for rule in policy["spec"]["matchConstraints"]["resourceRules"]
        for operation in rule["operations"]
        for resource in rule["resources"]
    }
    assert seen == {
        ("UPDATE", "horizontalpodautoscalers"),
        ("UPDATE", "deployments"),
        ("UPDATE", "statefulsets"),
        ("UPDATE", "deployments/scale"),
        ("UPDATE", "statefulsets/scale"),
        ("CREATE", "controllerrevisions"),
        ("CONNECT", "controllerrevisions"),
    }


def test_what_stays() -> None:
    """One policy that does nothing outlives an uninstall: its binding keeps the ledger readable."""
    bodies = clamp(TV)
    kept = [body for body in bodies if body["metadata"].get("annotations")]
    assert {body["kind"] for body in kept} == {POLICY, BINDING}
    for body in kept:
        assert body["metadata"]["name"] == "onair.onair-system.kept"
        assert body["metadata"]["annotations"] == {"helm.sh/resource-policy": "keep"}


def test_a_value_that_is_no_choice() -> None:
    """A word of YAML that is no truth value is refused, and so is one that nobody knows."""
    for value in ("clamp.enabled=sometimes", "clamp.strict=true"):
        with pytest.raises(RenderError, match="clamp"):
            clamp(TV, value)


def names(bodies: tuple[Body, ...] | list[Body]) -> set[str]:
    """Return the names of some objects."""
    return {body["metadata"]["name"] for body in bodies}
