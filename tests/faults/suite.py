"""The whole suite: what each story does without faults, the plans that follow, and their runs."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import threading
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from tests.e2e.operators import SOURCE
from tests.faults.evidence import Violation
from tests.faults.oracles import judge
from tests.faults.oracles.likeness import likenesses
from tests.faults.oracles.liveness import latenesses
from tests.faults.plans import Plan, plans_of
from tests.faults.playing import play

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from tests.cluster.cluster import Cluster
    from tests.faults.evidence import Evidence

AT_ONCE = 6
"""Runs at the same time: they wait for the calendar most of their time, and take a fifth of a core
on average."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A run without faults, and the plans that it leads to."""

    evidence: Evidence
    plans: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A plan to be played, with the `onair` of a folder; None for the installed one."""

    plan: Plan
    source: Path | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a plan: what it broke, how late its rises were, how long it took (seconds).

    `hit` tells whether its fault ever came about.
    """

    run: Run
    violations: tuple[Violation, ...]
    lateness: tuple[float, ...]
    seconds: float
    hit: bool

    @property
    def plan(self) -> Plan:
        """What was played."""
        return self.run.plan


class Suite:
    """Runs plans on one cluster; `folder` is for logs, and for the requests of what went wrong.

    Several at once are played in processes of their own, so that none waits for another one's proxy
    or oracles; each takes the cluster by its folder.
    """

    def __init__(self, cluster: Cluster, folder: Path, at_once: int = AT_ONCE) -> None:
        self._cluster = cluster
        self._folder = folder
        self._at_once = at_once

    def reference(self, story: str) -> Reference:
        """Play a story without faults."""
        plan = Plan(story)
        played = play(plan, self._cluster, self._place(plan, 0))
        return Reference(played.evidence, tuple(plans_of(played.journal, played.evidence)))

    def run(self, run: Run, reference: Reference, number: int = 0) -> Outcome:
        """Play a plan and judge it; `number` tells it from others of its name."""
        began, place = time.monotonic(), self._place(run.plan, number)
        if run.source:
            os.environ[SOURCE] = str(run.source)  # this process plays nothing else
        try:
            played = play(run.plan, self._cluster, place)
        except AssertionError as error:  # what was waited for never came; the others go on
            violation = Violation("unplayed", str(error))
            return Outcome(run, (violation,), (), time.monotonic() - began, hit=False)
        evidence = played.evidence
        violations = judge(evidence) + list(likenesses(evidence, reference.evidence))
        if violations:
            _keep(evidence, violations, place)
        late = tuple(seconds for _, seconds in latenesses(evidence) if seconds is not None)
        return Outcome(run, tuple(violations), late, time.monotonic() - began, played.hit)

    def references(self, stories: Iterable[str]) -> dict[str, Reference]:
        """Play several stories without faults, several at once."""
        names = list(stories)
        with _processes(self._at_once) as pool:
            return dict(zip(names, pool.map(self.reference, names), strict=True))

    def run_all(
        self, runs: Iterable[Run], references: Mapping[str, Reference]
    ) -> Iterator[Outcome]:
        """Play plans, several at once; yields each outcome when it is there."""
        pool = _processes(self._at_once)
        try:
            begun = [
                pool.submit(self.run, run, references[run.plan.story], number)
                for number, run in enumerate(runs, start=1)
            ]
            for outcome in as_completed(begun):
                yield outcome.result()
        finally:
            pool.shutdown(cancel_futures=True)  # Ctrl-C waits for what is being played only

    def _place(self, plan: Plan, number: int) -> Path:
        words = "".join(c if c.isalnum() else "-" for c in str(plan))
        return self._folder / f"{number:04}-{words}"


def _processes(at_once: int) -> ProcessPoolExecutor:
    """Return processes of which each plays one plan, and begins with everything imported."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return ProcessPoolExecutor(
        at_once, mp_context=context, initializer=_end_with_parent, max_tasks_per_child=1
    )


def _end_with_parent() -> None:
    """Let this process and its operator end when nobody waits for what it plays any more."""
    parent = multiprocessing.parent_process()
    if parent is None:
        raise RuntimeError("only for a process that another one has started")

    def wait() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # closes what is open on its way out
    threading.Thread(target=wait, name="parent", daemon=True).start()


def chosen(reference: Reference, seed: int, count: int) -> list[Plan]:
    """Return some plans of a story, the same for the same seed and plans."""
    rng = random.Random(seed)  # noqa: S311 - which plans are tried is no secret
    return rng.sample(reference.plans, min(count, len(reference.plans)))


def _keep(evidence: Evidence, violations: Iterable[Violation], place: Path) -> None:
    """Write what was asked and answered beside the operator's log, for whoever looks into it."""
    with (place / "requests.jsonl").open("w", encoding="utf-8") as lines:
        for request in evidence.requests:
            asked = {"minute": round(evidence.minute(request.at), 3)} | asdict(request)
            lines.write(json.dumps(asked, default=str) + "\n")
    said = [*map(str, violations), *map(json.dumps, evidence.told), *map(json.dumps, evidence.left)]
    (place / "found.txt").write_text("\n".join(said), encoding="utf-8")
