"""Plays a course on a control plane: people act, faults come and go, the replicas are kept up."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from onair.clock import Clock
from tests.faults.pulse import Pulse
from tests.soak.course import SETS, Act, Course
from tests.soak.hitting import Hitting
from tests.soak.judging import Played
from tests.soak.needs import Told
from tests.soak.owners import Owners
from tests.soak.scene import Scene
from tests.soak.settling import settle
from tests.soak.stage import NAMESPACES, OWNED
from tests.soak.starving import Starving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from tests.soak.posts import Post
    from tests.soak.stage import Stage

Body = dict[str, Any]

TICK = 0.03
"""Real seconds between two looks at what is to be done next."""


class Soak:
    """One run of a course; `say` is told of each fault."""

    def __init__(
        self, course: Course, stage: Stage, posts: tuple[Post, Post], say: Callable[[str], None]
    ) -> None:
        self._stage = stage
        self._posts = posts
        self._seconds = course.seconds
        self._acts = list(course.acts)
        self._owners = Owners(stage.api)
        self._hitting = Hitting(course.faults, Scene(stage, posts, self._owners, say))
        self._told: dict[int, list[Told]] = defaultdict(list)
        self._exits: list[str] = []
        self._starving = Starving()

    def announce(self) -> None:
        """Create what is announced before the start."""
        first = [act for act in self._acts if act.at <= 0]
        del self._acts[: len(first)]
        asked = Clock.real_now()
        self._stage.announce(first)
        for act in first:
            self._note(act, asked)

    def run(self, each_minute: Callable[[int], None]) -> Played:
        """Play the course to its end; `each_minute` is told how many minutes are over."""
        minutes = 0
        with Pulse(self._stage.cluster.kubeconfig) as pulse:
            while self._goes_on():
                self._look()
                if self._stage.elapsed >= 60 * minutes:
                    each_minute(minutes)
                    minutes += 1
                time.sleep(TICK)
            settled = settle(self._stage, self._look)
        starved = (*pulse.outages, *self._starving.outages)
        return Played(
            clock=self._stage.clock,
            start=self._stage.start,
            told={number: tuple(told) for number, told in self._told.items()},
            excuses=self._hitting.excuses(starved),
            starved=starved,
            edited=self._owners.edited,
            settled=settled,
            ended=Clock.real_now(),
            exits=tuple(self._exits),
            left=tuple(self._left()),
        )

    def _goes_on(self) -> bool:
        return self._stage.elapsed < self._seconds or bool(self._acts) or not self._hitting.is_over

    def _look(self) -> None:
        """Do what is due, and start operators in the place of those that have ended."""
        second = self._stage.elapsed
        while self._acts and self._acts[0].at <= second:
            act, asked = self._acts.pop(0), Clock.real_now()
            self._stage.act(act)
            self._note(act, asked)
        self._hitting.look(second)
        self._exits += filter(None, (post.look() for post in self._posts))
        self._starving.look(post.process.pid for post in self._posts)

    def _note(self, act: Act, asked: datetime) -> None:
        told = Told(act.campaign, act.airing, asked, Clock.real_now())
        self._told[act.campaign % SETS].append(told)

    def _left(self) -> Iterator[Body]:
        for namespace in NAMESPACES:
            for kind in OWNED:
                for body in self._stage.api.list(kind, namespace):
                    yield body | {"kind": kind}
