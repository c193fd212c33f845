"""What is read from the API server's audit log and from the kernel, and written for people."""

from __future__ import annotations

import csv
import json
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.crowd.answers import Answer
from tests.crowd.arms import HPA
from tests.crowd.episode import Episode
from tests.crowd.evidence import machine_use, recorded
from tests.crowd.manifests import APP, NAMESPACE
from tests.crowd.measure import Run
from tests.crowd.steps import Steps
from tests.crowd.timelines import write

if TYPE_CHECKING:
    from pathlib import Path

BEGIN = datetime(2027, 1, 9, 19, 30, tzinfo=UTC)
DEPLOYMENTS, HPAS = "deployments", "horizontalpodautoscalers"


def test_audit_log_tells_pods_limits_and_cpu(tmp_path: Path) -> None:
    """Each write to the application becomes a step at its second; all else is left out."""
    limits = {"minReplicas": 4, "maxReplicas": 40}
    current = {"averageUtilization": 75, "averageValue": "15m"}
    metric = {"type": "Resource", "resource": {"name": "cpu", "current": current}}
    log = tmp_path / "audit.log"
    log.write_text(
        "".join(
            [
                _event(0, DEPLOYMENTS, {"status": {"replicas": 4}}, subresource="status"),
                _event(
                    2,
                    DEPLOYMENTS,
                    {"status": {"replicas": 6, "readyReplicas": 4}},
                    subresource="status",
                ),
                _event(0, HPAS, {"spec": limits}),
                _event(3, HPAS, {"spec": limits, "status": {"currentMetrics": [metric]}}),
                _event(5, HPAS, {"spec": limits | {"minReplicas": 18}}, verb="patch"),
                _event(6, HPAS, {"spec": limits | {"minReplicas": 99}}, code=409),
                _event(6, HPAS, {"spec": limits | {"minReplicas": 99}}, name="another"),
                _event(7, HPAS, {"kind": "Status"}, verb="delete"),
            ]
        )
    )
    assert recorded(log, BEGIN) == {
        "ready": Steps((0, 2), (0, 4)),
        "pods": Steps((0, 2), (4, 6)),
        "minimum": Steps((0, 3, 5), (4, 4, 18)),
        "maximum": Steps((0, 3, 5), (40, 40, 40)),
        "cpu": Steps((3,), (75,)),
    }


def test_machine_is_busy_while_it_works() -> None:
    """Samples are percents of all processors, one a second, and see a busy one."""
    with machine_use() as samples:
        ends = time.monotonic() + 2.5
        while time.monotonic() < ends:
            pass
    assert len(samples) == 2
    assert all(0 < percent <= 100 for _, percent in samples)


def test_timeline_has_a_line_for_each_second(tmp_path: Path) -> None:
    """Requests stand at their planned second; what changes within a second counts from the next."""
    names = ("ready", "pods", "minimum", "maximum", "cpu", "busy")
    steps = {name: Steps.of([(0, 4), (1.5, 7.6)]) for name in names}
    answers = [Answer(at, 0, 0.2, outcome) for at, outcome in ((0.1, "200"), (1.9, "503"))]
    path = write(Run(HPA, 3, Episode(), answers, steps), tmp_path)
    assert path == tmp_path / "3-hpa.csv"
    lines = list(csv.reader(path.open(encoding="ascii")))
    assert lines[0] == ["second", "offered", "failed", *names]
    assert lines[1:4] == [
        ["0", "1", "0", *["4"] * 6],
        ["1", "1", "1", *["4"] * 6],
        ["2", "0", "0", *["8"] * 6],
    ]
    assert len(lines) == 1 + int(Episode().length)


def _event(
    second: int,
    resource: str,
    answer: dict[str, Any],
    **about: Any,  # noqa: ANN401 - as in an event
) -> str:
    event = {
        "stage": "ResponseComplete",
        "stageTimestamp": (BEGIN + timedelta(seconds=second)).isoformat(),
        "user": {"username": "somebody"},
        "verb": about.get("verb", "update"),
        "objectRef": {
            "namespace": NAMESPACE,
            "resource": resource,
            "subresource": about.get("subresource", ""),
            "name": about.get("name", APP),
        },
        "responseStatus": {"code": about.get("code", 200)},
        "responseObject": answer,
    }
    return f"{json.dumps(event)}\n"
