"""Answers of the API server in our words."""

from __future__ import annotations

import pytest

from onair.cluster.errors import ForbiddenError, MissingRightError, from_status

USER = "system:serviceaccount:onair-system:onair"


@pytest.mark.parametrize(
    ("message", "want"),
    [
        pytest.param(
            f'campaigns.onair.dev "mol" is forbidden: User "{USER}" cannot patch resource '
            '"campaigns/status" in API group "onair.dev" in the namespace "tv"',
            "OnAir has no right to patch campaigns.onair.dev/status in namespace tv",
            id="a subresource of an object",
        ),
        pytest.param(
            f'deployments.apps is forbidden: User "{USER}" cannot list resource "deployments" in '
            'API group "apps" at the cluster scope',
            "OnAir has no right to list deployments.apps in all namespaces",
            id="a kind in all namespaces",
        ),
        pytest.param(
            f'events is forbidden: User "{USER}" cannot create resource "events" in API group "" '
            'in the namespace "tv"',
            "OnAir has no right to create events in namespace tv",
            id="the core group",
        ),
        pytest.param(
            "ValidatingAdmissionPolicy 'frozen' denied request: not in December",
            "ValidatingAdmissionPolicy 'frozen' denied request: not in December",
            id="a policy, in its own words",
        ),
    ],
)
def test_a_missing_right_is_named(message: str, want: str) -> None:
    """RBAC's refusal names verb, resource and namespace, the same for every object."""
    error = from_status(403, "Forbidden", message, None)
    assert isinstance(error, ForbiddenError)
    assert isinstance(error, MissingRightError) == want.startswith("OnAir has no right")
    assert str(error) == want
