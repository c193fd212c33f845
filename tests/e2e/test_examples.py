"""Every example is taken by the API server, and the operator plans what its story says."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.e2e.evenings import start_operator
from tests.e2e.manifests import deployment, stateful_set
from tests.scenarios.planner import Planner
from tests.scenarios.stories import EXAMPLES, bodies

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.tenant import Tenant

Body = dict[str, Any]

NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)
"""The calendar, which hardly moves during a test: every airing of every example is ahead."""

MAKE = {"Deployment": deployment, "StatefulSet": stateful_set}


def files() -> dict[str, list[Path]]:
    """Return the files of each example by its name: a file, or a folder with several."""
    found = [path for path in sorted(EXAMPLES.iterdir()) if path.is_dir() or path.suffix == ".yaml"]
    return {path.stem: sorted(path.glob("*.yaml")) if path.is_dir() else [path] for path in found}


@pytest.mark.parametrize("paths", [pytest.param(paths, id=name) for name, paths in files().items()])
def test_example(tenant: Tenant, paths: list[Path]) -> None:
    """Applied as it is, it is valid, and its airings and peaks are those that are planned."""
    manifests = [body for path in paths for body in bodies(path)]
    tenant.create(*workloads(manifests))
    tenant.set_calendar(NEW_YEAR.isoformat(), speed=1)
    start_operator(tenant)
    for path in paths:
        theirs = re.sub(r"namespace: [a-z]+", f"namespace: {tenant.namespace}", path.read_text())
        tenant.cluster.kubectl("apply", "--filename=-", stdin=theirs)

    planner = Planner(manifests, {}, NEW_YEAR)
    names = [body["metadata"]["name"] for body in manifests if body["kind"] == "Campaign"]
    wanted = {name: said(planner.status(name)) for name in names}
    assert all(status["upcoming"] for status in wanted.values())
    tenant.wait("the operator plans the same", lambda: all_said(tenant, names) == wanted)
    for name in names:
        assert tenant.condition(name, "Valid")["status"] == "True"
        assert not tenant.condition(name, "Feasible")


def all_said(tenant: Tenant, names: list[str]) -> dict[str, Body]:
    """Return what the operator says of each campaign."""
    return {name: said(tenant.get("Campaign", name).get("status") or {}) for name in names}


def said(status: Body) -> Body:
    """Return what a status says of airings and peaks."""
    return {field: status.get(field) for field in ("phase", "summary", "next", "peak", "upcoming")}


def workloads(manifests: list[Body]) -> list[Body]:
    """Return the workloads that the target sets of an example name."""
    sets = [body for body in manifests if body["kind"] == "TargetSet"]
    references = [t["scaleTargetRef"] for body in sets for t in body["spec"]["targets"]]
    return [MAKE[ref.get("kind", "Deployment")](ref["name"]) for ref in references]
