"""The kubeconfig: its namespace, and what is wrong with it in our words alone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from kubernetes.aio.client import Configuration

from onair.cluster import kubeconfig
from onair.cluster.errors import ApiError
from tests.unit.cli.kubeconfigs import kubeconfig as written

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(None, "there is no kubeconfig .*; let KUBECONFIG name yours", id="no file"),
        pytest.param("a: [", "cannot be read as a kubeconfig", id="no YAML"),
        pytest.param("text", "cannot be read as a kubeconfig", id="text"),
        pytest.param("[]", "cannot be read as a kubeconfig", id="a list"),
        pytest.param("", "cannot be read as a kubeconfig", id="nothing"),
        pytest.param("kind: Config\n", "current-context.*`kubectl config view`", id="no context"),
    ],
)
def test_no_kubeconfig(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    text: str | None,
    said: str,
) -> None:
    """It is said once, in plain words; the client says nothing, and the namespace is default."""
    path = tmp_path / "config"
    if text is not None:
        path.write_text(text)
    monkeypatch.setenv("KUBECONFIG", str(path))
    with pytest.raises(ApiError, match=said):
        asyncio.run(kubeconfig.load(Configuration()))
    assert kubeconfig.namespace() == "default"
    assert caplog.records == []


def test_the_current_one_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Of several files that KUBECONFIG names, one may be missing, as with kubectl."""
    path = written(tmp_path, "cluster: a, user: a, namespace: tv")
    monkeypatch.setenv("KUBECONFIG", f"{tmp_path / 'gone'}:{path}")
    settings = Configuration()
    asyncio.run(kubeconfig.load(settings))
    assert settings.host == "http://127.0.0.1:1"
    assert kubeconfig.namespace() == "tv"


def test_that_of_the_home_directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without KUBECONFIG it is ~/.kube/config."""
    monkeypatch.delenv("KUBECONFIG", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".kube").mkdir()
    written(tmp_path, "cluster: a, user: a, namespace: web").rename(tmp_path / ".kube" / "config")
    assert kubeconfig.namespace() == "web"
