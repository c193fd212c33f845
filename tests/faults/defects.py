"""Ten seeded defects, and the plans under which the suite must see each of them.

The first four are how the tools of this field lose what they promised to give back
(reliability.md, section 0, a to d); the others are slips that any of us could make.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.prove.defects import CAPTURED_AGAIN, NO_ENTRY_BEFORE_THE_RAISE
from tests.prove.seeds import Seed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.faults.plans import Plan


@dataclass(frozen=True, slots=True)
class Sight:
    """A plan under which a defect must be seen, by an oracle of this rule.

    It is the first plan of a story whose name has all of these words, which "…" separates.
    """

    story: str
    words: str
    rule: str

    def plan(self, plans: Iterable[Plan]) -> Plan:
        """Return the plan.

        Raises:
            LookupError: when the story has no such plan.
        """
        for plan in plans:
            if all(word in plan.name for word in self.words.split("…")):
                return plan
        raise LookupError(f"no plan of the story {self.story} is called {self.words}")


@dataclass(frozen=True, slots=True)
class Defect:
    """A defect, and where it must be seen."""

    seed: Seed
    sights: tuple[Sight, ...]


RESTORED_CLAMPED = Seed(
    name="the maximum restored to what runs, the record deleted",
    file="plan/release.py",
    sound="""\
    return _stepped_back(situation, entry, lowest, live)
""",
    broken="""\
    return Back(replace(live, maximum=workload.replicas.value), reasons.RESTORED)
""",
)

FAILED_RESTORE_IS_SUCCESS = Seed(
    name="a restore that failed counts as done",
    file="apply.py",
    sound="""\
                await self._put(key, step, now)
            case Release""",
    broken="""\
                from onair.cluster.errors import ApiError

                try:
                    await self._put(key, step, now)
                except ApiError:
                    entry = self._world.entry(key)
                    if step.held != "being given back" or not isinstance(entry, Entry):
                        raise
                    for name in await ledger.erase(self._api, key.namespace, entry):
                        self._world.forget(resources.REVISIONS, key.namespace, name)
            case Release""",
)

OTHERS_OVERWRITTEN = Seed(
    name="what others set on air is overwritten and forgotten",
    file="plan/decide.py",
    sound="""\
    if baseline in {None, entry.baseline}:
        return None
""",
    broken="""\
    if baseline in {None, entry.baseline} or entry.notes.state is State.RAISED:
        return None
""",
)

OLD_LIST_IS_PROOF = Seed(
    name="an old list proves that a need has ended",
    file="proof.py",
    sound="""\
        if last is None or last.revision < revision or last.listed.is_older(self._seen_by(key)):
""",
    broken="""\
        if last is None or last.revision < revision:
""",
)

NO_PRECONDITIONS = Seed(
    name="replicas written over whatever stands",
    file="targets/scale.py",
    sound="""\
            {"op": "test", "path": "/metadata/uid", "value": step.steered.uid},
            {"op": "test", "path": "/spec/replicas", "value": step.before.minimum},
            {"op": "replace", "path": "/spec/replicas", "value": step.after.minimum},
        ]
        if step.version:
""",
    broken="""\
            {"op": "replace", "path": "/spec/replicas", "value": step.after.minimum},
        ]
        if not operations:
""",
)

NEVER_LISTED_AGAIN = Seed(
    name="lost events are never made up for",
    file="lists.py",
    sound="""\
LIST_EVERY = 55.0
""",
    broken="""\
LIST_EVERY = 86_400.0
""",
)

STATUS_BEFORE_FLOORS = Seed(
    name="floors wait for the status",
    file="runtime.py",
    sound="""\
        if self._leader.leads and not self._leader.knows(key.namespace):
            return UNTIL_RESUMED
""",
    broken="""\
        if self._leader.leads and not self._leader.knows(key.namespace):
            return UNTIL_RESUMED
        aims = self._aims.of(key.namespace).by_target.get(key, ())
        said = [CampaignKey(*aim.campaign.split("/", 1)) for aim in aims]
        for _ in range(100):
            if not set(said) <= self._publisher._written.keys():
                await asyncio.sleep(0.1)
""",
)

OLD_GENERATION = Seed(
    name="the status keeps speaking of the first generation",
    file="plan/status.py",
    sound="""\
        observed_generation=view.generation,
""",
    broken="""\
        observed_generation=before.get("observedGeneration", view.generation),
""",
)

DEFECTS = (
    Defect(
        CAPTURED_AGAIN,
        (
            Sight("deployment", "killed after patch 1 of deployments/app/scale", "L1"),
            Sight("hpa-without-metrics", "killed after patch 1 of horizontalpodautoscalers", "S3"),
        ),
    ),
    Defect(
        RESTORED_CLAMPED,
        (
            Sight("hpa-without-metrics", "reply lost from patch 2 of horizontalpodautos", "S3"),
            Sight("deleted", "killed before patch 2 of horizontalpodautoscalers", "S3"),
        ),
    ),
    Defect(
        FAILED_RESTORE_IS_SUCCESS,
        (
            Sight("deployment", "reply lost from patch 3 of deployments/app/scale", "S3"),
            Sight("stateful-set", "reply lost from patch 3 of statefulsets/app/scale", "S3"),
        ),
    ),
    Defect(
        OTHERS_OVERWRITTEN,
        (
            Sight("owner-edits", "reply lost from patch 1 of deployments/worker/scale", "L1"),
            Sight("owner-edits", "reply lost from patch 1 of horizontalpodautoscalers", "S2"),
        ),
    ),
    Defect(
        NO_ENTRY_BEFORE_THE_RAISE,
        (
            Sight("deployment", "killed before create 1 of controllerrevisions", "S1"),
            Sight("stateful-set", "reply lost from create 1 of controllerrevisions", "S1"),
        ),
    ),
    Defect(
        OLD_LIST_IS_PROOF,
        (
            Sight("overlapping", "restarted in minute 0.5 …of campaigns/first", "S4"),
            Sight("overlapping", "restarted in minute 0.5 …of campaigns/second", "S4"),
        ),
    ),
    Defect(
        NO_PRECONDITIONS,
        (
            Sight("owner-edits", "blind to the change of deployments/worker in minute 2.", "S2"),
            Sight("owner-edits", "restarted…of deployments/worker in minute 2.", "S2"),
        ),
    ),
    Defect(
        NEVER_LISTED_AGAIN,
        (
            Sight("deployment", "blind to the change of campaigns/show", "L1"),
            Sight("suspended", "blind to the change of targetsets/mol in minute -", "L1"),
        ),
    ),
    Defect(
        STATUS_BEFORE_FLOORS,
        (
            Sight("deployment", "killed before patch 1 of deployments/app/scale", "L2"),
            Sight("overlapping", "killed before patch 1 of deployments/app/scale", "L2"),
        ),
    ),
    Defect(
        OLD_GENERATION,
        (
            Sight("load-changed", "reply lost from patch 1 of deployments/app/scale", "L5"),
            Sight("suspended", "reply lost from patch 1 of deployments/app/scale", "L5"),
        ),
    ),
)
