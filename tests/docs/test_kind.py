"""What runs on other people's machines cannot run here; what can be said about it, is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cluster.components import Components, Ports
from tests.docs.pages import ROOT
from tests.e2e.elsewhere import AUDIT_LOG, KUBECONFIG

KIND = yaml.safe_load((ROOT / "kind-config.yaml").read_text())
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yaml"))


def patch() -> dict[str, Any]:
    """Return what kubeadm is told beside kind's own settings."""
    (node,) = KIND["nodes"]
    (text,) = node["kubeadmConfigPatches"]
    settings: dict[str, Any] = yaml.safe_load(text)
    return settings


@pytest.fixture
def embedded(tmp_path: Path) -> Components:
    """The embedded control plane, as it is without further words."""
    return Components(tmp_path, Ports.choose(), hpa_sync="1s", hpa_stabilization="5s", node=False)


def test_kind_has_the_settings_of_the_embedded_control_plane(embedded: Components) -> None:
    """Controllers and scheduler of the kind cluster are as quick as those of the embedded one."""
    for settings, arguments in (
        (patch()["controllerManager"], embedded.kube_controller_manager()),
        (patch()["scheduler"], embedded.kube_scheduler()),
    ):
        wanted = {f"--{flag}={value}" for flag, value in settings["extraArgs"].items()}
        assert wanted <= set(arguments)


def test_kind_writes_the_audit_log(embedded: Components) -> None:
    """The kind cluster's audit log follows the same policy, complete, into a folder of `dist`."""
    (node,) = KIND["nodes"]
    mounts = {mount["containerPath"]: ROOT / mount["hostPath"] for mount in node["extraMounts"]}
    settings = patch()["apiServer"]["extraArgs"]
    policy = mounts[settings["audit-policy-file"]]
    assert f"--audit-policy-file={policy}" in embedded.kube_apiserver()
    assert mounts[str(Path(settings["audit-log-path"]).parent)] == ROOT / "dist" / "kind"
    for flag in ("audit-log-mode", "audit-log-maxsize"):
        assert f"--{flag}={settings[flag]}" in embedded.kube_apiserver()


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(ROOT / ".github/workflows/e2e.yaml", id="workflow"),
        pytest.param(ROOT / "docs/development.md", id="page"),
    ],
)
def test_kind_finds_its_folder(path: Path) -> None:
    """The folder of the audit log and the kubeconfig is made before anybody writes to it."""
    lines = [line.strip() for line in path.read_text().splitlines()]
    create = lines.index("kind create cluster --config kind-config.yaml")
    assert lines[create - 1] == "mkdir -p dist/kind"


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in WORKFLOWS])
def test_workflow(path: Path) -> None:
    """A workflow may only read, ends in time, and runs targets that the Makefile has."""
    workflow = yaml.safe_load(path.read_text())
    assert workflow["permissions"] == {"contents": "read"}
    makefile = (ROOT / "Makefile").read_text()
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 120
        for step in job["steps"]:
            for target in re.findall(r"^make (\S+)", step.get("run", ""), re.MULTILINE):
                assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_kind_workflow_names_the_cluster() -> None:
    """The tests on kind are given its kubeconfig and the audit log that kind-config.yaml mounts."""
    workflow = yaml.safe_load((ROOT / ".github/workflows/e2e.yaml").read_text())
    environments = [step["env"] for step in workflow["jobs"]["kind"]["steps"] if "env" in step]
    assert environments == [
        {KUBECONFIG: "dist/kind.kubeconfig", AUDIT_LOG: "dist/kind/audit.log"},
    ]
