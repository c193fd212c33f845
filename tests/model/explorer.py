"""Every state that can be reached, of each target beside all that the other one can do to it.

A target sees of the other only what both share. So a state is a pair of what is shared and of one
target; what the other does to what is shared, wherever it can be, may happen to it at any time.
That is thread-modular reasoning (Flanagan and Qadeer, Thread-Modular Model Checking, SPIN 2003): no
state of the two together is left out, and all that must hold is about one target.

What can follow with less of the budget left can follow with more. So a state is left out where it
is there with at least as much left; those that took nothing of the budget come first.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise, product
from typing import TYPE_CHECKING, NamedTuple

from tests.model.evening import TARGETS
from tests.model.numbering import Node, Numbers
from tests.model.sides import Side
from tests.model.states import FREE, Budget, Shared

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.model.sides import Step


class Jump(NamedTuple):
    """What one target does to what is shared, and what it takes and needs of the budget."""

    shared: int
    cost: Budget
    needs: Budget


class BrokenError(Exception):
    """Something that must hold does not: what, and how it came to that, one line a move."""

    def __init__(self, what: str, trace: list[str]) -> None:
        super().__init__("\n".join((what, *trace)))
        self.what = what
        self.trace = trace


class Reached:
    """What can be reached of one target, each state with how it was come to."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.came: dict[Node, Node | None] = {}
        self.budgets: dict[int, list[int]] = {}
        self.by_shared: dict[int, list[Node]] = defaultdict(list)
        self.jumps: dict[int, dict[Jump, None]] = defaultdict(dict)
        self.calm: set[int] = set()


class Explorer:
    """Explores all that can follow on some beginnings within a budget."""

    def __init__(self, beginnings: Iterable[Shared], budget: Budget) -> None:
        self.shared: Numbers[Shared] = Numbers()
        self._budgets = [Budget(*left) for left in product(*(range(most + 1) for most in budget))]
        self._numbers = {left: number for number, left in enumerate(self._budgets)}
        self._covers = [[mine.covers(yours) for yours in self._budgets] for mine in self._budgets]
        self.reached = tuple(Reached(Side(key, self.shared)) for key in TARGETS)
        self._waiting: list[list[tuple[int, Node]]] = [[] for _ in range(sum(budget) + 1)]
        self.first: list[tuple[int, int, int, int]] = []
        for beginning in beginnings:
            web, chat = (reached.side.begin() for reached in self.reached)
            self.first.append((self.shared.of(beginning), web, chat, len(self._budgets) - 1))
            for number, local in enumerate((web, chat)):
                first = Node(self.shared.of(beginning), local, len(self._budgets) - 1)
                self._add(number, first, None)

    def run(self) -> int:
        """Explore everything; returns how many states there are, those of all targets counted.

        Raises:
            BrokenError: as soon as a property does not hold.
        """
        for waiting in reversed(self._waiting):
            for number, node in waiting:
                self._explore(number, node)
        return sum(len(reached.budgets) for reached in self.reached)

    def _add(self, number: int, node: Node, came: Node | None) -> None:
        reached = self.reached[number]
        known = reached.budgets.setdefault(node.pair, [])
        if any(self._covers[budget][node.budget] for budget in known):
            return
        known.append(node.budget)
        reached.came[node] = came
        reached.by_shared[node.shared].append(node)
        self._waiting[sum(self._budgets[node.budget])].append((number, node))

    def _explore(self, number: int, node: Node) -> None:
        reached, other = self.reached[number], 1 - number
        for step in reached.side.steps(node, self._budgets[node.budget]):
            left = self.left(node.budget, step)
            if left is None:
                continue
            following = Node(step.shared, step.local, left)
            self._add(number, following, node)
            if step.broken:
                raise BrokenError(step.broken, self._told(number, following))
            if step.alone and step.shared != node.shared:
                self._meet(other, node, Jump(step.shared, step.cost, step.needs))
        for jump in self.reached[other].jumps[node.shared]:
            self._jump(number, node, jump)
        self._settle(number, node)

    def _meet(self, number: int, node: Node, jump: Jump) -> None:
        """Let a target find what the other one did to what both share."""
        reached = self.reached[number]
        jumps = self.reached[1 - number].jumps[node.shared]
        if jump not in jumps:
            jumps[jump] = None
            for each in tuple(reached.by_shared[node.shared]):
                self._jump(number, each, jump)

    def _jump(self, number: int, node: Node, jump: Jump) -> None:
        left = self.left(node.budget, jump)
        if left is not None:
            self._add(number, Node(jump.shared, node.local, left), node)

    def left(self, budget: int, taken: Step | Jump) -> int | None:
        """Return the number of what a move leaves of a budget, None where that is not enough."""
        if taken.needs is FREE:
            return budget
        has = self._budgets[budget]
        return self._numbers[has.less(taken.cost)] if has.covers(taken.needs) else None

    def _settle(self, number: int, node: Node) -> None:
        """Follow what happens if nothing goes wrong any more (L1): it ends, and ends well."""
        reached = self.reached[number]
        path: dict[Node, None] = {}
        at: Node | str | None = node
        while isinstance(at, Node) and at.pair not in reached.calm:
            if at in path:
                raise BrokenError("L1: it never comes to rest", self._told(number, node, path))
            path[at] = None
            at = reached.side.fair(at)
        if isinstance(at, str):
            raise BrokenError(at, self._told(number, node, path))
        reached.calm.update(each.pair for each in path)

    def _told(self, number: int, node: Node, fairly: Iterable[Node] = ()) -> list[str]:
        """Tell how a state was come to, and what followed if nothing went wrong any more."""
        reached, path = self.reached[number], [node]
        while (before := reached.came[path[-1]]) is not None:
            path.append(before)
        told = [self._words(number, *pair) for pair in pairwise(reversed(path))]
        if fairly:
            told.append("-- and if nothing goes wrong any more --")
            told += [self._words(number, *pair) for pair in pairwise(fairly)]
        return told

    def _words(self, number: int, node: Node, following: Node) -> str:
        said = self.reached[number].side.words(node, following)
        return said or f"{self.reached[1 - number].side.key.name}: does something to what is shared"
