"""Three defects of the kind that loses an owner's numbers, and the tests that must see each.

A defect is a replacement of text in a copy of the operator. The text must be there exactly once, so
a change of the operator cannot turn a defect into nothing unnoticed.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

OPERATOR = Path(__file__).parents[2] / "operator"


class SeedError(Exception):
    """A defect does not fit the operator any more."""


@dataclass(frozen=True, slots=True)
class Defect:
    """A defect in `onair/<file>`: `sound` is replaced by `broken`; `tests` are pytest node ids."""

    name: str
    file: str
    sound: str
    broken: str
    tests: tuple[str, ...]

    def seed(self, folder: Path) -> None:
        """Copy the operator into a folder, with this defect in it.

        Raises:
            SeedError: when the operator does not have the sound text exactly once.
        """
        unwanted = shutil.ignore_patterns("__pycache__")
        shutil.copytree(OPERATOR, folder, ignore=unwanted, dirs_exist_ok=True)
        path = folder / "onair" / self.file
        text = path.read_text(encoding="utf-8")
        if text.count(self.sound) != 1:
            raise SeedError(f"{self.name}: {path} must have this text once:\n{self.sound}")
        path.write_text(text.replace(self.sound, self.broken), encoding="utf-8")


NO_ENTRY_BEFORE_THE_RAISE = Defect(
    name="no ledger entry before the raise",
    file="apply.py",
    sound="""\
                await self._record(key.namespace, entry)
""",
    broken="""\
                from onair.plan.situation import put

                steered = (*self._world.autoscalers(key), self._world.workload(key))[0]
                first = entry.notes.written[-1].limits
                if entry.sequence == 0 and live_limits(steered) == entry.baseline:
                    await self._put(key.namespace, put(steered, entry.baseline, first, "raised"))
                await self._record(key.namespace, entry)
""",
    tests=(
        "tests/e2e/test_ledger.py::test_no_entry_no_raise",
        "tests/e2e/test_crashes.py::test_killed_between_entry_and_raise",
    ),
)

MAXIMUM_BEFORE_MINIMUM = Defect(
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
    tests=(
        "tests/e2e/test_hold.py::test_maximum_steps_down_without_metrics",
        "tests/e2e/test_hold.py::test_owner_forbids_scale_down",
    ),
)

CAPTURED_AGAIN = Defect(
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
    tests=(
        "tests/e2e/test_crashes.py::test_killed_while_it_holds[on air]",
        "tests/e2e/test_crashes.py::test_killed_while_it_holds[in cool-down]",
    ),
)

DEFECTS = (NO_ENTRY_BEFORE_THE_RAISE, MAXIMUM_BEFORE_MINIMUM, CAPTURED_AGAIN)
