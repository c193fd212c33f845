"""Where a target has too few replicas for what is required."""

from onair.model.reasons import LIMITED_BY_OPERATOR
from onair.plan.lacks import Lack, lacks_of, worst
from onair.plan.timeline import Limit, Pattern, Run, Timeline
from tests.unit.plan.imagined import T0, minutes

MOST = Limit("the most", LIMITED_BY_OPERATOR, 50)


def lack(at: float, required: int) -> Lack:
    """Return what 50 replicas lack, so many minutes after T0."""
    return Lack(T0 + minutes(at), required, 50, MOST)


def limited(*steps: tuple[float, int], later: float = 0) -> Run:
    """Return a run of what is required, at most 50 of it left, so many minutes after T0."""
    seconds, required = tuple(int(60 * at) for at, _ in steps), tuple(each for _, each in steps)
    floors = tuple(min(each, 50) for each in required)
    bites = tuple(MOST if each > 50 else None for each in required)
    return Run(int(T0.timestamp() + 60 * later), Pattern(seconds, required, floors, bites))


def test_the_worst_is_that_which_lacks_most() -> None:
    """Not the first one, and of equal ones the first in time."""
    assert worst([lack(3, 60), lack(2, 111), lack(1, 111), lack(0, 55)]) == lack(1, 111)
    assert worst([]) is None


def test_a_high_limit_lacks_less() -> None:
    """What counts is the difference, not how much is required or left."""
    high = lack(0, 300)._replace(left=290)
    assert worst([high, lack(1, 70)]) == lack(1, 70)


def test_each_run_says_where_it_lacks_most() -> None:
    """A rise that is cut off is not named by its first step beyond the limit."""
    evening = limited((5, 32), (10, 60), (11, 111), (20, 60), (30, 0))
    floor = Timeline((evening, limited((0, 55), (5, 0), later=60)))
    assert list(lacks_of(floor, T0)) == [lack(11, 111), lack(60, 55)]


def test_what_is_past_lacks_nothing() -> None:
    """The step in force counts, the ones before it and runs that are over do not."""
    floor = Timeline((limited((5, 32), (10, 111), (20, 60), (30, 0)),))
    assert list(lacks_of(floor, T0 + minutes(19.9))) == [lack(10, 111)]
    assert list(lacks_of(floor, T0 + minutes(20))) == [lack(20, 60)]
    assert list(lacks_of(floor, T0 + minutes(30))) == []


def test_without_a_limit_nothing_is_lacking() -> None:
    """A floor that has all that is required lacks nothing anywhere."""
    assert list(lacks_of(Timeline((limited((5, 50), (10, 0)),)), T0)) == []
