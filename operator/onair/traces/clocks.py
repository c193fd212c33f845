"""From what clocks on a wall show to instants, where they skip times and show others twice."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from onair.traces.errors import TraceError
from onair.traces.samples import Samples


def to_utc(samples: Samples, where: ZoneInfo) -> None:
    """Turn times that clocks in a zone show into instants, in place.

    A time that clocks show twice is the first of the two that comes after the row before it. This
    needs rows in the order of time, or all of them in the opposite one.

    Raises:
        TraceError: clocks never show a time; or they show it twice, and its row is the first or
            rows are out of order.
    """
    times, places = samples.times, samples.places
    samples.where = where
    order = range(len(times))
    if times and times[0] > times[-1]:
        order = order[::-1]
    before, twice, is_sorted = 0, 0, True
    for index in order:
        wall, place = times[index], places[index]
        first, last = _instants(wall, where)
        said = f"{samples.unit} {place}: clocks in {where} "
        if first > last:
            raise TraceError(f"{said}skip {_shown(wall)}; write the times in UTC")
        if first < last:
            if not before:
                raise TraceError(
                    f"{said}show {_shown(wall)} twice, and no row before it says which it is;"
                    " begin with another row, or write the times in UTC"
                )
            twice = twice or place
        times[index] = first if first > before else last
        is_sorted = is_sorted and times[index] >= before
        before = times[index]
    if twice and not is_sorted:
        raise TraceError(
            f"{samples.unit} {twice}: clocks in {where} show its time twice, which only rows in the"
            " order of time tell apart; sort the rows, or write the times in UTC"
        )


def go_back(after: int, before: int, where: ZoneInfo) -> bool:
    """Tell whether clocks in a zone are further behind at the later of two instants."""
    return _ahead(before, where) < _ahead(after, where)


def _ahead(seconds: int, where: ZoneInfo) -> float:
    return datetime.fromtimestamp(seconds, where).replace(tzinfo=UTC).timestamp() - seconds


def _instants(wall: int, where: ZoneInfo) -> tuple[int, int]:
    """Return the seconds since 1970 at which clocks show a time, for the first and the last time.

    The first is after the last where they skip it (PEP 495).
    """
    shown = datetime.fromtimestamp(wall, UTC).replace(tzinfo=where)
    return round(shown.timestamp()), round(shown.replace(fold=1).timestamp())


def _shown(wall: int) -> str:
    return f"{datetime.fromtimestamp(wall, UTC):%Y-%m-%dT%H:%M:%S}"
