"""The operator's rights are the documented ones."""

from onair.model.rbac import rules

ALLOWED = {
    ("onair.dev", "campaigns"): "list watch",
    ("onair.dev", "targetsets"): "list watch",
    ("onair.dev", "campaigns/status"): "patch",
    ("apps", "deployments"): "get list watch",
    ("apps", "statefulsets"): "get list watch",
    ("apps", "deployments/scale"): "patch",
    ("apps", "statefulsets/scale"): "patch",
    ("autoscaling", "horizontalpodautoscalers"): "get list watch patch",
    ("apps", "controllerrevisions"): "get list watch create patch delete",
    ("", "events"): "create",
}


def test_rights_beside_targets() -> None:
    """The rights in a namespace with targets are these and no others."""
    assert {
        (group, resource): " ".join(rule["verbs"])
        for rule in rules()["namespaced"]
        for group in rule["apiGroups"]
        for resource in rule["resources"]
    } == ALLOWED


def test_rights_of_mode_observe() -> None:
    """Who only observes follows the same, says the same, and writes to no target and no ledger."""
    observed = {
        (group, resource): " ".join(rule["verbs"])
        for rule in rules()["observed"]
        for group in rule["apiGroups"]
        for resource in rule["resources"]
    }
    followed = {key: "list watch" for key, verbs in ALLOWED.items() if "watch" in verbs}
    said = {key: ALLOWED[key] for key in (("onair.dev", "campaigns/status"), ("", "events"))}
    assert observed == followed | said


def test_rights_on_leases() -> None:
    """A Lease may be created, and only our own read and updated."""
    create, ours = rules()["lease"]
    assert create["verbs"] == ["create"]
    assert ours["verbs"] == ["get", "update"]
    assert ours["resourceNames"] == ["onair"]
