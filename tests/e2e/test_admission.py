"""The real API server takes the CRDs and refuses what a manifest may not say, in plain words."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml

from onair.model.status import CampaignStatus
from tests.cluster.cluster import Cluster, KubectlError
from tests.unit.model.largest import LARGEST
from tests.unit.model.manifests import CAMPAIGN, INLINE, TARGET_SET, changed
from tests.unit.model.refusal import Refusal
from tests.unit.model.refusals import REFUSALS
from tests.unit.model.refused_airtimes import ENDED, LISTED

EXAMPLE = Path(__file__).parents[2] / "examples/wie-is-de-mol.yaml"

EVERY_PART = (
    "COUNT=9;UNTIL=20991231T235959Z;INTERVAL=2;WKST=SU;FREQ=YEARLY;BYDAY=-1MO,+2TU,WE;BYMONTH=1,2"
    ";BYMONTHDAY=-1,1;BYYEARDAY=-366,366;BYWEEKNO=-53,53;BYSETPOS=-1"
)
"""More than one rule can have: the API server knows how parts are spelled, no more."""

TWO_TEXTS = ["2027-01-09T20:30:00Z", "2027-01-09T20:30:00+00:00"]
"""The API server compares texts; that they are one instant is `Valid=False`."""

Create = Callable[..., str]


@pytest.fixture(scope="module")
def namespace(cluster: Cluster) -> Iterator[str]:
    """A namespace without an operator: only the API server looks at what is in it."""
    name = f"admission-{uuid4().hex[:8]}"
    cluster.kubectl("create", "namespace", name)
    yield name
    cluster.kubectl("delete", "namespace", name, "--wait=false")


@pytest.fixture(scope="module")
def create(cluster: Cluster, namespace: str) -> Create:
    """`kubectl create` in that namespace."""

    def run(manifests: str, *options: str) -> str:
        where = "--namespace", namespace, "--filename=-"
        return cluster.kubectl("create", *where, *options, stdin=manifests)

    return run


def named(manifest: dict[str, Any], name: str) -> str:
    """Return the manifest as JSON, under another name."""
    return json.dumps(changed(manifest, {"metadata.name": name}))


@pytest.fixture(scope="module")
def answers(create: Create) -> dict[int, str]:
    """What the API server says to each refusal, by its place in the table: one call for all."""
    cases = [named(refusal.manifest, f"case-{n}") for n, refusal in enumerate(REFUSALS)]
    with pytest.raises(KubectlError) as caught:
        create("\n---\n".join(cases), "--dry-run=server")
    lines = re.findall(r'"case-(\d+)" is invalid: (.*)', str(caught.value))
    return {int(number): answer for number, answer in lines}


@pytest.mark.parametrize(
    ("number", "refusal"),
    [pytest.param(n, refusal, id=refusal.name) for n, refusal in enumerate(REFUSALS)],
)
def test_refused(number: int, refusal: Refusal, answers: dict[int, str]) -> None:
    """A manifest that says what it may not is refused with the field and what would be right."""
    answer = answers.get(number, "accepted")
    assert refusal.path in answer
    assert (refusal.want_server or refusal.want) in answer


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param(CAMPAIGN, id="a campaign with target sets"),
        pytest.param(INLINE, id="a campaign with targets of its own"),
        pytest.param(TARGET_SET, id="a target set"),
        pytest.param(LARGEST, id="the largest campaign that there is"),
        pytest.param(LISTED, id="an airtime with a list of starts"),
        pytest.param(ENDED, id="an airtime with an end"),
        pytest.param(
            changed(ENDED, {"spec.airtimes.0.end": "2027-01-09T20:00:00Z"}),
            id="an end that needs the time zone",
        ),
        pytest.param(
            changed(LISTED, {"spec.airtimes.0.starts": TWO_TEXTS}),
            id="one instant in two texts",
        ),
        pytest.param(
            changed(CAMPAIGN, {"spec.airtimes.0.repeat": EVERY_PART}),
            id="a repetition of every part",
        ),
    ],
)
def test_stored_as_written(create: Create, manifest: dict[str, Any]) -> None:
    """A valid manifest is accepted, and its spec is stored without any change."""
    stored = create(named(manifest, f"stored-{uuid4().hex[:8]}"), "--output=json")
    assert json.loads(stored)["spec"] == manifest["spec"]


def test_example_stored_as_written(cluster: Cluster, namespace: str) -> None:
    """The example is accepted unchanged, and what would be stored is what it says."""
    example = EXAMPLE.read_text(encoding="utf-8").replace(
        "namespace: tv", f"namespace: {namespace}"
    )
    options = "--dry-run=server", "--output=json", "--filename=-"
    stored = json.loads(cluster.kubectl("apply", *options, stdin=example))["items"]
    written = list(yaml.safe_load_all(example))
    assert [item["spec"] for item in stored] == [item["spec"] for item in written]


def test_unknown_field(create: Create) -> None:
    """A field of no version is refused by its name, not dropped in silence."""
    manifest = changed(CAMPAIGN, {"spec.load.learn": "4"})
    with pytest.raises(KubectlError, match=r'unknown field "spec.load.learn"'):
        create(json.dumps(manifest))


def test_columns(cluster: Cluster, namespace: str, create: Create) -> None:
    """`kubectl get camp` and `kubectl get tset` work, with the columns that people look at."""
    create(named(CAMPAIGN, "columns"))
    create(named(TARGET_SET, "columns"))
    where = "columns", "--namespace", namespace
    header, _ = cluster.kubectl("get", "camp", *where).splitlines()
    assert header.split() == ["NAME", "PHASE", "NEXT", "PEAK", "READY"]
    assert "columns" in cluster.kubectl("get", "tset", *where)


def test_status_is_taken(cluster: Cluster, namespace: str, create: Create) -> None:
    """A status of ours is taken through the subresource as it was written."""
    status = {
        "observedGeneration": 1,
        "phase": "Scheduled",
        "summary": "Saturday 20:30: ready",
        "next": "Sat 9 Jan 20:30",
        "peak": "123",
        "ready": "0/0",
        "conditions": [
            {
                "type": "Ready",
                "status": "True",
                "reason": "NothingDue",
                "message": "no floor is due",
                "observedGeneration": 1,
                "lastTransitionTime": "2027-01-09T19:05:00Z",
            }
        ],
        "upcoming": [
            {
                "airtime": "episode",
                "warmUp": "2027-01-09T19:05:00Z",
                "start": "2027-01-09T19:30:00Z",
                "end": "2027-01-09T20:35:00Z",
                "moments": [{"at": "2027-01-09T19:15:00Z", "required": 44, "verdict": "Ready"}],
                "peakReplicas": 123,
            }
        ],
        "targets": [
            {
                "name": "api",
                "kind": "Deployment",
                "workload": "mol-api",
                "steeredBy": "HorizontalPodAutoscaler/mol-api",
                "baseline": "min 4, max 20",
                "floor": 32,
                "ceiling": 40,
                "ready": 32,
                "overlapping": ["tv/other"],
                "why": "5,000 requests/s x 80 % x 1.3 / 50 per replica = 104",
            }
        ],
    }
    assert CampaignStatus.model_validate(status).manifest() == status
    create(named(CAMPAIGN, "status"))
    patch = json.dumps({"status": status})
    options = "--namespace", namespace, "--subresource=status", "--type=merge", "--output=json"
    stored = cluster.kubectl("patch", "camp", "status", *options, "--patch", patch)
    assert json.loads(stored)["status"] == status
