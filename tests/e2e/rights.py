"""Rights that are taken from an operator by hand, and given back."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.e2e.tenant import Tenant

Body = dict[str, Any]


@contextmanager
def without(tenant: Tenant, *taken: tuple[str, str]) -> Iterator[None]:
    """Take rights, each a verb and a resource, from the tenant's operator while this lasts."""
    roles = tenant.api.list("Role", tenant.namespace)
    for role in roles:
        set_rules(tenant, role, [left for rule in role["rules"] for left in rest(rule, taken)])
    try:
        yield
    finally:
        for role in roles:
            set_rules(tenant, role, role["rules"])


def set_rules(tenant: Tenant, role: Body, rules: list[Body]) -> None:
    """Let a Role have these rules."""
    tenant.patch("Role", role["metadata"]["name"], {"rules": rules})


def rest(rule: Body, taken: tuple[tuple[str, str], ...]) -> Iterator[Body]:
    """Yield what is left of a rule, one rule for each resource."""
    for resource in rule["resources"]:
        verbs = [verb for verb in rule["verbs"] if (verb, resource) not in taken]
        if verbs:
            yield rule | {"resources": [resource], "verbs": verbs}
