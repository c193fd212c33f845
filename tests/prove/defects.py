"""Three defects of the kind that loses an owner's numbers, and the tests that must see each."""

from __future__ import annotations

from dataclasses import dataclass

from tests.prove.seeds import Seed


@dataclass(frozen=True, slots=True)
class Defect:
    """A defect, and the pytest node ids of the tests that must see it."""

    seed: Seed
    tests: tuple[str, ...]


NO_ENTRY_BEFORE_THE_RAISE = Seed(
    name="no ledger entry before the raise",
    file="apply.py",
    sound="""\
                await self._record(key, entry)
""",
    broken="""\
                from onair.plan.situation import put

                steered = (*self._world.autoscalers(key), self._world.workload(key))[0]
                first = entry.notes.written[-1].limits
                if entry.sequence == 0 and live_limits(steered) == entry.baseline:
                    step = put(steered, entry.baseline, first, "raised", first)
                    await self._put(key, step, now)
                await self._record(key, entry)
""",
)

MAXIMUM_BEFORE_MINIMUM = Seed(
    name="maximum restored before the minimum",
    file="plan/release.py",
    sound="""\
    if minimum != live.minimum:
        return Back(Limits(minimum, live.maximum), reasons.RESTORING)
""",
    broken="""\
    lowest = max(entry.baseline.maximum, live.minimum)
    if minimum != live.minimum and live.maximum > lowest:
        return Back(Limits(live.minimum, lowest), reasons.RESTORING)
    if minimum != live.minimum:
        return Back(Limits(minimum, live.maximum), reasons.RESTORING)
""",
)

CAPTURED_AGAIN = Seed(
    name="baseline captured again after a restart",
    file="reconcile.py",
    sound="""\
        decision = decide(situation)
""",
    broken="""\
        decision = decide(situation)
        entry, steered = situation.entry, situation.steered
        if key not in self.reports and entry is not None and steered is not None:
            from onair.plan.claims import live_limits
            from onair.plan.ledger import entry_name

            sequence = entry.sequence + 1
            name = entry_name(entry.steered.uid, sequence)
            again = replace(entry, name=name, sequence=sequence, baseline=live_limits(steered))
            decision = replace(decision, step=Record(again))
""",
)

DEFECTS = (
    Defect(
        NO_ENTRY_BEFORE_THE_RAISE,
        (
            "tests/e2e/test_ledger.py::test_no_entry_no_raise",
            "tests/e2e/test_crashes.py::test_killed_between_entry_and_raise",
        ),
    ),
    Defect(
        MAXIMUM_BEFORE_MINIMUM,
        (
            "tests/e2e/test_hold.py::test_maximum_steps_down_without_metrics",
            "tests/e2e/test_hold.py::test_owner_forbids_scale_down",
        ),
    ),
    Defect(
        CAPTURED_AGAIN,
        (
            "tests/e2e/test_crashes.py::test_killed_while_it_holds[on air]",
            "tests/e2e/test_crashes.py::test_killed_while_it_holds[in cool-down]",
        ),
    ),
)
