"""With the clamp in force, what others deploy on air cuts nobody, and they get it afterwards.

Every workload has 3 replicas and a floor of 12 for one show; an HPA of 3 to 10 becomes 12 to 15.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from onair.clock import Clock
from tests.e2e.clamps import clamped, deleted_pods, of_onair, owned
from tests.e2e.evenings import NO_FIGURES, minutes, rfc3339, start_operator
from tests.e2e.manifests import airtime, campaign, deployment, hpa, stateful_set, target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.e2e.tenant import Tenant

Body = dict[str, Any]
Numbers = tuple[int, ...]

HPA = "HorizontalPodAutoscaler"
STEERED = {"hpa": HPA, "deploy": "Deployment", "sts": "StatefulSet"}
FLOOR = 12
HELD: dict[str, Numbers] = {HPA: (12, 15), "Deployment": (12,), "StatefulSet": (12,)}
OWNED: dict[str, Numbers] = {HPA: (3, 10), "Deployment": (3,), "StatefulSet": (3,)}
CAMPAIGN = "show"
LIMITS = {"f:replicas", "f:minReplicas", "f:maxReplicas"}
"""What is written for others, and so belongs to nobody until they write it again."""


@dataclass(frozen=True)
class Writer:
    """Who writes on air: how they create an object, what they do, which numbers they then want."""

    create: Callable[[Tenant, Body], None]
    write: Callable[[Tenant, Body], None]
    wanted: dict[str, Numbers]


def apply(*options: str) -> Callable[[Tenant, Body], None]:
    """Return what applies a manifest with kubectl."""

    def run(tenant: Tenant, body: Body) -> None:
        kubectl(tenant, "apply", "--filename=-", *options, stdin=json.dumps(body))

    return run


def apply_others(tenant: Tenant, body: Body) -> None:
    """Apply numbers of one's own by force, as another tool than the one that created it."""
    numbers = {HPA: {"minReplicas": 2, "maxReplicas": 9}}
    own = body | {"spec": body["spec"] | numbers.get(body["kind"], {"replicas": 2})}
    apply("--server-side", "--force-conflicts", "--field-manager=argocd")(tenant, own)


def scale(tenant: Tenant, body: Body) -> None:
    """Scale the workload, whatever steers it."""
    kind = "Deployment" if body["kind"] == HPA else body["kind"]
    kubectl(tenant, "scale", kind, body["metadata"]["name"], "--replicas=2")


def edit(tenant: Tenant, body: Body) -> None:
    """Lower the least number, as kubectl edit sends it."""
    field = "minReplicas" if body["kind"] == HPA else "replicas"
    patch = json.dumps({"spec": {field: 2}})
    named = (body["kind"], body["metadata"]["name"])
    kubectl(tenant, "patch", *named, "--field-manager=kubectl-edit", "--patch", patch)


def install(tenant: Tenant, body: Body) -> None:
    """Install or upgrade a chart with this one object; only a note in it is new each time."""
    name = body["metadata"]["name"]
    folder = tenant.cluster.folder / f"{tenant.namespace}-{body['kind']}-{name}"
    (folder / "templates").mkdir(parents=True, exist_ok=True)
    (folder / "Chart.yaml").write_text(f"apiVersion: v2\nname: {name}\nversion: 1.0.0\n")
    note = {"note": "{{ .Values.note }}"}
    noted = body | {"metadata": body["metadata"] | {"annotations": note}}
    (folder / "templates" / "all.yaml").write_text(json.dumps(noted))
    release = f"{body['kind'].lower()}-{name}"
    here = ("--namespace", tenant.namespace, "--set-string", f"note={Clock.real_now()}")
    tenant.cluster.helm("upgrade", "--install", release, str(folder), *here)


WRITERS = {
    "client-side": Writer(apply(), apply(), OWNED),
    "server-side": Writer(apply("--server-side"), apply("--server-side"), OWNED),
    "forced": Writer(apply(), apply_others, {HPA: (2, 9), "Deployment": (2,), "StatefulSet": (2,)}),
    "helm": Writer(install, install, OWNED),
    "scale": Writer(apply(), scale, {HPA: (3, 10), "Deployment": (2,), "StatefulSet": (2,)}),
    "edit": Writer(apply(), edit, {HPA: (2, 10), "Deployment": (2,), "StatefulSet": (2,)}),
}


@pytest.fixture
def clamp(tenant: Tenant) -> Iterator[None]:
    """Have the clamp in force."""
    with clamped(tenant):
        yield


@pytest.mark.usefixtures("clamp")
@pytest.mark.parametrize("steered", STEERED)
def test_nobody_cuts_on_air(tenant: Tenant, steered: str) -> None:
    """Each way to deploy, twice over: no pod is lost, none fails, and what it wanted comes back."""
    kind = STEERED[steered]
    bodies = {writer: prepared(tenant, kind, writer) for writer in WRITERS}
    before = {writer: owned(tenant.get(kind, writer)) for writer in WRITERS}
    go_on_air(tenant, kind, *WRITERS)
    begin = Clock.real_now()
    for _ in range(2):
        for name, writer in WRITERS.items():
            writer.write(tenant, bodies[name])
            assert numbers(tenant, kind, name) == HELD[kind], name
    wanted = {name: writer.wanted[kind] for name, writer in WRITERS.items()}
    tenant.wait("every wish is noted", lambda: baselines(tenant) == wanted)
    assert deleted_pods(tenant, begin, Clock.real_now()) == []

    give_back(tenant)
    for name in WRITERS:
        assert numbers(tenant, kind, name) == wanted[name], name
        body = tenant.get(kind, name)
        assert of_onair(body) == {"managers": [], "annotations": []}, name
        assert lost(before[name], owned(body)) <= LIMITS, name


@pytest.mark.parametrize("steered", STEERED)
def test_without_it_pods_are_cut(tenant: Tenant, steered: str) -> None:
    """The same unchanged apply deletes pods where there is no clamp, and that is seen."""
    kind = STEERED[steered]
    body = prepared(tenant, kind, "client-side")
    go_on_air(tenant, kind, "client-side")
    begin = Clock.real_now()
    apply()(tenant, body)
    tenant.wait("pods are deleted", lambda: deleted_pods(tenant, begin, Clock.real_now()))


@pytest.mark.usefixtures("clamp")
@pytest.mark.parametrize("steered", STEERED)
def test_a_raise_is_one_write_and_leaves_no_owner(tenant: Tenant, steered: str) -> None:
    """On air nothing belongs to `onair` already, and no second write was needed for that."""
    kind = STEERED[steered]
    prepared(tenant, kind, "app")
    go_on_air(tenant, kind, "app")
    assert of_onair(tenant.get(kind, "app"))["managers"] == []
    assert len(tenant.writes(resource_of(kind))) == 1


@pytest.mark.usefixtures("clamp")
def test_marks_stay(tenant: Tenant) -> None:
    """Nobody can take the marks off an HPA on air, by which the clamp knows it."""
    prepared(tenant, HPA, "app")
    go_on_air(tenant, HPA, "app")
    marks = [f"onair.dev/{mark}-" for mark in ("held", "floor", "ceiling")]
    kubectl(tenant, "annotate", HPA, "app", *marks)
    annotations = tenant.get(HPA, "app")["metadata"]["annotations"]
    assert annotations["onair.dev/floor"] == "12"
    assert annotations["onair.dev/ceiling"] == "15"
    assert annotations["onair.dev/held"].startswith(f"{tenant.namespace}/{CAMPAIGN} until")


@pytest.mark.usefixtures("clamp")
@pytest.mark.parametrize("steered", STEERED)
def test_the_last_word_counts(tenant: Tenant, steered: str) -> None:
    """Of several wishes the newest is restored, and one above the floor is in force at once."""
    kind = STEERED[steered]
    prepared(tenant, kind, "app")
    go_on_air(tenant, kind, "app")
    field = "minReplicas" if kind == HPA else "replicas"
    for wish, want in ((13, 13), (5, 12)):
        kubectl(tenant, "patch", kind, "app", "--patch", json.dumps({"spec": {field: wish}}))
        wait_for_baseline(tenant, "app", (wish, *OWNED[kind][1:]))
        wait_for_least(tenant, kind, "app", want)
    tenant.wait("no former entry has a floor", lambda: not former_floors(tenant))
    give_back(tenant)
    assert numbers(tenant, kind, "app") == (5, *OWNED[kind][1:])


@pytest.mark.usefixtures("clamp")
@pytest.mark.parametrize("steered", STEERED)
def test_restore_from_outside_is_not_clamped(tenant: Tenant, steered: str) -> None:
    """`onair restore` gives a wish back that no operator has seen, in the middle of the show."""
    kind = STEERED[steered]
    prepared(tenant, kind, "app", maximum=20)  # as it is on air: that one need not wait for a crowd
    go_on_air(tenant, kind, "app")
    tenant.kill_operator()
    field = "minReplicas" if kind == HPA else "replicas"
    kubectl(tenant, "patch", kind, "app", "--patch", json.dumps({"spec": {field: 2}}))
    done = tenant.restore("--take-over")
    assert done.returncode == 0, done.stderr
    assert numbers(tenant, kind, "app")[0] == 2
    assert tenant.ledger() == []
    assert of_onair(tenant.get(kind, "app")) == {"managers": [], "annotations": []}


def prepared(tenant: Tenant, kind: str, name: str, maximum: int = 10) -> Body:
    """Create a workload, and an HPA for it where that is the kind; returns what steers it."""
    writer = WRITERS.get(name, WRITERS["client-side"])
    workload = stateful_set(name, 3) if kind == "StatefulSet" else deployment(name, 3)
    body = hpa(name, 3, maximum, metrics=NO_FIGURES) if kind == HPA else workload
    if kind == HPA:
        apply()(tenant, workload)
    writer.create(tenant, body)
    return body


def go_on_air(tenant: Tenant, kind: str, *names: str) -> None:
    """Start an operator and one long show for these workloads; wait until all are up."""
    workload = "Deployment" if kind == HPA else kind
    targets = [target(name, kind=workload, replicas=FLOOR) for name in names]
    tenant.set_calendar("2027-01-09T19:00:00Z")
    start_operator(tenant)
    start = rfc3339(tenant.clock.now() + minutes(5))
    tenant.create(campaign(CAMPAIGN, airtime(start, "8h"), targets=targets))
    up = [(FLOOR, FLOOR)] * len(names)
    tenant.wait("all are up", lambda: [tenant.replicas(n, workload) for n in names] == up, 60)
    tenant.wait("the ledger says so", lambda: all(floor == FLOOR for floor in floors(tenant)))


def give_back(tenant: Tenant) -> None:
    """End the show, and wait until everything is its owner's again and nothing is marked."""
    tenant.patch("Campaign", CAMPAIGN, {"spec": {"suspend": True}})
    bodies = [entry["data"]["steered"] for entry in tenant.ledger()]
    named = {(steered["kind"], steered["name"]) for steered in bodies}
    tenant.wait("all is given back", lambda: all(free(tenant, *each) for each in named), 60)


def free(tenant: Tenant, kind: str, name: str) -> bool:
    """Tell whether the campaign counts all as restored, and this object shows nothing of ours."""
    restored = tenant.condition(CAMPAIGN, "Restored").get("status") == "True"
    return restored and not any(of_onair(tenant.get(kind, name)).values())


def numbers(tenant: Tenant, kind: str, name: str) -> Numbers:
    """Return an HPA's minimum and maximum, or a workload's replicas."""
    spec = tenant.get(kind, name)["spec"]
    return (spec["minReplicas"], spec["maxReplicas"]) if kind == HPA else (spec["replicas"],)


def baselines(tenant: Tenant) -> dict[str, Numbers]:
    """Return the newest baseline of each workload in the ledger."""
    newest = {entry["data"]["workload"]["name"]: entry["data"] for entry in tenant.ledger()}
    return {
        name: tuple(filter(None, (data["baseline"]["minimum"], data["baseline"]["maximum"])))
        for name, data in newest.items()
    }


def wait_for_baseline(tenant: Tenant, name: str, wanted: Numbers) -> None:
    """Wait until the ledger has these numbers of a workload's owner."""
    tenant.wait(f"{wanted} is noted", lambda: baselines(tenant)[name] == wanted)


def wait_for_least(tenant: Tenant, kind: str, name: str, wanted: int) -> None:
    """Wait until this is an HPA's minimum, or a workload's replicas."""
    tenant.wait(f"{wanted} stands", lambda: numbers(tenant, kind, name)[0] == wanted)


def floors(tenant: Tenant) -> list[int]:
    """Return the floor in each ledger entry, the oldest revisions first."""
    annotations = [entry["metadata"]["annotations"] for entry in tenant.ledger()]
    return [json.loads(said["onair.dev/last-floor"])[0] for said in annotations]


def former_floors(tenant: Tenant) -> list[int]:
    """Return the floors of all entries but the newest."""
    return [floor for floor in floors(tenant)[:-1] if floor]


def resource_of(kind: str) -> str:
    """Return the plural by which the audit log names a kind."""
    return "horizontalpodautoscalers" if kind == HPA else f"{kind.lower()}s"


def lost(before: set[tuple[str, str]], after: set[tuple[str, str]]) -> set[str]:
    """Return the fields that managers who are still there had once and have no longer."""
    still = {manager for manager, _ in after}
    return {field for manager, field in before - after if manager in still}


def kubectl(tenant: Tenant, *arguments: str, stdin: str | None = None) -> None:
    """Run kubectl in the tenant's namespace; it must succeed."""
    tenant.cluster.kubectl("--namespace", tenant.namespace, *arguments, stdin=stdin)
