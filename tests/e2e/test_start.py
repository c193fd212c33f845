"""`onair start` against a real API server and a running operator."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.e2e.evenings import start_operator
from tests.e2e.manifests import deployment, target, target_set
from tests.e2e.operators import ONAIR, environment

if TYPE_CHECKING:
    from pathlib import Path

    from tests.e2e.tenant import Tenant

FLOOR = 15  # 500 x 1.3 / 50 for each replica, and the usual 2
LOAD = ("--load=500", "--for=10m", "--target-set=news")


def start(kubeconfig: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `onair start` as the user of a kubeconfig."""
    return subprocess.run(
        [ONAIR, "start", *arguments],
        env=environment(kubeconfig),
        capture_output=True,
        text=True,
        check=False,
    )


def here(tenant: Tenant) -> tuple[str, str]:
    """Return the options that create a campaign in the test's namespace."""
    return f"--namespace={tenant.namespace}", "--cluster"


@pytest.fixture
def site(tenant: Tenant) -> Tenant:
    """A site of two replicas, and the target set that names it."""
    tenant.create(deployment("site", 2), target_set("news", target("site", usualReplicas=2)))
    return tenant


@pytest.mark.parametrize(
    "in_cluster", [pytest.param(True, id="with --cluster"), pytest.param(False, id="by kubectl")]
)
def test_crowd_is_served(site: Tenant, *, in_cluster: bool) -> None:
    """At once the site has what the crowd takes, and the campaign is on air."""
    site.set_calendar(site.clock.real_now().isoformat(), speed=1)
    start_operator(site)
    if in_cluster:
        done = start(site.cluster.kubeconfig, "breaking-news", *LOAD, *here(site))
        assert done.stdout == f"campaign {site.namespace}/breaking-news created\n"
        assert "by the lead of its TargetSets, 5m" in done.stderr
    else:
        done = start(site.cluster.kubeconfig, "breaking-news", *LOAD)
        where = f"--namespace={site.namespace}"
        site.cluster.kubectl("apply", "--filename=-", where, stdin=done.stdout)
    assert done.returncode == 0

    site.wait("the site is raised", lambda: site.replicas("site") == (FLOOR, FLOOR))
    campaign = site.get("Campaign", "breaking-news")
    assert campaign["status"]["phase"] == "OnAir"
    (airing,) = campaign["status"]["upcoming"]
    assert airing["start"] == campaign["spec"]["airtimes"][0]["start"]
    assert airing["moments"][0]["verdict"] == "Late"


def test_refused_if_it_is_there(site: Tenant) -> None:
    """A campaign of that name is left as it is, and the command says what to do."""
    assert start(site.cluster.kubeconfig, "breaking-news", *LOAD, *here(site)).returncode == 0
    before = site.get("Campaign", "breaking-news")
    again = start(site.cluster.kubeconfig, "breaking-news", "--load=9k", *LOAD[1:], *here(site))
    assert (again.returncode, again.stdout) == (1, "")
    assert "already; choose another name or delete it" in again.stderr
    assert site.get("Campaign", "breaking-news") == before


def test_refused_without_its_target_set(tenant: Tenant) -> None:
    """Nothing is created that nothing would carry."""
    done = start(tenant.cluster.kubeconfig, "breaking-news", *LOAD, *here(tenant))
    assert (done.returncode, done.stdout) == (1, "")
    assert "there is no TargetSet 'news' in this namespace; apply it first" in done.stderr
    assert tenant.api.find("Campaign", tenant.namespace, "breaking-news") is None


def test_unreachable(tenant: Tenant, tmp_path: Path) -> None:
    """Without a cluster the error is one line."""
    elsewhere = tmp_path / "elsewhere.kubeconfig"
    config = tenant.cluster.kubeconfig.read_text()
    elsewhere.write_text(config.replace(tenant.cluster.url, "https://127.0.0.1:9"))
    done = start(elsewhere, "breaking-news", *LOAD, *here(tenant))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: ")
    assert len(done.stderr.splitlines()) == 1
