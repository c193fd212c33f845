"""Workers of a test run share a cluster that lives as long as one of them needs it."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.cluster.cluster import Cluster
from tests.e2e.sharing import shared

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Clusters:
    """Clusters that are nothing but folders."""

    def __init__(self) -> None:
        self.alive: set[Path] = set()

    @contextmanager
    def prepare(self, folder: Path) -> Iterator[Cluster]:
        """Yield a cluster that is alive for as long as the block."""
        self.alive.add(folder)
        yield Cluster(folder)
        self.alive.remove(folder)


@pytest.fixture
def clusters() -> Clusters:
    """No cluster yet."""
    return Clusters()


def test_it_lives_until_the_last_has_ended(clusters: Clusters, tmp_path: Path) -> None:
    """Who prepared it ends first and waits for those who use it."""
    began, may_end = threading.Event(), threading.Event()

    def first() -> None:
        with shared(tmp_path, "gw0", clusters.prepare):
            began.set()
            may_end.wait(10)

    thread = threading.Thread(target=first)
    thread.start()
    assert began.wait(10)
    with shared(tmp_path, "gw1", clusters.prepare) as cluster:
        may_end.set()
        thread.join(0.3)
        assert clusters.alive == {cluster.folder}
    thread.join(10)
    assert clusters.alive == set()


def test_who_comes_late_gets_a_living_one(clusters: Clusters, tmp_path: Path) -> None:
    """A cluster that has ended is not given to anybody."""
    with shared(tmp_path, "gw0", clusters.prepare):
        pass
    with shared(tmp_path, "gw1", clusters.prepare) as late:
        assert clusters.alive == {late.folder}


def test_a_start_that_failed_is_tried_again(clusters: Clusters, tmp_path: Path) -> None:
    """Who comes after a failure prepares a cluster."""

    @contextmanager
    def fail(_: Path) -> Iterator[Cluster]:
        raise RuntimeError("no")
        yield

    with pytest.raises(RuntimeError, match="no"), shared(tmp_path, "gw0", fail):
        pass
    with shared(tmp_path, "gw1", clusters.prepare) as cluster:
        assert clusters.alive == {cluster.folder}
