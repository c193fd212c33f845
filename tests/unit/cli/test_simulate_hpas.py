"""`onair simulate` on HPAs of files: which is the target's, what it is taken for, what is noted."""

from __future__ import annotations

import pytest

from tests.unit.cli.planning import MOL
from tests.unit.cli.simulating import API, HPA, arm, onair_simulate, said

HOMELESS = HPA.replace(", namespace: tv", "")
HELD = HPA.replace(
    "namespace: tv}",
    'namespace: tv, annotations: {onair.dev/held: "tv/quiz until 21:53Z, was min=3 max=25"}}',
)
KEDA = """
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: api, namespace: tv}
spec: {scaleTargetRef: {name: mol-api}, maxReplicaCount: 30}
"""


def at(utilization: int) -> str:
    """Return the HPA of the workload at another utilisation of CPU."""
    return HPA.replace("averageUtilization: 70", f"averageUtilization: {utilization}")


def test_an_hpa_among_the_files_counts() -> None:
    """That of the workload, and no other."""
    other = HPA.replace("mol-api", "other").replace("maxReplicas: 20", "maxReplicas: 9")
    hpa = said(given=f"{HPA}---{other}")["assumed"]["hpa"]
    assert (hpa["knownFrom"], hpa["minimum"], hpa["maximum"]) == ("manifest", 4, 20)
    assert said(given=other)["assumed"]["hpa"]["knownFrom"] == "default"


def test_an_hpa_without_a_namespace_is_in_that_of_the_option() -> None:
    """As campaigns are."""
    assert said("-n", "tv", given=HOMELESS)["assumed"]["hpa"]["knownFrom"] == "manifest"
    assert said(given=HOMELESS)["assumed"]["hpa"]["knownFrom"] == "default"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        pytest.param(
            HOMELESS,
            "it scales Deployment default/mol-api, not Deployment tv/mol-api; it names no"
            " namespace, so say -n tv",
            id="no namespace",
        ),
        pytest.param(
            HPA.replace(": tv", ": radio"),
            "it scales Deployment radio/mol-api, not Deployment tv/mol-api",
            id="another namespace",
        ),
        pytest.param(
            HPA.replace("kind: Deployment", "kind: StatefulSet"),
            "it scales StatefulSet tv/mol-api, not Deployment tv/mol-api",
            id="another kind",
        ),
        pytest.param(
            HPA.replace("mol-api", "shop"),
            "it scales Deployment tv/shop, not Deployment tv/mol-api",
            id="another workload",
        ),
        pytest.param(
            HPA.replace("apps/v1", "example.com/v1"),
            "it scales a Deployment of example.com/v1, and Deployment tv/mol-api is one of apps/v1",
            id="another group",
        ),
        pytest.param(
            HPA[: HPA.index("spec:")],
            "its spec.scaleTargetRef does not say kind and name of what it scales",
            id="no spec",
        ),
        pytest.param(KEDA, "give the HPA that KEDA makes of it (kubectl get hpa)", id="KEDA"),
    ],
)
def test_what_scales_and_is_not_used_is_noted(given: str, why: str) -> None:
    """With its name, its place and the reason, since the default is simulated instead."""
    result = onair_simulate(MOL, "-", *API, given=given)
    assert result.exit_code == 0
    what = "ScaledObject" if given == KEDA else "HPA"
    assert f"note: the {what} api (stdin:2) is not used: {why}\n" in result.stderr
    assert "The HPA by default" in " ".join(result.stdout.split())


def test_of_equal_names_the_last_hpa_counts_and_the_first_is_noted() -> None:
    """As with campaigns."""
    result = onair_simulate(MOL, "-", *API, given=f"{at(60)}---{HPA}")
    assert "note: the HPA api (stdin:2) is not used: it is there again further" in result.stderr
    assert "4 to 20 replicas at 50 requests/s" in " ".join(result.stdout.split())


def test_an_hpa_of_the_workload_is_not_noted() -> None:
    """Nothing else is said of it than what is assumed; no version of what it scales is apps/v1."""
    assert onair_simulate(MOL, "-", *API, given=HPA).stderr == ""
    bare = HPA.replace("apiVersion: apps/v1, ", "")
    assert onair_simulate(MOL, "-", *API, given=bare).stderr == ""


def test_two_hpas_of_a_workload_are_refused() -> None:
    """As the operator refuses such a workload."""
    result = onair_simulate(MOL, "-", *API, given=f"{HPA}---{HPA.replace('name: api', 'name: b')}")
    assert result.exit_code == 2
    assert "Deployment tv/mol-api has 2 HPAs: api, b" in result.stderr


def test_of_an_hpa_that_onair_held_the_limits_of_its_owner_count() -> None:
    """They are in the annotation; what stands in spec is OnAir's floor, and that is noted."""
    result = onair_simulate(MOL, "-", *API, given=HELD)
    assert "The HPA of the files has 3 to 25 replicas" in " ".join(result.stdout.split())
    assert result.stderr == (
        "note: OnAir held the HPA api (stdin:2) when it was read: what counts is what its owner"
        " set, 3 to 25 replicas (annotation onair.dev/held)\n"
    )


@pytest.mark.parametrize("utilization", [30, 50, 70, 95])
def test_a_replica_is_full_where_cpu_is_at_100_percent(utilization: int) -> None:
    """What it serves well is at the per cent at which the HPA aims."""
    assumed = said(given=at(utilization))["assumed"]
    assert (assumed["perReplica"], assumed["hpa"]["target"]) == (50, 50)
    assert assumed["capacity"] == pytest.approx(5000 / utilization)


def test_a_lower_target_of_cpu_can_be_tried() -> None:
    """With a capacity the HPA aims at its per cent of it: less is lost, for more pod-hours."""
    wide = [text.replace("maxReplicas: 20", "maxReplicas: 300") for text in (at(40), at(70))]
    low, high = (said("--capacity", 100, given=text) for text in wide)
    assert (low["assumed"]["hpa"]["target"], high["assumed"]["hpa"]["target"]) == (40, 70)
    assert low["assumed"]["capacity"] == high["assumed"]["capacity"] == 100
    few, many = arm(low, "hpa-cpu"), arm(high, "hpa-cpu")
    assert few["aboveCapacity"] < many["aboveCapacity"]
    assert few["podHours"] > many["podHours"]


def test_a_rate_has_its_own_target() -> None:
    """Of a full replica it knows nothing, so that is as without a manifest."""
    metric = (
        "{type: External, external: {metric: {name: r}, target: {type: AverageValue,"
        " averageValue: 30}}}"
    )
    given = f"{HPA[: HPA.index('  metrics:')]}  metrics: [{metric}]\n"
    for arguments, capacity in (((), 50 / 0.7), (("--capacity", 100), 100)):
        assumed = said(*arguments, given=given)["assumed"]
        assert assumed["hpa"]["target"] == 30
        assert assumed["capacity"] == pytest.approx(capacity)


def test_a_capacity_at_which_cpu_says_nothing_is_noted() -> None:
    """An HPA on CPU tolerates a tenth above its target, and CPU ends at the capacity."""
    words = "on CPU it never scales up"
    assert words in onair_simulate(MOL, *API, "--capacity", 55).stderr
    assert words not in onair_simulate(MOL, *API, "--capacity", 56).stderr
