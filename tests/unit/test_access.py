"""How kopf reaches the server that the client reaches, also after a pod's token has changed."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from kubernetes.aio.config import incluster_config

from onair.cluster.client import KubeApi
from onair.cluster.errors import ApiError
from tests.cluster.certificates import make_certificates

if TYPE_CHECKING:
    from pathlib import Path


class Pod:
    """A pod in which this process seems to run: its token's file, and the time of day there."""

    def __init__(self, folder: Path) -> None:
        self.token = folder / "token"
        self.time = datetime(2027, 1, 9, 19, 0)  # noqa: DTZ001 - as the client has it

    def now(self) -> datetime:
        """Return the time of day."""
        return self.time


@pytest.fixture
def pod(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pod:
    """Return a pod whose first token is `first`."""
    make_certificates(tmp_path)
    pod = Pod(tmp_path)
    pod.token.write_text("first")
    monkeypatch.setenv("KUBERNETES_SERVICE_HOST", "10.0.0.1")
    monkeypatch.setenv("KUBERNETES_SERVICE_PORT", "443")
    monkeypatch.setattr(incluster_config, "SERVICE_TOKEN_FILENAME", str(pod.token))
    monkeypatch.setattr(incluster_config, "SERVICE_CERT_FILENAME", str(tmp_path / "ca.crt"))
    times = SimpleNamespace(datetime=pod, timedelta=timedelta)
    monkeypatch.setattr(incluster_config, "datetime", times)
    return pod


def test_a_pods_access(pod: Pod) -> None:
    """In a pod it is the API server's address in its environment: no DNS is asked."""
    access = asyncio.run(asyncio.run(KubeApi.connect()).access())
    assert access["server"] == "https://10.0.0.1:443"
    assert access["ca_path"] == str(pod.token.with_name("ca.crt"))
    assert (access["token"], access["insecure"]) == ("first", False)


def test_a_pods_token_is_read_again(pod: Pod) -> None:
    """A minute after the kubelet has changed the token's file every request has the new one."""
    api = asyncio.run(KubeApi.connect())
    pod.token.write_text("second")
    soon = asyncio.run(api.access())
    pod.time += timedelta(minutes=1)
    later = asyncio.run(api.access())
    assert [access["token"] for access in (soon, later)] == ["first", "second"]


def test_no_cluster_at_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Outside a pod and without a kubeconfig it says that there is no way."""
    monkeypatch.delenv("KUBERNETES_SERVICE_HOST", raising=False)
    monkeypatch.setattr("kubernetes.aio.config.kube_config.KUBE_CONFIG_DEFAULT_LOCATION", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(ApiError, match="no way to reach a cluster"):
        asyncio.run(KubeApi.connect())
