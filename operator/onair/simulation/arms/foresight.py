"""Perfect foresight: as few replicas as can serve everything."""

from __future__ import annotations

from array import array
from collections import deque
from math import inf
from operator import neg
from typing import TYPE_CHECKING, NamedTuple

from onair.simulation.course import Course, Steps
from onair.simulation.required import required

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onair.simulation.arms.stage import Stage


class _Spell(NamedTuple):
    """A value that counts from one instant until another."""

    begin: float
    end: float
    value: int


def foresight(stage: Stage) -> Course:
    """Have at any time what will be needed at most until a replica that starts then is Ready.

    Whoever loses nothing has these, too: what is Ready was on a node for as long as it takes to
    start up. There is no HPA, and never a wait for a node.
    """
    offered, start_up = stage.offered, stage.settings.start_up
    need = Steps()
    for number, replicas in enumerate(required(offered, stage.settings.capacity)):
        need.put(number * offered.step, replicas)
    ahead = (_Spell(begin - start_up, end, value) for begin, end, value in _spells(need))
    pods = _largest(ahead, offered.end)
    # The newest go first, so that Ready is what there has been all the time since a start-up ago.
    behind = (_Spell(begin, end + start_up, -value) for begin, end, value in _spells(pods))
    ready = _largest(behind, offered.end)
    return Course(pods, Steps(ready.times, array("q", map(neg, ready.values))), Steps.of(0))


def _spells(steps: Steps) -> Iterator[_Spell]:
    ends = (*steps.times[1:], inf)
    return map(_Spell, steps.times, ends, steps.values)


def _largest(spells: Iterable[_Spell], until: float) -> Steps:
    """Return the largest value that counts at any time; spells begin and end in order."""
    found: Steps = Steps()
    counting: deque[_Spell] = deque()
    for spell in spells:
        while counting and counting[0].end <= spell.begin:
            ended = counting.popleft()
            if counting:
                found.put(ended.end, counting[0].value)
        while counting and counting[-1].value <= spell.value:
            counting.pop()
        counting.append(spell)
        found.put(max(0.0, spell.begin), counting[0].value)
    while len(counting) > 1 and counting[0].end < until:
        ended = counting.popleft()
        found.put(ended.end, counting[0].value)
    return found
