"""Rights of an operator: those it has and uses, and those that are taken by hand and given back."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.e2e.tenant import Tenant

Body = dict[str, Any]


def granted(tenant: Tenant) -> set[tuple[str, str]]:
    """Return the rights of the tenant's operator, each a verb and a resource."""
    return {
        (verb, resource)
        for role in tenant.api.list("Role", tenant.namespace)
        for rule in role["rules"]
        for resource in rule["resources"]
        for verb in rule["verbs"]
    }


def used(tenant: Tenant) -> set[tuple[str, str]]:
    """Return those that its ServiceAccount has made use of."""
    return {
        (request.verb, f"{request.resource}/{request.subresource}".rstrip("/"))
        for request in tenant.audit()
        if request.user == tenant.user and request.code < 300
    }


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
