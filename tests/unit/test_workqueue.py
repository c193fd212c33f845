"""The queue of dirty keys."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from onair.workqueue import WorkQueue

if TYPE_CHECKING:
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
