"""The stories that are played with and without faults.

A flat show of 500 requests/s, 50 for each replica, beside 2 usual replicas: a floor of 12 from
three minutes before its start to one minute after its end, then half of the load for a minute.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from tests.e2e.evenings import NO_FIGURES, flat, rfc3339
from tests.e2e.manifests import airtime, campaign, deployment, hpa, stateful_set, target, target_set
from tests.faults.stories import Act, Duty, Story, minutes

if TYPE_CHECKING:
    from datetime import datetime

    from tests.e2e.tenant import Tenant

Body = dict[str, Any]

USUAL = 2
FLOOR = 12
CAP = 20
LEAD = 3
COOL_DOWN = {"hold": "1m", "step": "50%", "every": "1m"}
EVENING = ((-LEAD, FLOOR), (5, 7), (6, 0))
"""The floors of the whole show: the usual replicas count beside what is left of the load."""

ENDED = ((-LEAD, FLOOR), (2, 6), (3, 0))
"""The floors if its need ends in minute 1: what was in force cools down."""

BUSY = 3
"""Usual replicas of workloads whose HPA without metrics holds them at its maximum: so they fall
back to them when the maximum does."""

BUSY_EVENING = ((-LEAD, 13), (5, 8), (6, 0))
BUSY_ENDED = ((-LEAD, 13), (2, 7), (3, 0))


def mol(*names: str, kind: str = "Deployment", **fields: object) -> Body:
    """Return the target set of the show; `fields` are those of each of its targets."""
    targets = [target(name, kind=kind, maxReplicas=CAP, **fields) for name in names]
    return target_set("mol", *targets, lead=f"{LEAD}m", coolDown=COOL_DOWN)


def show(start: datetime, *, load: int = 500, name: str = "show", duration: str = "4m") -> Body:
    """Return the campaign of a flat show for the target set `mol`."""
    on_air = airtime(rfc3339(start), duration)
    return campaign(name, on_air, load=flat(load), targetSets=[{"name": "mol"}])


def alone(start: datetime, *, kind: str = "Deployment") -> tuple[Body, ...]:
    """Return one show for one target."""
    return mol("app", kind=kind), show(start)


def declared(start: datetime) -> tuple[Body, ...]:
    """Return one show for one target whose usual replicas are declared, and so never observed."""
    return mol("app", usualReplicas=USUAL), show(start)


def two(start: datetime) -> tuple[Body, ...]:
    """Return one show for two targets."""
    return mol("app", "worker"), show(start)


def overlapping(start: datetime) -> tuple[Body, ...]:
    """Return two shows, of which the second begins while the first is on air."""
    first = show(start, load=250, name="first", duration="5m")
    return mol("app"), first, show(start + minutes(3), load=400, name="second")


def beside_poison(start: datetime) -> tuple[Body, ...]:
    """Return a show, and campaigns that cannot work: no such zone, set, workload; two HPAs."""
    broken = [target("absent", maxReplicas=CAP), target("torn", maxReplicas=CAP)]
    on_air = airtime(rfc3339(start), "4m")
    return (
        campaign("no-zone", on_air, targetSets=[{"name": "mol"}], timeZone="Europe/Hilversum"),
        campaign("no-set", on_air, targetSets=[{"name": "nowhere"}]),
        campaign("no-target", on_air, targets=broken),
        mol("app"),
        show(start),
    )


def delete_show(tenant: Tenant, _: datetime) -> None:
    """Delete the campaign."""
    tenant.delete("Campaign", "show")


def announce_again(tenant: Tenant, start: datetime) -> None:
    """Create the campaign that was deleted."""
    tenant.create(show(start))


def suspend(tenant: Tenant, _: datetime) -> None:
    """Suspend the campaign."""
    tenant.patch("Campaign", "show", {"spec": {"suspend": True}})


def stop_now(tenant: Tenant, _: datetime) -> None:
    """Suspend the campaign without a cool-down, as `onair stop --now` does."""
    annotations = {"onair.dev/stop": "now"}
    body = {"metadata": {"annotations": annotations}, "spec": {"suspend": True}}
    tenant.patch("Campaign", "show", body)


def move_target(tenant: Tenant, _: datetime) -> None:
    """Let the target set name another workload."""
    tenant.patch("TargetSet", "mol", {"spec": mol("other")["spec"]})


def change_load(tenant: Tenant, _: datetime, *, load: int) -> None:
    """Let the show have another load, in requests/s."""
    tenant.patch("Campaign", "show", {"spec": {"load": flat(load)}})


def edit(tenant: Tenant, _: datetime, *, kind: str, name: str, spec: Body) -> None:
    """Change a workload or an HPA, as its owner."""
    tenant.patch(kind, name, {"spec": spec})


def recreate(tenant: Tenant, _: datetime) -> None:
    """Delete the workload and create it anew, larger."""
    tenant.delete("Deployment", "app")
    tenant.create(deployment("app", 4))


HPA = "HorizontalPodAutoscaler"
ONE = (Duty("Deployment", "app", EVENING, (USUAL, None)),)

STORIES = (
    Story(
        name="hpa",
        objects=(deployment("app", USUAL), hpa("app", USUAL, 10)),
        manifests=alone,
        duties=(Duty(HPA, "app", EVENING, (USUAL, 10)),),
    ),
    Story(
        name="hpa-without-metrics",
        objects=(deployment("app", BUSY), hpa("app", USUAL, BUSY, metrics=NO_FIGURES)),
        manifests=alone,
        duties=(Duty(HPA, "app", BUSY_EVENING, (USUAL, BUSY)),),
    ),
    Story(name="deployment", objects=(deployment("app", USUAL),), manifests=alone, duties=ONE),
    Story(
        name="stateful-set",
        objects=(stateful_set("app", USUAL),),
        manifests=partial(alone, kind="StatefulSet"),
        duties=(Duty("StatefulSet", "app", EVENING, (USUAL, None), workload="StatefulSet"),),
    ),
    Story(
        name="overlapping",
        objects=(deployment("app", USUAL),),
        manifests=overlapping,
        duties=(
            Duty(
                "Deployment",
                "app",
                ((-LEAD, 7), (0, 15), (6, 13), (7, 10), (8, 6), (9, 0)),
                (USUAL, None),
                campaigns=("first", "second"),
            ),
        ),
    ),
    Story(
        name="owner-edits",
        objects=(
            deployment("app", BUSY),
            hpa("app", USUAL, BUSY, metrics=NO_FIGURES),
            deployment("worker", USUAL),
        ),
        manifests=two,
        duties=(
            Duty(HPA, "app", BUSY_EVENING, (1, 2)),
            Duty("Deployment", "worker", EVENING, (3, None)),
        ),
        acts=(
            Act(
                1,
                "the owner edits the HPA",
                partial(edit, kind=HPA, name="app", spec={"minReplicas": 1, "maxReplicas": 2}),
            ),
            Act(
                2,
                "the owner scales the workload",
                partial(edit, kind="Deployment", name="worker", spec={"replicas": 3}),
            ),
        ),
    ),
    Story(
        name="deleted",
        objects=(deployment("app", BUSY), hpa("app", USUAL, BUSY, metrics=NO_FIGURES)),
        manifests=alone,
        duties=(Duty(HPA, "app", BUSY_ENDED, (USUAL, BUSY)),),
        acts=(Act(1, "the campaign is deleted", delete_show, ends_need=True),),
    ),
    Story(
        name="announced-again",
        objects=(deployment("app", USUAL),),
        manifests=alone,
        duties=ONE,
        acts=(
            Act(1, "the campaign is deleted", delete_show, ends_need=True),
            Act(1.5, "it is announced again", announce_again),
        ),
    ),
    Story(
        name="suspended",
        objects=(deployment("app", USUAL),),
        manifests=alone,
        duties=(Duty("Deployment", "app", ENDED, (USUAL, None)),),
        acts=(Act(1, "the campaign is suspended", suspend, ends_need=True),),
    ),
    Story(
        name="stopped-now",
        objects=(deployment("app", USUAL),),
        manifests=alone,
        duties=(Duty("Deployment", "app", ((-LEAD, FLOOR), (1, 0)), (USUAL, None)),),
        acts=(Act(1, "the campaign is stopped now", stop_now, ends_need=True),),
    ),
    Story(
        name="target-moved",
        objects=(deployment("app", USUAL), deployment("other", USUAL)),
        manifests=alone,
        duties=(
            Duty("Deployment", "app", ENDED, (USUAL, None)),
            Duty("Deployment", "other", ((1, FLOOR), (5, 7), (6, 0)), (USUAL, None)),
        ),
        acts=(Act(1, "the target set is edited", move_target, ends_need=True),),
    ),
    Story(
        name="load-changed",
        objects=(deployment("app", USUAL),),
        manifests=alone,
        duties=(
            Duty(
                "Deployment",
                "app",
                ((-LEAD, FLOOR), (0.25, 14), (2.75, FLOOR), (5, 7), (6, 0)),
                (USUAL, None),
            ),
        ),
        acts=(
            Act(0.25, "the load is raised", partial(change_load, load=600)),
            Act(1.75, "the load is lowered", partial(change_load, load=500), ends_need=True),
        ),
    ),
    Story(
        name="beside-poison",
        objects=(
            deployment("app", USUAL),
            deployment("torn", USUAL),
            hpa("torn", USUAL, 10),
            hpa("torn", USUAL, 12) | {"metadata": {"name": "torn-too"}},
        ),
        manifests=beside_poison,
        duties=ONE,
    ),
    Story(
        name="recreated",
        objects=(deployment("app", USUAL),),
        manifests=declared,
        duties=(Duty("Deployment", "app", ((-LEAD, FLOOR), (5, 7), (6, 0)), (4, None)),),
        acts=(Act(1, "the workload is created anew", recreate),),
    ),
)

BY_NAME = {story.name: story for story in STORIES}
