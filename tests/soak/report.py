"""What a soak tells: a line for each minute and each fault, and figures at the end."""

from __future__ import annotations

import os
import time
from collections import Counter
from typing import TYPE_CHECKING

from tests.bench.figures import Figure
from tests.soak.memory import Sample, growth, resident
from tests.soak.needs import Excuses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.proxy.journal import Entry
    from tests.soak.course import Course
    from tests.soak.gathered import Gathered
    from tests.soak.judging import Played, Verdict
    from tests.soak.posts import Post
    from tests.soak.stage import Stage

MOST_SHOWN = 20
"""Violations that are printed one by one."""


class Minutes:
    """Measures memory and requests from minute to minute."""

    def __init__(self, course: Course, stage: Stage, posts: tuple[Post, Post]) -> None:
        self._course = course
        self._stage = stage
        self._posts = posts
        self._read = [0 for _ in posts]
        self._last = time.monotonic()
        self.samples: list[Sample] = []

    def line(self, minute: int) -> str:
        """Measure, and return the line of the minute that is over."""
        sampled = list(self._sampled())
        self.samples += sampled
        rising, on_air, ending = self._course.airings(60 * (minute - 1), 60 * minute)
        asked, written = self._rates()
        memory = ", ".join(f"{s.process} {s.resident:.1f} MB" for s in sampled)
        return (
            f"minute {minute:3}: {rising} airings began, {ending} ended, {on_air} on air; "
            f"{asked:.1f} requests/s, {written:.1f} writes/s; {memory}; "
            f"load average {os.getloadavg()[0]:.1f}"
        )

    def _sampled(self) -> Iterator[Sample]:
        for post in self._posts:
            if post.process.running:
                memory = resident(post.process.pid)
                yield Sample(self._stage.elapsed, post.identity, post.age, memory)

    def _rates(self) -> tuple[float, float]:
        """Return requests and writes in each second since the last look, without the Lease."""
        found: Counter[bool] = Counter()
        for number, post in enumerate(self._posts):
            journal = post.proxy.journal
            found.update(map(_is_write, filter(_counts, journal[self._read[number] :])))
            self._read[number] = len(journal)
        since, self._last = self._last, time.monotonic()
        seconds = self._last - since
        return found.total() / seconds, found[True] / seconds


def in_time(played: Played, verdict: Verdict) -> Iterator[Figure]:
    """Yield how much was broken, how late rises were, and when lateness could be judged at all."""
    yield Figure("soak_violations", len(verdict.violations), "", 0)
    whole = (played.start, played.ended)
    yield Figure("soak_excused", 100 * played.excuses.share(*whole), "%")
    yield Figure("soak_starved", 100 * Excuses.of(played.starved, ()).share(*whole), "%")
    late = sorted(verdict.lateness)
    yield Figure("soak_rises", len(late), "")
    if late:
        yield Figure("soak_rises_p99", late[min(len(late) - 1, int(len(late) * 0.99))], "s")


def asked(played: Played, gathered: Gathered) -> Iterator[Figure]:
    """Yield what both replicas asked for, watches and the Lease aside."""
    seconds = (played.ended - played.start).total_seconds()
    counted = [r for r in gathered.ours if r.resource != "leases" and r.at >= played.start]
    yield Figure("soak_requests", len(counted) / seconds, "requests/s")
    yield Figure("soak_writes", sum(r.is_write for r in counted) / seconds, "requests/s")


def memory(samples: list[Sample]) -> Iterator[Figure]:
    """Yield how memory grew since it was warm; it has no bound (see docs/development.md)."""
    found = growth(samples)
    if found is None:
        return
    yield Figure("soak_memory_first", found.first, "MB")
    yield Figure("soak_memory_last", found.last, "MB")
    yield Figure("soak_memory_highest", found.highest, "MB")
    yield Figure("soak_memory_growth", found.last - found.first, "MB")
    yield Figure("soak_memory_growth_of_a_process", found.per_hour, "MB/h")
    yield Figure("soak_memory_observed", found.hours, "h")


def broken(verdict: Verdict) -> Iterator[str]:
    """Yield a line for each of the first violations, and one that counts them by rule."""
    rules = Counter(violation.rule for violation in verdict.violations)
    yield from map(str, verdict.violations[:MOST_SHOWN])
    if len(verdict.violations) > MOST_SHOWN:
        counted = ", ".join(f"{rule} {times}" for rule, times in sorted(rules.items()))
        yield f"and more: {counted}"


def _counts(entry: Entry) -> bool:
    return entry.asked.verb != "watch" and entry.asked.resource != "leases"


def _is_write(entry: Entry) -> bool:
    return entry.asked.is_write
