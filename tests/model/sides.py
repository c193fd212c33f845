"""One target and what can happen to it, by number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tests.model import common, others, properties, shell
from tests.model.evening import BASELINE, CAMPAIGNS, INSTANTS, autoscaler, workload
from tests.model.numbering import Node, Numbers
from tests.model.states import Budget, Local, Objects

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from onair.plan.observed import TargetKey
    from tests.model.common import Common
    from tests.model.states import Move, Shared

UNLIMITED: Final = Budget(9, 9, 9, 9, 9)


class Step(NamedTuple):
    """A move by numbers: where it leads, what it takes and needs of the budget, what it breaks.

    `alone` says that it happens to this target and not to all at once.
    """

    shared: int
    local: int
    cost: Budget
    needs: Budget
    broken: str = ""
    alone: bool = True


class Side:
    """One target: its states by number, and what can follow on each."""

    def __init__(self, key: TargetKey, shared: Numbers[Shared]) -> None:
        self.key = key
        self.locals: Numbers[Local] = Numbers()
        self._shared = shared
        self._around: dict[Shared, tuple[Common, ...]] = {}
        self._effects: dict[tuple[object, int], int] = {}

    def begin(self) -> int:
        """Return the target as its owner has made it."""
        there = Objects(workload(self.key), autoscaler(self.key))
        return self.locals.of(Local(there, (BASELINE[self.key],), (False,) * len(CAMPAIGNS)))

    def steps(self, node: Node, left: Budget) -> list[Step]:
        """Return all that can follow on a state with so much left of the budget."""
        shared, local = self._shared.values[node.shared], self.locals.values[node.local]
        own = tuple(shell.moves(self.key, shared, local))
        found = [self._step(local, move) for move in self._moves(shared, local, own, left)]
        around = self._all_around(shared, local, left, busy=bool(own))
        return found + [self._common(node.local, each) for each in around]

    def words(self, node: Node, following: Node) -> str:
        """Say what leads from a state to one that follows on it, "" if nothing of this target."""
        shared, local = self._shared.values[node.shared], self.locals.values[node.local]
        where = following[:2]
        own = tuple(shell.moves(self.key, shared, local))
        for move in self._moves(shared, local, own, UNLIMITED):
            if self._step(local, move)[:2] == where:
                return f"{self.key.name}: {move.said}"
        around = (
            *self._all_around(shared, local, UNLIMITED, busy=bool(own)),
            common.passing(shared, local),
        )
        return next(
            (each.said for each in around if self._common(node.local, each)[:2] == where), ""
        )

    def fair(self, node: Node) -> Node | str | None:
        """Return what follows if nothing goes wrong any more, None at the end, or what is wrong.

        News comes in, the operator does what it has to do, the HPA scales, and only then time
        passes.
        """
        shared, local = self._shared.values[node.shared], self.locals.values[node.local]
        if shared.seen is None:
            return self._after(node, common.start(shared))
        if shared.seen != shared.campaigns:
            return self._after(node, next(common.deliveries(shared)))
        own = (*others.deliveries(shared, local), *shell.moves(self.key, shared, local))
        for move in (*own, *others.scaling(shared, local)):
            step = self._step(local, move)
            return step.broken or node._replace(shared=step.shared, local=step.local)
        decision = shell.decide(self.key, shared, local)
        broken = properties.unmatched(self.key, shared, local, decision)
        if broken:
            return broken
        if shared.now + 1 == len(INSTANTS):
            return None
        return self._after(node, common.passing(shared, local))

    def _moves(
        self, shared: Shared, local: Local, own: Sequence[Move], left: Budget
    ) -> Iterator[Move]:
        """Return our `own` moves and all others of this target alone, within what is left."""
        for move in (*own, *others.moves(self.key, shared, local)):
            if left.covers(move.needs) and not others.is_pointless(move.local):
                yield move
                if left.stale_reads:
                    kept = others.kept(shared, local, move)
                    yield from (each for each in kept if left.covers(each.needs))

    def _all_around(
        self, shared: Shared, local: Local, left: Budget, *, busy: bool
    ) -> Iterator[Common]:
        """Return what can happen to all targets at once, within what is left.

        The last instant is left for the end.
        """
        if shared not in self._around:
            self._around[shared] = tuple(common.moves(shared))
        found = self._around[shared]
        if shared.now + 2 < len(INSTANTS):
            found = (common.passing(shared, local, busy=busy), *found)
        yield from (each for each in found if left.covers(each.needs))

    def _step(self, local: Local, move: Move) -> Step:
        broken = properties.broken_by(self.key, local, move)
        shared, after = self._shared.of(move.shared), self.locals.of(move.local)
        return Step(shared, after, move.cost, move.needs, broken)

    def _common(self, local: int, each: Common) -> Step:
        shared, after = self._shared.of(each.shared), self._effect(local, each)
        return Step(shared, after, each.cost, each.needs, alone=False)

    def _after(self, node: Node, each: Common) -> Node:
        shared = self._shared.of(each.shared)
        return node._replace(shared=shared, local=self._effect(node.local, each))

    def _effect(self, local: int, each: Common) -> int:
        known = self._effects.get((each.effect, local))
        if known is None:
            known = self.locals.of(each.effect(self.locals.values[local]))
            self._effects[each.effect, local] = known
        return known
