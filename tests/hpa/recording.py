"""A recording of the real controller as a small text file."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import yaml

from tests.crowd.steps import Steps
from tests.hpa.cases import Case

FOLDER: Final = Path(__file__).with_name("recordings")

_HEAD: Final = """\
# What the HPA controller of Kubernetes did (python -m tests.hpa). Seconds, requests/s, replicas.
# rates: one for each step of 5 s. replicas and ready: [second, count] at each change.
# resolution: from one reading of metrics-server to the next. delay: from a reading to the
# controller's look at second 0.
"""


@dataclass(frozen=True, slots=True)
class Recording:
    """What happened in a case.

    Attributes:
        case: crowd and settings.
        resolution: seconds from one reading of metrics-server to the next, of which its figures
            are means.
        delay: seconds from a reading to the controller's look at second 0.
        replicas: of the Deployment, over the seconds of the case.
        ready: of its pods.
    """

    case: Case
    resolution: float
    delay: float
    replicas: Steps
    ready: Steps


def write(recording: Recording, folder: Path = FOLDER) -> Path:
    """Write a recording as `<name>.yaml`; return its path."""
    said = {
        "case": asdict(recording.case) | {"rates": list(recording.case.rates)},
        "resolution": recording.resolution,
        "delay": recording.delay,
        "replicas": _pairs(recording.replicas),
        "ready": _pairs(recording.ready),
    }
    path = folder / f"{recording.case.name}.yaml"
    text = yaml.safe_dump(said, sort_keys=False, width=100, default_flow_style=None)
    path.write_text(_HEAD + text, encoding="utf-8")
    return path


def read(path: Path) -> Recording:
    """Read what `write` has written."""
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    case = Case(**(said["case"] | {"rates": tuple(said["case"]["rates"])}))
    steps = (Steps.of(tuple(pair) for pair in said[name]) for name in ("replicas", "ready"))
    return Recording(case, said["resolution"], said["delay"], *steps)


def _pairs(steps: Steps) -> list[list[float]]:
    return [[round(at, 1), count] for at, count in zip(steps.since, steps.values, strict=True)]
