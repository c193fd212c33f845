"""The clamp as Helm renders it for an API server that has mutating policies."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import yaml

from tests.chart.rendering import CHART, NAMESPACE, RELEASE, helm

if TYPE_CHECKING:
    from tests.chart.rendering import Body

POLICY = "MutatingAdmissionPolicy"
BINDING = "MutatingAdmissionPolicyBinding"
SERVED = f"admissionregistration.k8s.io/v1/{POLICY}"


@cache
def clamp(
    *values: str, release: str = RELEASE, namespace: str = NAMESPACE, served: str = SERVED
) -> tuple[Body, ...]:
    """Return the policies and bindings of a release; callers must not change them.

    Args:
        values: each as `helm --set` takes it.
        release: its name.
        namespace: of the release.
        served: what the API server has beside what every server has.

    Raises:
        RenderError: when the values are refused, or a template fails.
    """
    sets = [argument for value in values for argument in ("--set", value)]
    where = ("--namespace", namespace, "--api-versions", served)
    text = helm("template", release, str(CHART), *where, *sets)
    bodies = (body for body in yaml.safe_load_all(text) if body)
    return tuple(body for body in bodies if body["kind"] in {POLICY, BINDING})
