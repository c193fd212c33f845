"""The rights of the operator, all of them: what reliability requires and not a verb more.

No right on Deployments and StatefulSets themselves beside reading: who may write a pod template
may read every Secret of the namespace. Only `/scale` is written.
"""

from typing import Final

from onair.model.names import GROUP, MANAGER

Policy = dict[str, list[str]]

_FOLLOW: Final = ["list", "watch"]


def _rule(group: str, resources: list[str], verbs: list[str]) -> Policy:
    return {"apiGroups": [group], "resources": resources, "verbs": verbs}


def rules() -> dict[str, list[Policy]]:
    """Return the rules for Roles, by where and in which mode they are needed.

    `namespaced` wherever targets are, `observed` there instead in mode observe, `lease` beside the
    operator. Single objects are read where something is written, to see what became of it; the rest
    is known from lists and watches. Creating a Lease cannot be limited by name; everything else
    with it is.
    """
    said = [
        _rule(GROUP, ["campaigns", "targetsets"], _FOLLOW),
        _rule(GROUP, ["campaigns/status"], ["patch"]),
        _rule("", ["events"], ["create"]),
    ]
    return {
        "namespaced": [
            *said,
            _rule("apps", ["deployments", "statefulsets"], ["get", *_FOLLOW]),
            _rule("apps", ["deployments/scale", "statefulsets/scale"], ["patch"]),
            _rule("autoscaling", ["horizontalpodautoscalers"], ["get", *_FOLLOW, "patch"]),
            _rule("apps", ["controllerrevisions"], ["get", *_FOLLOW, "create", "patch", "delete"]),
        ],
        "observed": [
            *said,
            _rule("apps", ["deployments", "statefulsets", "controllerrevisions"], _FOLLOW),
            _rule("autoscaling", ["horizontalpodautoscalers"], _FOLLOW),
        ],
        "lease": [
            _rule("coordination.k8s.io", ["leases"], ["create"]),
            _rule("coordination.k8s.io", ["leases"], ["get", "update"])
            | {"resourceNames": [MANAGER]},
        ],
    }
