"""What raw objects say about ownership and selection."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from onair.model.names import MANAGER
from onair.plan.observed import Number, ObjectId
from onair.targets.wishes import count, is_note

if TYPE_CHECKING:
    from collections.abc import Mapping

Body = dict[str, Any]


def object_id(body: Body, api_version: str, kind: str) -> ObjectId:
    """Return the identity of an object; items of a list carry no kind of their own."""
    metadata = body["metadata"]
    return ObjectId(api_version, kind, metadata["name"], metadata["uid"])


def number(body: Body, field: str, default: int, note: str | None, least: int = 1) -> Number:
    """Return `spec.<field>`, the managers that own it according to managedFields, and a wish.

    The wish is what the clamp's note says, from `least` on. A number whose note cannot be read is
    ours all the same, whoever owns the field: somebody wanted another, and nobody knows which.
    """
    wish = count(note, least)
    managers = (
        entry.get("manager", "")
        for entry in body["metadata"].get("managedFields") or ()
        if f"f:{field}" in (entry.get("fieldsV1") or {}).get("f:spec", {})
    )
    owners = frozenset(manager for manager in managers if not is_note(manager))
    if note is not None and wish is None:
        owners = frozenset({MANAGER})
    value = body["spec"].get(field)
    return Number(default if value is None else int(value), _once(owners), wish)


@lru_cache(maxsize=1024)
def _once(owners: frozenset[str]) -> frozenset[str]:
    """Return a set that equals this one: the same few write thousands of objects."""
    return owners


def controller_of(body: Body) -> str | None:
    """Return `Kind/name` of the controller that owns an object, None where there is none."""
    for owner in body["metadata"].get("ownerReferences") or ():
        if owner.get("controller"):
            return f"{owner['kind']}/{owner['name']}"
    return None


def selects(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    """Tell whether a label selector matches `labels` (apimachinery's LabelSelector)."""
    exact = selector.get("matchLabels") or {}
    return exact.items() <= labels.items() and all(
        _meets(expression, labels) for expression in selector.get("matchExpressions") or ()
    )


def _meets(expression: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    value = labels.get(expression["key"])
    values = expression.get("values") or ()
    match expression["operator"]:
        case "In":
            return value in values
        case "NotIn":
            return value not in values
        case "Exists":
            return value is not None
        case _:
            return value is None
