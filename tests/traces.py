"""Where real traffic is: it is not part of the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

TRACES = (Path(__file__).parents[1] / os.environ.get("ONAIR_TRACES", "../shared/traces")).resolve()


def traces_folder() -> Path:
    """Return the folder of traces, or skip the test where there is none."""
    if not TRACES.is_dir():
        pytest.skip(f"there is no folder {TRACES}; ONAIR_TRACES names another one")
    return TRACES
