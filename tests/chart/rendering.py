"""The chart as Helm renders it; no cluster is needed."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from tests.cluster.binaries import program

if TYPE_CHECKING:
    from collections.abc import Iterable

Body = dict[str, Any]

CHART = Path(__file__).parents[2] / "charts" / "onair"
RELEASE = "onair"
NAMESPACE = "onair-system"

MODES = {
    "enforce-namespaced": ("mode=enforce", "namespaces={tv,radio}"),
    "enforce-cluster-wide": ("mode=enforce", "clusterWide=true"),
    "observe-namespaced": ("mode=observe", "namespaces={tv,radio}"),
    "observe-cluster-wide": ("mode=observe", "clusterWide=true"),
}
"""The values of every mode in which the chart gives other rights, by its name."""

_ANY = "some-namespace"


class RenderError(RuntimeError):
    """Helm refused; the message is what it said."""


@cache
def render(*values: str, release: str = RELEASE, namespace: str = NAMESPACE) -> tuple[Body, ...]:
    """Return the objects and hooks of a release; callers must not change them.

    Args:
        values: each as `helm --set` takes it.
        release: its name.
        namespace: of the release.

    Raises:
        RenderError: when the values are refused, or a template fails.
    """
    sets = [argument for value in values for argument in ("--set", value)]
    text = helm("template", release, str(CHART), "--namespace", namespace, *sets)
    return tuple(body for body in yaml.safe_load_all(text) if body)


def rights(mode: str, namespace: str) -> list[Body]:
    """Return the ServiceAccount, roles and bindings of a release beside its only targets.

    Rendered once for each mode: Helm takes a quarter of a second.
    """
    bodies: list[Body] = json.loads(_rights(mode).replace(_ANY, namespace))
    return bodies


@cache
def _rights(mode: str) -> str:
    bodies = render(f"mode={mode}", f"namespaces={{{_ANY}}}", namespace=_ANY)
    return json.dumps(of_kind(bodies, "ServiceAccount", "Role", "RoleBinding"))


def of_kind(bodies: Iterable[Body], *kinds: str) -> list[Body]:
    """Return those of some kinds, in their order."""
    return [body for body in bodies if body["kind"] in kinds]


def helm(*arguments: str) -> str:
    """Run a Helm command that needs no cluster, and return what it printed.

    Raises:
        RenderError: when it ends with an error.
    """
    done = subprocess.run(
        [program("helm"), *arguments],
        env={"HOME": str(CHART), "KUBECONFIG": "/dev/null"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if done.returncode != 0:
        raise RenderError(done.stderr)
    return done.stdout
