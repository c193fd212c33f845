"""The rights that the chart renders, all of them, in every mode."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.chart.rendering import MODES, of_kind, render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.chart.rendering import Body

GOLDEN = Path(__file__).with_name("rights")
EVERY_MODE = [pytest.param(name, id=name) for name in MODES]
READ = {"get", "list", "watch"}
OURS = {"campaigns/status", "events", "leases"}
"""What may be written in every mode: the operator's own words, and its Lease."""


@pytest.mark.parametrize("mode", EVERY_MODE)
def test_every_rule(mode: str) -> None:
    """Every rule of every role is in the committed list, and nothing else is."""
    assert sorted(rules(mode)) == (GOLDEN / f"{mode}.rules.txt").read_text().splitlines()


@pytest.mark.parametrize("mode", EVERY_MODE)
def test_nothing_that_leads_further(mode: str) -> None:
    """No wildcard, no Secret, no pod template, no other right that reaches beyond replicas."""
    for role in roles(mode):
        for rule in role["rules"]:
            granted = {*rule["apiGroups"], *rule["resources"], *rule["verbs"]}
            assert not any("*" in word for word in granted)
            assert not granted & {"secrets", "configmaps", "pods", "pods/exec", "serviceaccounts"}
            assert not granted & {"escalate", "bind", "impersonate", "rbac.authorization.k8s.io"}
            assert not rule.get("nonResourceURLs")
            if {*rule["resources"]} & {"deployments", "statefulsets"}:
                assert {*rule["verbs"]} <= READ


@pytest.mark.parametrize("mode", [mode for mode in MODES if mode.startswith("observe")])
def test_observing_writes_no_target(mode: str) -> None:
    """In mode observe nothing but campaign status, Events and the Lease may be written."""
    for role in roles(mode):
        for rule in role["rules"]:
            assert {*rule["verbs"]} <= READ or {*rule["resources"]} <= OURS


@pytest.mark.parametrize("mode", EVERY_MODE)
def test_who_has_them(mode: str) -> None:
    """Every role is bound to the operator's ServiceAccount, and that is bound to nothing else."""
    bodies = render(*MODES[mode])
    bindings = of_kind(bodies, "RoleBinding", "ClusterRoleBinding")
    bound = {
        (b["roleRef"]["kind"], b["metadata"].get("namespace"), b["roleRef"]["name"])
        for b in bindings
    }
    assert bound == {
        (r["kind"], r["metadata"].get("namespace"), r["metadata"]["name"]) for r in roles(mode)
    }
    (account,) = of_kind(bodies, "ServiceAccount")
    for binding in bindings:
        assert binding["subjects"] == [
            {
                "kind": "ServiceAccount",
                "name": account["metadata"]["name"],
                "namespace": account["metadata"]["namespace"],
            }
        ]


@pytest.mark.parametrize("mode", EVERY_MODE)
def test_kinds(mode: str) -> None:
    """No Secret, no webhook and no kind beside these is rendered."""
    kinds = {body["kind"] for body in render(*MODES[mode])}
    roles_and_bindings = {kind for kind in kinds if kind.endswith(("Role", "RoleBinding"))}
    assert kinds - roles_and_bindings == {
        "Deployment",
        "Job",
        "NetworkPolicy",
        "PodDisruptionBudget",
        "Service",
        "ServiceAccount",
    }
    assert ("ClusterRole" in kinds) is mode.endswith("cluster-wide")


def roles(mode: str) -> list[Body]:
    """Return the roles of a mode."""
    return of_kind(render(*MODES[mode]), "Role", "ClusterRole")


def rules(mode: str) -> Iterator[str]:
    """Yield each right as a line: where, group/resource, by name if so limited, its verbs."""
    for role in roles(mode):
        where = role["metadata"].get("namespace", "everywhere")
        for rule in role["rules"]:
            names = "".join(f" {name}" for name in rule.get("resourceNames", ()))
            for group in rule["apiGroups"]:
                for resource in rule["resources"]:
                    verbs = " ".join(rule["verbs"])
                    yield f"{where}: {group or 'core'}/{resource}{names}: {verbs}"
