"""A verdict says whether there was enough at a moment, and who can help it."""

import pytest

from onair.plan.verdicts import verdict, worst


@pytest.mark.parametrize(
    ("required", "ready", "floor", "want"),
    [
        pytest.param(24, 24, 0, "Ready", id="enough, whoever cared for it"),
        pytest.param(24, 23, 24, "Late", id="asked for, but not there yet"),
        pytest.param(24, 20, 20, "Short", id="not asked for"),
        pytest.param(0, 0, 0, "Ready", id="nothing required"),
    ],
)
def test_verdict(required: int, ready: int, floor: int, want: str) -> None:
    """Ready counts before the floor, and a floor below what is required is Short."""
    assert verdict(required=required, ready=ready, floor=floor) == want


def test_worst() -> None:
    """Short is worse than Late, and Late than Ready; without a verdict there is none."""
    assert worst(["Ready", "Short", "Late"]) == "Short"
    assert worst(["Late", "Ready"]) == "Late"
    assert worst([]) is None
