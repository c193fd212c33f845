"""A method and a URL, read as Kubernetes reads them."""

from __future__ import annotations

import json

import pytest

from tests.faults.proxy.asked import Asked, read

HPAS = "/apis/autoscaling/v2/namespaces/tv/horizontalpodautoscalers"


@pytest.mark.parametrize(
    ("method", "path", "query", "want"),
    [
        pytest.param(
            "GET", HPAS, {}, Asked("list", "horizontalpodautoscalers", "", "tv"), id="list"
        ),
        pytest.param(
            "GET",
            HPAS,
            {"watch": "true", "resourceVersion": "7"},
            Asked("watch", "horizontalpodautoscalers", "", "tv", version=7),
            id="watch",
        ),
        pytest.param(
            "GET",
            "/apis/onair.dev/v1alpha1/campaigns",
            {"watch": "false"},
            Asked("list", "campaigns"),
            id="list of all namespaces",
        ),
        pytest.param(
            "GET",
            "/api/v1/namespaces/tv",
            {},
            Asked("get", "namespaces", "", "", "tv"),
            id="namespace",
        ),
        pytest.param(
            "PUT",
            "/api/v1/namespaces/tv/finalize",
            {},
            Asked("update", "namespaces", "finalize", "", "tv"),
            id="finalizers of a namespace",
        ),
        pytest.param(
            "PATCH",
            "/apis/apps/v1/namespaces/tv/deployments/web/scale",
            {"fieldManager": "onair"},
            Asked("patch", "deployments", "scale", "tv", "web"),
            id="patch of a scale",
        ),
        pytest.param(
            "DELETE",
            f"{HPAS}/web",
            {},
            Asked("delete", "horizontalpodautoscalers", "", "tv", "web"),
            id="delete",
        ),
        pytest.param(
            "DELETE",
            HPAS,
            {},
            Asked("deletecollection", "horizontalpodautoscalers", "", "tv"),
            id="delete of all",
        ),
        pytest.param("GET", "/version", {}, Asked("get", ""), id="no resource"),
        pytest.param("GET", "/apis/apps/v1", {}, Asked("get", ""), id="discovery"),
    ],
)
def test_urls(method: str, path: str, query: dict[str, str], want: Asked) -> None:
    """Verb, resource, subresource, namespace and name are those of Kubernetes' request info."""
    assert read(method, path, query) == want


@pytest.mark.parametrize(
    ("body", "want"),
    [
        pytest.param({"metadata": {"name": "web"}}, "web", id="name"),
        pytest.param({"metadata": {"generateName": "web-"}}, "web-", id="beginning of a name"),
        pytest.param({}, "", id="none"),
    ],
)
def test_created(body: dict[str, object], want: str) -> None:
    """What is created has its name in the body."""
    assert read("POST", HPAS, {}, json.dumps(body).encode()).name == want


@pytest.mark.parametrize(
    ("method", "query", "want"),
    [
        pytest.param("PATCH", {}, True, id="patch"),
        pytest.param("PATCH", {"dryRun": "All"}, False, id="dry run"),
        pytest.param("GET", {}, False, id="get"),
    ],
)
def test_writes(method: str, query: dict[str, str], want: bool) -> None:  # noqa: FBT001 - expected
    """A write asks for a change, which a dry run does not."""
    assert read(method, f"{HPAS}/web", query).is_write is want
