"""How often what other writers do is answered, whatever they do (invariant S7)."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onair.contests import EVERY, FORGOTTEN, KEPT, Contests
from onair.plan.observed import Limits, TargetKey

KEY = TargetKey("tv", "Deployment", "api")
WRITERS = st.sampled_from([(), ("argocd",), ("helm", "kubectl")])
PAUSES = st.floats(0, 90) | st.floats(0, 700)


class Clock:
    """Monotonic seconds that a test moves on."""

    def __init__(self) -> None:
        self.now = 5.0

    def __call__(self) -> float:
        """Return the seconds."""
        return self.now


def fought(*seconds: float, rivals: tuple[str, ...] = ("argocd",)) -> tuple[Contests, Clock]:
    """Return contests with answers after so many seconds, as seen at the last of them."""
    clock = Clock()
    contests = Contests(clock)
    for second in seconds:
        clock.now = 5 + second
        contests.answered(KEY, rivals)
    return contests, clock


@example([(1.0, ("argocd",))] * 1500)
@given(st.lists(st.tuples(PAUSES, WRITERS), max_size=60))
def test_never_more_than_twelve_in_ten_minutes(writes: list[tuple[float, tuple[str, ...]]]) -> None:
    """However often others write, and whatever, there are twelve answers in ten minutes at most."""
    clock, answers = Clock(), []
    contests = Contests(clock)
    for pause, rivals in writes:
        clock.now += pause
        if contests.allowed(KEY):
            contests.answered(KEY, rivals)
            answers.append(clock.now)
    for begin in answers:
        assert sum(begin <= at < begin + FORGOTTEN for at in answers) <= KEPT


def test_twice_at_once_then_once_a_minute() -> None:
    """The first two answers wait for nothing, each further one for a minute."""
    contests, clock = fought(0)
    assert contests.allowed(KEY)
    contests.answered(KEY, ("argocd",))
    assert not contests.allowed(KEY)
    assert contests.look_again(KEY) == EVERY
    clock.now += EVERY
    assert contests.allowed(KEY)


@pytest.mark.parametrize(
    ("seconds", "later", "want"),
    [
        pytest.param((0,), 0, (), id="the first time"),
        pytest.param((0, 1), 0, ("argocd",), id="the second time"),
        pytest.param((0, 1), FORGOTTEN - 1, ("argocd",), id="less than ten minutes ago"),
        pytest.param((0, 1), FORGOTTEN, (), id="ten minutes ago"),
        pytest.param((0, FORGOTTEN), 0, (), id="ten minutes apart"),
        pytest.param((0, 300), 500, ("argocd",), id="the newest counts"),
    ],
)
def test_who_undoes_it_again_and_again(
    seconds: tuple[float, ...], later: float, want: tuple[str, ...]
) -> None:
    """A rival is named from the second time on, until ten minutes have passed without another."""
    contests, clock = fought(*seconds)
    clock.now += later
    assert contests.rivals(KEY) == want


def test_all_of_them_are_named() -> None:
    """Several rivals stand in order, each once."""
    contests, _ = fought(0, 60, rivals=("helm",))
    contests.answered(KEY, ("argocd", "helm"))
    assert contests.rivals(KEY) == ("argocd", "helm")


def test_who_has_stopped_long_ago_is_named_no_more() -> None:
    """A contest that goes on with somebody else keeps no list of all that ever took part."""
    contests, clock = fought(0, rivals=("helm",))
    for _ in range(KEPT):
        clock.now += EVERY
        contests.answered(KEY, ("argocd",))
    assert contests.rivals(KEY) == ("argocd",)


def test_who_undoes_nothing_is_no_rival() -> None:
    """Edits above the floor are answered no more often than others, and nobody is blamed."""
    contests, _ = fought(0, 1, rivals=())
    assert contests.rivals(KEY) == ()
    assert not contests.allowed(KEY)


def test_marks_are_an_answer_where_somebody_takes_them_off() -> None:
    """Other limits each time are what the owner's edits and the plan ask for."""
    contests, _ = fought()
    for minimum in range(4):
        contests.marked(KEY, Limits(minimum, 40))
    assert contests.look_again(KEY) is None
    contests.marked(KEY, Limits(3, 40))
    assert contests.allowed(KEY)
    contests.marked(KEY, Limits(3, 40))
    assert not contests.allowed(KEY)
    contests.forget(KEY)
    contests.marked(KEY, Limits(3, 40))
    assert contests.look_again(KEY) is None


def test_the_end_of_a_contest_is_looked_for() -> None:
    """The target is looked at again when there is nothing more to say of anybody."""
    contests, clock = fought(0, 1)
    clock.now += EVERY
    assert contests.look_again(KEY) == FORGOTTEN - EVERY
    clock.now += FORGOTTEN
    assert contests.look_again(KEY) is None


def test_a_hold_that_is_over_is_forgotten() -> None:
    """The next one begins with two answers of its own."""
    contests, _ = fought(0, 1)
    contests.forget(KEY)
    assert contests.allowed(KEY)
    assert contests.rivals(KEY) == ()
