"""Who else writes to what is steered: its owner, who means it, and a rival, who repeats himself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.soak.stage import EDITED, HPA, OWNED, place, steered

if TYPE_CHECKING:
    from tests.e2e.api import Api
    from tests.faults.trails import Numbers

Body = dict[str, Any]

RIVAL = "argocd-controller"


class Owners:
    """`edited` are the numbers of each object, by kind and name, that its owner has changed."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self.edited: dict[tuple[str, str], Numbers] = {}

    def edit(self, number: int, *, has_hpa: bool) -> str:
        """Let the owner of a target want other numbers; returns what was done."""
        kind, name = steered(number)[0 if has_hpa else 1]
        wanted = EDITED[kind]
        self._api.patch(kind, place(number), name, {"spec": _spec(kind, wanted)})
        self.edited[kind, name] = wanted
        return f"{kind} {name} to {wanted}"

    def apply(self, number: int, *, has_hpa: bool) -> str:
        """Let a rival apply what the owner began with, by force; returns what was done."""
        kind, name = steered(number)[0 if has_hpa else 1]
        group = "autoscaling/v2" if kind == HPA else "apps/v1"
        live = self._api.get(kind, place(number), name)
        kept = {field: live["spec"][field] for field in _WHOLE[kind]}
        body = {"apiVersion": group, "kind": kind, "metadata": {"name": name}}
        spec = kept | _spec(kind, self.edited.get((kind, name), OWNED[kind]))
        self._api.apply(body | {"spec": spec}, place(number), RIVAL, force=True)
        return f"{kind} {name} back to what its owner has"


_WHOLE = {HPA: ("scaleTargetRef", "metrics"), "Deployment": ("selector", "template")}
"""What a manifest cannot leave out."""


def _spec(kind: str, numbers: Numbers) -> Body:
    minimum, maximum = numbers
    if kind == HPA:
        return {"minReplicas": minimum, "maxReplicas": maximum}
    return {"replicas": minimum}
