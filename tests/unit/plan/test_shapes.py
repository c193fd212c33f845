"""The shapes are those of the design, their tails rounded up to thousandths exactly."""

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

import pytest

from onair.model.loads import Load
from onair.model.quantities import parse_duration
from onair.plan.demand import outline, peak_over
from onair.plan.outlines import PEAK, Mark
from onair.plan.sends import Opens
from onair.plan.shapes import SHAPES, marks
from tests.unit.plan.example import load

MINUTE = 60
GROUNDS = ("measured: ", "published: ", "assumed: ", "defined: ")
HOUR = 60 * MINUTE


def points(shape: str) -> tuple[Mark, ...]:
    """Return the points of a shape in an airing of an hour."""
    return marks(shape, None, HOUR)


@pytest.mark.parametrize(
    ("shape", "want", "over"),
    [
        pytest.param("Flat", [("start", 0, 100), ("end", 0, 100)], 0, id="Flat"),
        pytest.param("TVSpot", [("end", 0, 0), ("end", 15, 100)], 15, id="TVSpot"),
        pytest.param(
            "Episode",
            [
                ("start", -15 * MINUTE, 25),
                ("start", 0, 25),
                ("start", 0, 15),
                ("end", 0, 15),
                ("end", MINUTE, 100),
                ("end", 6 * MINUTE, 100),
            ],
            60,
            id="Episode",
        ),
        pytest.param(
            "Livestream",
            [("start", -15 * MINUTE, 0), ("start", 0, 35), ("end", 0, 100)],
            150,
            id="Livestream",
        ),
        pytest.param(
            "TicketSale",
            [("start", -30 * MINUTE, 30), ("start", 0, 30), ("start", 10, 100), ("end", 0, 100)],
            120,
            id="TicketSale",
        ),
    ],
)
def test_points(shape: str, want: list[tuple[str, int, int]], over: int) -> None:
    """A shape begins with its points, in seconds and percent, and is over minutes after the end."""
    found = [(mark.edge, mark.offset, mark.level * 100 // PEAK) for mark in points(shape)]
    assert found[: len(want)] == want
    assert points(shape)[-1][:2] == ("end", over * MINUTE)


def powers_of_half(exponent: Fraction) -> Iterator[Fraction]:
    """Yield two numbers that enclose 2^-exponent, found in whole numbers."""
    scale = 2**200
    top, bottom = exponent.as_integer_ratio()
    goal = scale**bottom >> top if top else scale**bottom
    low, high = 0, scale + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if middle**bottom <= goal else (low, middle)
    yield from (Fraction(low, scale), Fraction(low + 1, scale))


def ceilings(
    passed: Fraction, half_life: Fraction, slow: Fraction, slow_half_life: int
) -> set[int]:
    """Return the thousandths that either bound of the true level is rounded up to."""
    quick_bounds = powers_of_half(passed / half_life)
    slow_bounds = powers_of_half(passed / slow_half_life)
    bounds = zip(quick_bounds, slow_bounds, strict=True)
    # The lower bound is the level itself where the exponents are whole numbers.
    exact = all((passed / each).denominator == 1 for each in (half_life, slow_half_life))
    levels = [(1 - slow) * q + slow * s for q, s in bounds][: 1 if exact else 2]
    return {-(-1000 * level.numerator // level.denominator) for level in levels}


@pytest.mark.parametrize(
    ("shape", "peak_until", "over", "half_life", "slow", "slow_half_life"),
    [
        pytest.param("TVSpot", 15, 15, Fraction(3, 2), Fraction(15, 100), 10, id="TVSpot"),
        pytest.param("Episode", 360, 60, Fraction(10), Fraction(1, 10), 30, id="Episode"),
        pytest.param("Livestream", 0, 150, Fraction(20), Fraction(1, 5), 60, id="Livestream"),
        pytest.param("TicketSale", 0, 120, Fraction(15), Fraction(1, 5), 60, id="TicketSale"),
    ],
)
def test_tails(
    shape: str, peak_until: int, over: int, half_life: Fraction, slow: Fraction, slow_half_life: int
) -> None:
    """Each minute and the last of a tail have the smallest thousandth not below the true level."""
    tail = [mark for mark in points(shape) if mark.edge == "end" and mark.offset > peak_until]
    offsets = [*range(peak_until + MINUTE, over * MINUTE, MINUTE), over * MINUTE]
    assert [mark.offset for mark in tail] == offsets
    for mark in tail:
        passed = Fraction(mark.offset - peak_until, MINUTE)
        (want,) = ceilings(passed, half_life, slow, slow_half_life)
        assert mark.level == want * PEAK // 1000


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_one_peak(shape: str) -> None:
    """A shape reaches its peak, and after it never rises again, so its crowd ebbs away."""
    levels = [mark.level for mark in points(shape)]
    after = levels[levels.index(PEAK) :]
    assert after == sorted(after, reverse=True)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_every_number_has_a_reason(shape: str) -> None:
    """Every part of a shape says what it rests on, and the shape how long it usually lasts."""
    assert all(part.why.startswith(GROUNDS) for part in SHAPES[shape].parts)
    assert parse_duration(SHAPES[shape].duration) > timedelta()


def test_every_shape_of_a_manifest_is_there() -> None:
    """What a manifest can name has points."""
    assert set(SHAPES) == set(Load.model_fields["shape"].annotation.__args__)  # type: ignore[union-attr]


def test_what_is_not_added_is_said() -> None:
    """The factor for bots at a ticket sale, and where to write it, are said."""
    said = SHAPES["TicketSale"].unsaid
    assert "Bots are not added" in said
    assert "four times the requestsPerPerson or requestsPerSecond" in said


def test_first_minutes_after_a_spot() -> None:
    """Within two minutes after a spot comes as much of the crowd as its reason says."""
    level, end = outline("TVSpot", timedelta(seconds=30)).at, 30
    first, whole = (
        sum(level(second) + level(second + 1) for second in range(end, end + minutes * MINUTE))
        for minutes in (2, 15)
    )
    assert f"of this shape {round(100 * first / whole)} %" in SHAPES["TVSpot"].parts[1].why


def test_peak_of_a_spot() -> None:
    """The peak of a spot within five minutes is 2.1 times that of a flat crowd."""
    flat, spot = (
        peak_over(
            load(shape=shape, audience={"people": "1M", "within": "5m"}), timedelta(minutes=5)
        )
        for shape in ("Flat", "TVSpot")
    )
    assert round(spot / flat, 1) == Fraction(21, 10)


def test_the_instants_of_a_send() -> None:
    """How many have opened a message is known at close instants while many do, then at few."""
    minutes = [5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 25, 30, 35, 40, 45, 50, 60, 75, 90]
    hours = [1.75, 2, 2.5, 3, 4, 5, 6, 8, 12, 24, 48, 96, 192]
    first = [0, 2, 5, 10, 15, 20, 25, 30, 40, 50, 60, 75, 90, 105, 120, 150, 180, 210, 240]
    later = [60 * each for each in minutes] + [3600 * each for each in hours]
    (opens,) = SHAPES["Push"].parts
    assert isinstance(opens, Opens)
    assert [after for after, _ in opens.opened] == [*first, *later]
