"""The queue of dirty keys."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from onair import workqueue
from onair.workqueue import UNTIL_RESUMED, WorkQueue

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


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


def test_a_key_that_waits_costs_nothing_until_it_is_resumed() -> None:
    """It is worked on again when all are resumed, once, and in between only if it changed."""

    async def scenario() -> list[int]:
        runs, told = 0, []

        async def work(_: str) -> float | None:
            nonlocal runs
            runs += 1
            return UNTIL_RESUMED if runs < 3 else None

        queue: WorkQueue[str] = WorkQueue(work)
        running = asyncio.ensure_future(queue.run(1))
        asks: list[Callable[[], None]] = [partial(queue.add, "a")] * 2 + [queue.resume] * 2
        for ask in asks:
            ask()
            await asyncio.sleep(0.05)
            told.append(runs)
        running.cancel()
        return told

    assert asyncio.run(scenario()) == [1, 2, 3, 3]


def test_asking_again_during_a_backoff_does_not_multiply_the_retries() -> None:
    """However often a key is added while it waits, one retry of it is due at a time."""

    async def scenario() -> int:
        runs = 0

        async def work(_: str) -> float:
            nonlocal runs
            runs += 1
            return 0.1

        queue: WorkQueue[str] = WorkQueue(work)
        running = asyncio.ensure_future(queue.run(1))
        for _ in range(5):
            queue.add("a")
            await asyncio.sleep(0.01)
        runs = 0
        await asyncio.sleep(0.25)
        running.cancel()
        return runs

    assert asyncio.run(scenario()) <= 3


def test_an_unexpected_error_is_logged_and_the_key_comes_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A defect in the work on one key ends nothing: the key is tried again after the backoff."""

    async def scenario() -> int:
        runs = 0

        async def work(_: str) -> None:
            nonlocal runs
            runs += 1
            if runs == 1:
                raise ZeroDivisionError("a defect")

        queue: WorkQueue[str] = WorkQueue(work)
        queue.add("a")
        with suppress(TimeoutError):
            async with asyncio.timeout(0.4):
                await queue.run(1)
        return runs

    assert asyncio.run(scenario()) == 2
    assert "ZeroDivisionError: a defect" in caplog.text


def test_many_keys_leave_the_loop_to_others() -> None:
    """Work that never waits gives other tasks a turn between two keys."""

    async def scenario() -> int:
        done = 0

        async def work(_: int) -> None:
            nonlocal done
            done += 1

        queue: WorkQueue[int] = WorkQueue(work)
        for key in range(1000):
            queue.add(key)
        running = asyncio.ensure_future(queue.run(1))
        for _ in range(5):
            await asyncio.sleep(0)
        running.cancel()
        return done

    assert 0 < asyncio.run(scenario()) < 10


def test_keys_that_hang_leave_room_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many never come to an end when they are tried again, another one is worked on."""
    monkeypatch.setattr(workqueue, "BACKOFF", (0.01,))

    async def scenario() -> list[str]:
        tried: set[str] = set()
        done: list[str] = []

        async def work(key: str) -> float | None:
            if key in tried:
                await asyncio.Event().wait()
            tried.add(key)
            done.append(key)
            return None if key == "well" else 0.0

        queue: WorkQueue[str] = WorkQueue(work)
        for number in range(100):
            queue.add(str(number))
        asyncio.get_running_loop().call_later(0.2, queue.add, "well")
        with suppress(TimeoutError):
            async with asyncio.timeout(0.5):
                await queue.run(8)
        return done

    assert asyncio.run(scenario())[-1] == "well"


def test_all_that_failed_come_back_although_few_at_once() -> None:
    """None is forgotten, however many wait for room."""

    async def scenario() -> set[int]:
        tries: dict[int, int] = {}

        async def work(key: int) -> float | None:
            tries[key] = tries.get(key, 0) + 1
            await asyncio.sleep(0)
            return 0.0 if tries[key] == 1 else None

        queue: WorkQueue[int] = WorkQueue(work)
        for key in range(50):
            queue.add(key)
        with suppress(TimeoutError):
            async with asyncio.timeout(1.0):
                await queue.run(4)
        return {key for key, count in tries.items() if count == 2}

    assert asyncio.run(scenario()) == set(range(50))


def test_others_wait_until_nothing_is_queued() -> None:
    """Whoever comes second is let in when the last key has been taken."""

    async def scenario() -> list[object]:
        said: list[object] = []

        async def work(key: int) -> None:
            await asyncio.sleep(0.01)
            said.append(key)

        async def second() -> None:
            await queue.calm()
            said.append("second")

        queue: WorkQueue[int] = WorkQueue(work)
        for key in range(4):
            queue.add(key)
        waiting = asyncio.ensure_future(second())
        with suppress(TimeoutError):
            async with asyncio.timeout(0.3):
                await queue.run(1)
        assert waiting.done()
        return said

    assert asyncio.run(scenario()) == [0, 1, 2, "second", 3]


def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """A queue that never empties holds others up for a few seconds, not longer."""
    monkeypatch.setattr(workqueue, "RUSH", 0.1)

    async def scenario() -> None:
        async def work(_: int) -> None:
            """Is never called."""

        queue: WorkQueue[int] = WorkQueue(work)
        queue.add(1)
        async with asyncio.timeout(0.5):
            await queue.calm()

    asyncio.run(scenario())
