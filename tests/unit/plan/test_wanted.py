"""What is written for a floor, over what an owner has set."""

import pytest

from onair.plan.observed import Limits
from onair.plan.wanted import wanted_limits


@pytest.mark.parametrize(
    ("baseline", "floor", "most", "before", "want"),
    [
        pytest.param(Limits(4, 20), 32, 300, (), Limits(32, 40), id="a quarter of room"),
        pytest.param(Limits(4, 20), 33, 300, (), Limits(33, 42), id="rounded up"),
        pytest.param(Limits(4, 99), 32, 300, (), Limits(32, 99), id="the owner's room is more"),
        pytest.param(Limits(50, 60), 32, 300, (), Limits(50, 60), id="the owner's floor is more"),
        pytest.param(Limits(4, 20), 32, 35, (), Limits(32, 35), id="no more than maxReplicas"),
        pytest.param(Limits(4, 20), 40, 35, (), Limits(40, 40), id="never below the minimum"),
        pytest.param(Limits(4, 20), 8, 300, (60, 50), Limits(8, 60), id="no ceiling falls on air"),
        pytest.param(Limits(4), 32, 300, (60,), Limits(32), id="no HPA, no maximum"),
        pytest.param(Limits(4), 0, 300, (), Limits(4), id="nothing is due"),
    ],
)
def test_wanted_limits(
    baseline: Limits, floor: int, most: int, before: tuple[int, ...], want: Limits
) -> None:
    """The minimum is the larger of floor and owner's; the maximum has room above it."""
    assert wanted_limits(baseline, floor, most, *before) == want
