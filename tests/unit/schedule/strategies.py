"""Repetitions for property tests: every part that OnAir knows, in every mixture that it takes."""

from datetime import date, timedelta

from hypothesis import strategies as st

from onair.schedule.recurrence import Recurrence
from onair.schedule.rules import DAYS, parse_rule

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
FIRST_DAYS = st.dates(date(2023, 1, 1), date(2029, 12, 31))


def _some(numbers: st.SearchStrategy[int], most: int = 4) -> st.SearchStrategy[str]:
    chosen = st.lists(numbers, min_size=1, max_size=most, unique=True)
    return chosen.map(lambda values: ",".join(map(str, values)))


def _signed(most: int) -> st.SearchStrategy[int]:
    return st.integers(1, most) | st.integers(-most, -1)


@st.composite
def _by_parts(draw: st.DrawFn, frequency: str) -> dict[str, str]:
    """Draw BY parts that may stand beside a frequency and beside each other."""
    parts = {}
    if draw(st.booleans()):
        parts["BYMONTH"] = draw(_some(st.integers(1, 12), 8))
    if frequency != "WEEKLY" and draw(st.booleans()):
        parts["BYMONTHDAY"] = draw(_some(_signed(31), 12))
    if frequency == "YEARLY" and not parts and draw(st.booleans()):
        parts["BYYEARDAY"] = draw(_some(_signed(366), 9))
    if draw(st.booleans()):
        most = {"MONTHLY": 5, "YEARLY": 5 if "BYMONTH" in parts else 53}.get(frequency, 0)
        number = st.sampled_from(["", ""]) if not most else st.just("") | _signed(most).map(str)
        day = st.tuples(number, st.sampled_from(DAYS)).map("".join)
        parts["BYDAY"] = ",".join(draw(st.lists(day, min_size=1, max_size=4, unique=True)))
    return parts


WEEKS = _signed(53) | st.sampled_from([1, 2, 51, 52, 53, -1, -2, -51, -52, -53])
"""The weeks at the ends of a year are drawn as often as all others."""

INNER_WEEKS = st.integers(2, 51) | st.integers(-51, -2)
"""Those that never lie in two years."""


@st.composite
def weeks_of_the_year(draw: st.DrawFn) -> str:
    """Draw a yearly rule with BYWEEKNO."""
    inner = draw(st.booleans())
    parts = ["FREQ=YEARLY", f"BYWEEKNO={draw(_some(INNER_WEEKS if inner else WEEKS))}"]
    parts.append(f"WKST={draw(st.sampled_from(DAYS))}")
    if draw(st.booleans()):
        parts.append(f"BYDAY={','.join(draw(st.sets(st.sampled_from(DAYS), min_size=1)))}")
    if draw(st.booleans()):
        parts.append(f"BYMONTH={draw(_some(st.integers(1, 12), 6))}")
    if inner and draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 3))}")
    if inner and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(_some(_signed(4)))}")
    return ";".join(parts)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Draw the text of a rule with neither UNTIL nor BYWEEKNO, which has its own strategy."""
    frequency = draw(st.sampled_from(FREQUENCIES))
    parts = {"FREQ": frequency} | draw(_by_parts(frequency))
    if draw(st.booleans()):
        parts["INTERVAL"] = str(draw(st.integers(1, 5)))
    if draw(st.booleans()):
        parts["WKST"] = draw(st.sampled_from(DAYS))
    if draw(st.booleans()):
        parts["COUNT"] = str(draw(st.integers(1, 40)))
    if any(name.startswith("BY") for name in parts) and draw(st.booleans()):
        parts["BYSETPOS"] = draw(_some(_signed(9)))
    return ";".join(f"{name}={value}" for name, value in draw(st.permutations([*parts.items()])))


@st.composite
def recurrences(draw: st.DrawFn) -> tuple[str, date]:
    """Draw a rule and a day that is one of its own dates."""
    text = draw(texts() | weeks_of_the_year())
    day = draw(FIRST_DAYS)
    start = Recurrence(parse_rule(text), day).fitting() or day
    return text, start


def windows() -> st.SearchStrategy[tuple[timedelta, timedelta]]:
    """Draw where a window begins after a start, and how long it is."""
    distance = st.timedeltas(timedelta(days=-30), timedelta(days=900))
    return st.tuples(distance, st.timedeltas(timedelta(), timedelta(days=400)))
