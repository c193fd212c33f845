"""What we read and refuse offline is what the real API server reads and refuses."""

from __future__ import annotations

import json
import subprocess
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import pytest

from onair.documents import read
from onair.lint import lint, subjects
from onair.model.errors import InvalidManifest
from onair.model.reasons import INVALID_MANIFEST
from onair.schedule.airings import check
from tests.cluster.cluster import KubectlError
from tests.e2e.api import PATHS, Api, RefusedError
from tests.e2e.manifests import deployment, stateful_set
from tests.e2e.operators import ONAIR, environment
from tests.e2e.sharing import shared
from tests.unit.documents.scalars import MEANT, REFUSED
from tests.unit.documents.texts import TEXTS, UNREADABLE, Text
from tests.unit.lint.leaves import Leaf, leaves
from tests.unit.lint.wrong import impossible, of_kind
from tests.unit.model.manifests import CAMPAIGN, TARGET_SET, changed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from onair.model.campaigns import CampaignSpec
    from tests.cluster.cluster import Cluster
    from tests.e2e.tenant import Tenant

NOW: Final = datetime(2026, 12, 1, tzinfo=UTC)

# A kind that keeps whatever stands in its spec.
CRD: Final = """
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: anythings.example.com}
spec:
  group: example.com
  names: {kind: Anything, listKind: AnythingList, plural: anythings, singular: anything}
  scope: Cluster
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties: {spec: {x-kubernetes-preserve-unknown-fields: true}}
"""
HEAD: Final = "apiVersion: example.com/v1\nkind: Anything\nmetadata: {name: a}\n"


class YamlApi(Api):
    """An API server to which one sends YAML."""

    def send(self, text: str) -> Any:  # noqa: ANN401  # of JSON
        """Return the spec that would be stored.

        Raises:
            RefusedError: the API server takes no such text.
        """
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/yaml"}
        url = "/apis/example.com/v1/anythings?dryRun=All"
        status, answer = self._exchange("POST", url, text, headers)
        if status >= 400:
            raise RefusedError(status, answer["message"])
        return answer["spec"]


@pytest.fixture(scope="session")
def anything(
    cluster: Cluster, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[YamlApi]:
    """The kind that keeps everything, there for all who run these tests side by side."""

    @contextmanager
    def kind(_: Path) -> Iterator[Cluster]:
        cluster.kubectl("create", "--filename=-", stdin=CRD)
        cluster.kubectl("wait", "--for=condition=Established", "crd/anythings.example.com")
        yield cluster
        cluster.kubectl("delete", "crd", "anythings.example.com", "--wait=false")

    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "anything"
    folder.mkdir(exist_ok=True)
    with shared(folder, worker_id, kind):
        yield YamlApi(cluster.kubeconfig)


@pytest.fixture(scope="module")
def kubectl(cluster: Cluster, anything: YamlApi) -> Callable[[str], list[Any]]:
    """`kubectl create`: the specs that would be stored."""

    def create(text: str) -> list[Any]:
        options = "--dry-run=server", "--output=json", "--filename=-"
        said = cluster.kubectl("create", *options, stdin=text)
        found, decoder = [], json.JSONDecoder()
        while said.strip():
            each, end = decoder.raw_decode(said.lstrip())
            found.append(each["spec"])
            said = said.lstrip()[end:]
        return found

    assert anything
    return create


@pytest.mark.parametrize(("text", "want"), MEANT.items(), ids=repr)
def test_scalars(anything: YamlApi, text: str, want: object) -> None:
    """A value of YAML is stored as what we read."""
    value = anything.send(f"{HEAD}spec:\n  key: {text}\n")["key"]
    # Go writes the digits of a large float without an exponent.
    if isinstance(value, int) and abs(value) > 2**63:
        value = float(value)
    assert repr(value) == repr(want)


@pytest.mark.parametrize("text", REFUSED, ids=repr)
def test_refused_scalars(anything: YamlApi, text: str) -> None:
    """What we cannot read is no value for the API server either."""
    with pytest.raises(RefusedError):
        anything.send(f"{HEAD}spec:\n  key: {text}\n")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_texts(kubectl: Callable[[str], list[Any]], text: Text) -> None:
    """A file stands for the same objects, with the same values, as with kubectl."""
    assert kubectl(text.text) == text.specs


@pytest.mark.parametrize("case", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_unreadable(kubectl: Callable[[str], list[Any]], case: tuple[str, int, int]) -> None:
    """What we cannot read, kubectl cannot read either."""
    with pytest.raises(KubectlError):
        kubectl(case[0])


@pytest.mark.parametrize("leaf", leaves(), ids=str)
def test_verdicts(cluster: Cluster, monkeypatch: pytest.MonkeyPatch, leaf: Leaf) -> None:
    """Lint refuses a value of a field exactly if the API server does.

    What only the operator can know, such as that a rule never occurs, is left aside here, and
    objects of another group are not ours.
    """
    monkeypatch.setattr(subjects, "check", _as_operator)
    api = Api(cluster.kubeconfig)
    for case in (*of_kind(leaf), *impossible(leaf)):
        linted = lint([read(json.dumps(case.body), "file")], NOW)
        if linted.skipped:
            continue
        found = [each for each in linted.findings if each.reason == INVALID_MANIFEST]
        answer = _created(api, leaf.kind, case.body)
        assert bool(found) == bool(answer), f"{case.path} {case.name}: {found or answer}"


def test_target_sets_of_the_cluster(tenant: Tenant) -> None:
    """With --cluster a TargetSet may be in the cluster; its workloads must be fit to be raised."""
    body = changed(CAMPAIGN, {"metadata.namespace": tenant.namespace})
    command = [str(ONAIR), "lint", "--cluster", "-"]

    def run() -> subprocess.CompletedProcess[str]:
        told = environment(tenant.kubeconfig)
        return subprocess.run(
            command, env=told, input=json.dumps(body), capture_output=True, text=True, check=False
        )

    missing = run()
    assert missing.returncode == 1
    assert "spec.targetSets[0].name: there is no TargetSet" in missing.stdout
    tenant.create(TARGET_SET, deployment("mol-api", 6), stateful_set("mol-chat", 0))
    stopped = run()
    assert stopped.returncode == 1
    assert (
        f"StatefulSet {tenant.namespace}/mol-chat in the cluster: it is at zero" in stopped.stdout
    )
    tenant.patch("StatefulSet", "mol-chat", {"spec": {"replicas": 2}})
    found = run()
    assert (found.returncode, found.stdout) == (0, "")


def _created(api: Api, kind: str, body: dict[str, Any]) -> str:
    """Return why the API server refuses an object; "" if it would create it."""
    query = {"dryRun": "All", "fieldValidation": "Strict"}
    try:
        api.request("POST", PATHS[kind].format("default"), body, query=query)
    except RefusedError as error:
        return str(error)
    return ""


def _as_operator(spec: CampaignSpec) -> None:
    """Refuse what `check` refuses, with a reason that the schema does not have."""
    try:
        check(spec)
    except InvalidManifest as error:
        raise InvalidManifest("Operator", *error.faults) from error
