"""Replicas that wait for nodes, start, are Ready, and go."""

from __future__ import annotations

from dataclasses import replace
from math import inf

from onair.simulation.pods import Pods
from tests.unit.simulation.scenes import CLUSTER, pairs

WAITING = replace(CLUSTER, node_wait=120)


def test_new_replicas_start_up() -> None:
    """They are on their nodes at once where nobody waits for one, and Ready 30 s later."""
    pods = Pods(CLUSTER, 4)
    pods.scale(10, 3)
    assert pods.next() == 40
    pods.advance(40)
    assert (pairs(pods.placed), pairs(pods.ready)) == ([(0, 4), (10, 7)], [(0, 4), (40, 7)])
    assert pods.next() == inf


def test_nodes_are_kept_for_ten_minutes() -> None:
    """What was there within the last 600 s has room; what goes beyond waits."""
    pods = Pods(WAITING, 6)
    pods.scale(100, -4)
    pods.scale(699, 5)
    assert pairs(pods.placed) == [(0, 6), (100, 2), (699, 6)]
    pods.advance(pods.next())
    pods.advance(pods.next())
    assert pairs(pods.placed)[-1] == (819, 7)


def test_nodes_that_nobody_used_go() -> None:
    """After 600 s there is only room for what is there."""
    pods = Pods(WAITING, 6)
    pods.scale(100, -4)
    pods.scale(700, 1)
    assert pairs(pods.placed) == [(0, 6), (100, 2)]
    assert pods.next() == 820


def test_the_newest_go_first() -> None:
    """Without a node before starting before Ready."""
    pods = Pods(WAITING, 4)
    pods.scale(0, -1)
    pods.scale(10, 3)
    assert pods.placed.at(10) == 4
    pods.scale(20, -1)
    assert pods.placed.at(20) == 4
    pods.scale(25, -2)
    assert (pods.placed.at(25), pods.ready.at(25)) == (3, 3)
    pods.scale(30, -1)
    assert (pods.placed.at(30), pods.ready.at(30)) == (2, 2)
    assert pods.next() == inf


def test_cpu_counts_after_a_whole_window() -> None:
    """Who is Ready at 40 s is first measured from 45 to 60 s, which is shown at 75 s."""
    pods = Pods(CLUSTER, 4)
    pods.scale(10, 3)
    pods.advance(40)
    assert [pods.measured(at) for at in (40, 74, 75)] == [4, 4, 7]


def test_cpu_counts_at_once_beyond_the_initialization() -> None:
    """Who was starting for more than five minutes is measured once it is Ready."""
    pods = Pods(replace(CLUSTER, start_up=301), 4)
    pods.scale(10, 3)
    pods.advance(311)
    assert pods.measured(311) == 7


def test_who_has_gone_is_not_measured() -> None:
    """Of replicas that are Ready the newest go first, which nobody measures yet."""
    pods = Pods(CLUSTER, 4)
    pods.scale(10, 3)
    pods.advance(40)
    pods.scale(50, -2)
    assert [pods.measured(at) for at in (50, 75)] == [4, 5]


def test_replicas_settle() -> None:
    """They are settled since the last was Ready, and not while one is not."""
    pods = Pods(CLUSTER, 4)
    assert pods.settled == -inf
    pods.scale(10, 3)
    assert pods.settled == inf
    pods.advance(40)
    assert pods.settled == 40
