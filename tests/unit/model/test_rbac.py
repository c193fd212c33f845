"""The operator's rights are the documented ones."""

from onair.model.rbac import rules

ALLOWED = {
    ("onair.dev", "campaigns"): "get list watch",
    ("onair.dev", "targetsets"): "get list watch",
    ("onair.dev", "campaigns/status"): "patch",
    ("apps", "deployments"): "get list watch",
    ("apps", "statefulsets"): "get list watch",
    ("apps", "deployments/scale"): "get patch",
    ("apps", "statefulsets/scale"): "get patch",
    ("autoscaling", "horizontalpodautoscalers"): "get list watch patch",
    ("apps", "controllerrevisions"): "get list watch create patch delete",
    ("", "events"): "create patch",
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
    """Who only observes reads the same, says the same, and writes to no target and no ledger."""
    observed = {
        (group, resource): rule["verbs"]
        for rule in rules()["observed"]
        for group in rule["apiGroups"]
        for resource in rule["resources"]
    }
    read = {key for key, verbs in ALLOWED.items() if "watch" in verbs}
    assert {key for key, verbs in observed.items() if verbs == ["get", "list", "watch"]} == read
    assert observed.keys() - read == {("onair.dev", "campaigns/status"), ("", "events")}


def test_rights_on_leases() -> None:
    """A Lease may be created, and only our own read and updated."""
    create, ours = rules()["lease"]
    assert create["verbs"] == ["create"]
    assert ours["verbs"] == ["get", "update"]
    assert ours["resourceNames"] == ["onair"]
