"""A few of the suite's plans, always the same ones, so that every change meets each kind of fault.

`python -m tests.faults` runs all of them; with the name of one that failed here, that one alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cluster.cluster import Cluster
from tests.faults.catalogue import STORIES
from tests.faults.oracles import judge
from tests.faults.suite import Run, Suite, chosen

if TYPE_CHECKING:
    from pathlib import Path

SEED = 1998
PLANS = 40
AT_ONCE = 2
"""Plans of one story at the same time, for each worker of a test run."""

WITH_CPU = "hpa"
"""The story that waits for figures of CPU for most of a minute: not among the few."""

NAMES = [story.name for story in STORIES if story.name != WITH_CPU]
COUNTS = {name: len(range(number, PLANS, len(NAMES))) for number, name in enumerate(NAMES)}
"""How many plans each story contributes."""


@pytest.mark.fault_row(1, 2, 3, 5, 19, 20, 21, 23, 24)
@pytest.mark.parametrize("story", NAMES)
def test_story(story: str, cluster: Cluster, tmp_path: Path) -> None:
    """A story breaks nothing, without a fault or with those that the seed has chosen."""
    suite = Suite(Cluster(cluster.folder), tmp_path, AT_ONCE)
    reference = suite.reference(story)
    assert judge(reference.evidence) == []
    kinds = ("killed before", "killed after", "reply lost", "restarted", "blind")
    said = [plan.name for plan in reference.plans]
    assert all(any(name.startswith(kind) for name in said) for kind in kinds)
    plans = chosen(reference, SEED, COUNTS[story])
    outcomes = suite.run_all(map(Run, plans), {story: reference})
    broken = {str(o.plan): o.violations for o in outcomes if o.violations}
    assert not broken, f"see {tmp_path}"
