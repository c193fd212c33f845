"""Rows of a trace in the order of time, each once."""

from array import array
from collections.abc import Iterator
from math import isnan

from onair.traces.errors import TraceError
from onair.traces.samples import Places, Samples


def sort(samples: Samples) -> Iterator[str]:
    """Sort rows by time, in place; yield what is to be said of it.

    Rows of one time keep the order of the file.
    """
    times, moved = samples.times, Places()
    for index in range(1, len(times)):
        if times[index] < times[index - 1]:
            moved.add(samples.places[index])
    if moved.count:
        order = sorted(range(len(times)), key=times.__getitem__)
        samples.times = array("q", map(times.__getitem__, order))
        samples.values = array("d", map(samples.values.__getitem__, order))
        samples.places = array("q", map(samples.places.__getitem__, order))
        yield from moved.note("earlier than the row before", samples.unit, "sorted by time")


def unify(samples: Samples) -> Iterator[str]:
    """Drop rows that say the same as another, in place; yield what is to be said of it.

    A row without a number says nothing beside one of its time that has one.

    Raises:
        TraceError: two rows of one time have different numbers, or say more, such as a host: they
            may be of several series.
    """
    times, values, places = samples.times, samples.values, samples.places
    repeated, last = Places(), 0
    for index in range(1, len(times)):
        if times[index] != times[last]:
            last += 1
            times[last], values[last], places[last] = times[index], values[index], places[index]
        elif isnan(values[index]):
            continue
        elif isnan(values[last]):
            values[last], places[last] = values[index], places[index]
        elif samples.is_alone and values[index] == values[last]:
            repeated.add(places[index])
        else:
            raise TraceError(
                f"{samples.unit}s {places[last]} and {places[index]} are both of"
                f" {samples.shown(last)}; write one row for each time, with all its requests"
            )
    del times[last + 1 :], values[last + 1 :], places[last + 1 :]
    yield from repeated.note("the same as another row", samples.unit, "read once")
