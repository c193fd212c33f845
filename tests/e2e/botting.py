"""Somebody who does the same to an object again and again, beside a test."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.e2e.api import Api

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.cluster.cluster import Cluster


@contextmanager
def again_and_again(
    cluster: Cluster, seconds: float, act: Callable[[Api, int], object]
) -> Iterator[None]:
    """Let the administrator act every so many real seconds while this lasts; `act` gets a count.

    Raises:
        Exception: what `act` has raised, when the block ends.
    """
    done = threading.Event()
    raised: list[BaseException] = []

    def run() -> None:
        api, count, due = Api(cluster.kubeconfig), 0, time.monotonic()
        try:
            while not done.wait(max(0.0, due - time.monotonic())):
                act(api, count)
                count += 1
                due += seconds
        except Exception as error:  # noqa: BLE001 - it is raised where it is seen
            raised.append(error)

    thread = threading.Thread(target=run, name="bot", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
    if raised:
        raise raised[0]
