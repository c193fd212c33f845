"""The short form of `make crowd`, on the real node."""

from __future__ import annotations

import pytest

from tests.cluster.node.fixtures import real_node_or_skip
from tests.cluster.progress import say
from tests.crowd.arms import CRON, CRON_MINIMUM, HPA, ONAIR
from tests.crowd.manifests import HPA_MINIMUM
from tests.crowd.pairs import SHORT_SPEED, runs
from tests.crowd.summary import summarize


@pytest.mark.node
@pytest.mark.timeout(600)
def test_each_arm_meets_the_same_crowd_in_its_own_way() -> None:
    """All arms get the same requests; each raises what it says (a run ends when it is back)."""
    real_node_or_skip()
    done = {run.arm: run for run in runs(1, SHORT_SPEED, say)}
    planned = {arm: [answer.planned for answer in run.answers] for arm, run in done.items()}
    assert planned[HPA] == planned[CRON] == planned[ONAIR]
    minimum = {arm: run.steps["minimum"] for arm, run in done.items()}
    length = done[HPA].episode.length
    assert minimum[HPA].peak(0, length) == HPA_MINIMUM
    assert minimum[CRON].peak(0, length) == CRON_MINIMUM
    assert minimum[ONAIR].peak(0, length) == 26  # 4 + 280 x 1.1 / 14
    summaries = {arm: summarize(run) for arm, run in done.items()}
    assert summaries[ONAIR].failed < summaries[HPA].failed
    assert summaries[ONAIR].peak_ready >= 26
