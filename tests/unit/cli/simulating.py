"""Running `onair simulate` on the evening of the documentation."""

from __future__ import annotations

import json
from typing import Any

from click.testing import CliRunner, Result

from onair.cli.main import main
from onair.simulation.results import Simulation
from tests.docs.pages import DOCS
from tests.unit.cli.planning import MOL

EVENING = DOCS / "evening.csv"
API = ("--target", "mol-api")

HPA = """
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: api, namespace: tv}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: mol-api}
  minReplicas: 4
  maxReplicas: 20
  metrics:
  - type: Resource
    resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
"""


def onair_simulate(*arguments: object, given: str | None = None) -> Result:
    """Run the command on the evening as on a terminal of 96 columns, without colours."""
    words = ["simulate", "--trace", EVENING, *arguments]
    return CliRunner(env={"COLUMNS": "96"}).invoke(main, [*map(str, words)], input=given)


def said(*arguments: object, given: str | None = None) -> dict[str, Any]:
    """Return what it says of the example's workload as JSON, which the schema's model reads."""
    files = (MOL, *("-" for _ in range(given is not None)))
    result = onair_simulate(*files, *API, "-o", "json", *arguments, given=given)
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    made = Simulation.model_validate(found)
    assert json.loads(made.model_dump_json(by_alias=True)) == found
    return found


def arm(simulation: dict[str, Any], name: str) -> dict[str, Any]:
    """Return one of its arms."""
    return next(each for each in simulation["arms"] if each["arm"] == name)
