"""The two targets side by side, every state of both: what thread-modular reasoning spares."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from tests.model.numbering import Node
from tests.model.sides import UNLIMITED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.model.explorer import Explorer
    from tests.model.sides import Step

State = tuple[int, int, int, int]
"""What is shared, each target, and what is left of the budget, by number."""


def together(explorer: Explorer) -> set[tuple[int, int, int]]:
    """Return what can be reached of both targets, from where an explorer began; budget aside."""
    steps = tuple(
        cache(partial(reached.side.steps, left=UNLIMITED)) for reached in explorer.reached
    )
    waiting: list[State] = list(explorer.first)
    known = set(waiting)
    while waiting:
        for state in _following(explorer, steps, waiting.pop()):
            if state not in known:
                known.add(state)
                waiting.append(state)
    return {state[:3] for state in known}


def _following(
    explorer: Explorer, steps: Sequence[Callable[[Node], list[Step]]], state: State
) -> Iterator[State]:
    shared, web, chat, budget = state
    for_web, for_chat = (
        [(step, explorer.left(budget, step)) for step in of_one(Node(shared, local, 0))]
        for of_one, local in zip(steps, (web, chat), strict=True)
    )
    for step, left in for_web:
        if step.alone and left is not None:
            yield step.shared, step.local, chat, left
    for step, left in for_chat:
        if step.alone and left is not None:
            yield step.shared, web, step.local, left
    both = {(step.shared, step.cost): step.local for step, _ in for_chat if not step.alone}
    for step, left in for_web:
        if not step.alone and left is not None and (step.shared, step.cost) in both:
            yield step.shared, step.local, both[step.shared, step.cost], left
