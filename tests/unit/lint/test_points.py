"""Points that stay below the peak are said where the size of the crowd is that of the peak."""

from tests.unit.lint.examples import linted, the_one
from tests.unit.lint.test_warnings import HALF, WHOLE, inline


def test_points_below_the_peak() -> None:
    """A part of a multiple is said, too; of people all come, whatever the largest level is."""
    warning = the_one(linted(inline(load=HALF | {"multiplier": 4}, targets=[WHOLE])))
    assert (warning.reason, warning.path) == ("PeakNotReached", "spec.load.points")
    assert "50% of what multiplier says" in warning.message
    assert not linted(inline(load=HALF | {"audience": {"people": "10k"}})).findings
