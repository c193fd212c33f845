"""The step of a trace is found, and a few numbers may be absent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from onair.traces.errors import TraceError
from tests.unit.traces.texts import BEGIN, minutes, read_text, table


def at(*seconds: int) -> str:
    """Return a table with a row at each of these seconds."""
    return table(*(f"{BEGIN + timedelta(seconds=n):%Y-%m-%dT%H:%M:%SZ},{n}" for n in seconds))


@pytest.mark.parametrize(
    "step", [pytest.param(each, id=f"{each} s") for each in (1, 2, 5, 59, 60, 300, 3599, 3600)]
)
def test_steps(step: int) -> None:
    """Every step of whole seconds up to an hour is found."""
    assert read_text(at(*range(0, 9 * step, step))).trace.step == step


def test_longer_steps() -> None:
    """A step of more than an hour is refused."""
    with pytest.raises(TraceError, match=r"^its rows are 1h1s apart"):
        read_text(at(0, 3601, 7202))


def test_most_rows_decide() -> None:
    """The step is what most rows are apart, and not the least of all."""
    with pytest.raises(TraceError, match=r"^line 12: .* is 30s after the row before, and a step"):
        read_text(at(*range(0, 600, 60), 570, 600))


def test_the_least_of_two_decides() -> None:
    """Of two that are as frequent the step is the least."""
    with pytest.raises(TraceError, match=r"^1 of 4 steps of 1m have no number, the first after"):
        read_text(at(0, 60, 180))


@pytest.mark.parametrize(
    ("step", "absent"),
    [
        pytest.param(1, 300, id="5 minutes of seconds"),
        pytest.param(60, 5, id="5 minutes"),
        pytest.param(120, 2, id="4 minutes of twos"),
        pytest.param(300, 1, id="one step of 5 minutes"),
        pytest.param(3600, 1, id="one step of an hour"),
    ],
)
def test_gaps(step: int, absent: int) -> None:
    """A gap is filled in by a straight line if it is short; one step more is too long."""
    times = [*range(0, 5000 * step, step)]
    read = read_text(at(*times[:2000], *times[2000 + absent :]))
    assert list(read.trace.rates) == pytest.approx([time / step for time in times])
    with pytest.raises(TraceError, match=r"^line 2002: nothing is known from "):
        read_text(at(*times[:2000], *times[2001 + absent :]))


def sevenths(absent: int) -> str:
    """Return 100 seconds of which every seventh is absent, so many times."""
    return at(*(n for n in range(100) if n % 7 or not 0 < n <= 7 * absent))


def test_one_in_ten() -> None:
    """One step in ten may be absent, and no more."""
    assert len(read_text(sevenths(10)).trace.rates) == 100
    with pytest.raises(TraceError, match=r"^11 of 100 steps of 1s have no number, the first after"):
        read_text(sevenths(11))


@pytest.mark.parametrize(
    "header", [pytest.param("time,requests", id="counts"), pytest.param("time,rps", id="rates")]
)
@pytest.mark.parametrize(
    ("numbers", "absent"),
    [
        pytest.param([60, ""], 49, id="every second"),
        pytest.param([60, "", 60], 33, id="one in three"),
        pytest.param([60, *[""] * 4], 76, id="four in five"),
    ],
)
def test_rows_without_numbers(header: str, numbers: list[int | str], absent: int) -> None:
    """A row without a number is a step as any other: it makes no longer steps of its neighbours."""
    rows = minutes(*(numbers * 99)[:99])
    steps = 99 - next(n for n, row in enumerate(reversed(rows)) if row.endswith("60"))
    with pytest.raises(TraceError, match=rf"^{absent} of {steps} steps of 1m have no number"):
        read_text(table(*rows, header=header))


def test_rows_without_numbers_at_the_ends() -> None:
    """A trace is shorter by rows without a number at its ends, however many they are."""
    trace = read_text(table(*minutes(*[""] * 9, *[60] * 3, "", *[60] * 6, *[""] * 99))).trace
    assert (trace.begin, list(trace.rates)) == (BEGIN + timedelta(minutes=9), [1.0] * 10)


def test_a_row_without_a_number_between_steps() -> None:
    """A row that is not whole steps from the one before it is refused without a number too."""
    rows = [*minutes(*[60] * 20), "2027-01-09T20:20:30Z,", "2027-01-09T20:21:00Z,60"]
    with pytest.raises(TraceError, match=r"^line 22: .* is 1m30s after the row before, and a step"):
        read_text(table(*rows))


@pytest.mark.parametrize("back", [pytest.param(False, id="first"), pytest.param(True, id="last")])
def test_a_row_again_without_its_number(*, back: bool) -> None:
    """Of two rows of one time, that with a number counts, wherever the other stands."""
    both = ["2027-01-09T20:02:00Z,", "2027-01-09T20:02:00Z,60"]
    read = read_text(table(*minutes(60, 60), *(both[::-1] if back else both)))
    assert list(read.trace.rates) == [1.0] * 3
    assert read.notes == (f"no number: line {5 if back else 4}; taken as absent",)


def with_others(apart: tuple[int, ...], count: int) -> str:
    """Return a thousand seconds, so many rows that are as far apart as is said, and a thousand."""
    times = [*range(1000)]
    for number in range(count):
        times.append(times[-1] + apart[number % len(apart)])
    return at(*times, *range(times[-1] + 1, times[-1] + 1000))


@pytest.mark.parametrize(
    ("apart", "count"),
    [
        pytest.param((2,), 9, id="nine times the same"),
        pytest.param((2, 3), 20, id="in turns"),
        pytest.param((2, 1), 20, id="with steps between"),
    ],
)
def test_gaps_in_a_row(apart: tuple[int, ...], count: int) -> None:
    """Gaps may follow each other, if they do not look like a step of their own."""
    assert read_text(with_others(apart, count)).trace.step == 1


def test_another_step() -> None:
    """Rows that are equally far apart ten times are of another trace."""
    with pytest.raises(TraceError, match=r"^line 1011: it and those before it are 2s apart, most"):
        read_text(with_others((2,), 10))
