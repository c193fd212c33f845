"""Running a command of `onair` against a test's cluster, as somebody with few rights if asked."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

from tests.e2e.operators import ONAIR, environment

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.tenant import Tenant


def onair(kubeconfig: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `onair` as the user of a kubeconfig until it ends."""
    return subprocess.run(
        [ONAIR, *words],
        env=environment(kubeconfig),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def account(tenant: Tenant, *rules: dict[str, Any]) -> Path:
    """Return the kubeconfig of a ServiceAccount that has these rights in the test's namespace."""
    role = {"kind": "Role", "metadata": {"name": "reader"}, "rules": list(rules)}
    subject = {"kind": "ServiceAccount", "name": "reader", "namespace": tenant.namespace}
    reference = {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "reader"}
    binding = {"kind": "RoleBinding", "roleRef": reference, "subjects": [subject]}
    tenant.create(
        {"kind": "ServiceAccount", "metadata": {"name": "reader"}},
        role,
        binding | {"metadata": {"name": "reader"}},
    )
    return tenant.cluster.service_account_kubeconfig(tenant.namespace, "reader")
