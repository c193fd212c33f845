"""The queue of dirty keys."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from onair.workqueue import WorkQueue


def test_a_key_is_worked_on_once_at_a_time_and_again_if_it_changed() -> None:
    """What is added during the work is worked on once more, never at the same time."""

    async def scenario() -> tuple[int, int]:
        running = most = runs = 0

        async def work(key: str) -> None:
            nonlocal running, most, runs
            running, runs = running + 1, runs + 1
            most = max(most, running)
            if runs == 1:
                queue.add(key)
                queue.add(key)
            await asyncio.sleep(0)
            running -= 1

        queue: WorkQueue[str] = WorkQueue(work)
        queue.add("a")
        with suppress(TimeoutError):
            async with asyncio.timeout(0.1):
                await queue.run(4)
        return most, runs

    assert asyncio.run(scenario()) == (1, 2)


def test_a_failed_key_comes_back() -> None:
    """A key whose work asks for another time gets it without being added again."""

    async def scenario() -> int:
        runs = 0

        async def work(_: str) -> float | None:
            nonlocal runs
            runs += 1
            return 0.01 if runs < 3 else None

        queue: WorkQueue[str] = WorkQueue(work)
        queue.add("a")
        with suppress(TimeoutError):
            async with asyncio.timeout(0.2):
                await queue.run(1)
        return runs

    assert asyncio.run(scenario()) == 3
