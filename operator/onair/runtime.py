"""One operator process: the parts put together, run until one of them ends."""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

from onair import handlers, health
from onair.aims import Aims
from onair.announce import news
from onair.apply import Applier
from onair.campaigns import Campaigns
from onair.cluster.client import IN_FLIGHT, KubeApi
from onair.cluster.lease import Lease
from onair.events import Recorder
from onair.gather import Gatherer
from onair.lists import Lists
from onair.metrics import Metrics
from onair.observer import Observer
from onair.plans import Plans
from onair.publish import CampaignKey, Publisher
from onair.reconcile import Reconciler
from onair.scheduler import Scheduler
from onair.troubles import Troubles
from onair.usual import History
from onair.workqueue import WorkQueue
from onair.world import World

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from onair.plan.observed import TargetKey
    from onair.reports import Report
    from onair.settings import Settings

log = logging.getLogger(__name__)

STATUS_WRITERS = 8
"""Fewer than the writers of floors, which come first."""


class Runtime:
    """All parts of one operator process, wired; `run` starts them."""

    def __init__(self, api: KubeApi, settings: Settings) -> None:
        clock = settings.clock
        self._api = api
        self._settings = settings
        self._world = World()
        self._aims = Aims(self._world)
        self._metrics = Metrics(observes=settings.observes)
        self._troubles = Troubles()
        self._recorder = Recorder(api, clock, self._troubles)
        self._lease = Lease(api, settings.lease_namespace, settings.identity, clock.real_now)
        history = History()
        plans = Plans(self._world, self._aims, history, settings.max_replicas_per_target)
        self._targets: WorkQueue[TargetKey] = WorkQueue(self._reconcile)
        self._statuses: WorkQueue[CampaignKey] = WorkQueue(self._publish)
        self._due: Scheduler[TargetKey] = Scheduler(clock, self._targets.add)
        self._phases: Scheduler[CampaignKey] = Scheduler(clock, self._statuses.add)
        self._reconciler = Reconciler(
            world=self._world,
            gatherer=Gatherer(self._world, self._aims, plans, observes=settings.observes),
            applier=Applier(api, self._world),
            scheduler=self._due,
            clock=clock,
            history=history,
            lease=self._lease,
            metrics=self._metrics,
            troubles=self._troubles,
            changed=self._report_changed,
        )
        self._observer = Observer(self._world, self._aims, self._targets.add, self._statuses.add)
        self._lists = Lists(
            api,
            self._world,
            settings.namespaces,
            self._troubles,
            listed=self._observer.touch_all,
            changed=self._observer.touch_campaigns,
        )
        reports = self._reconciler.reports
        campaigns = Campaigns(self._aims, reports, self._lists.unread, observing=settings.observes)
        self._publisher = Publisher(
            api=api,
            world=self._world,
            aims=self._aims,
            reports=reports,
            campaigns=campaigns,
            unread=self._lists.unread,
            scheduler=self._phases,
            clock=clock,
            lease=self._lease,
            troubles=self._troubles,
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set or a part ends; the Lease is released on every way out.

        Raises:
            BaseExceptionGroup: with the error of the part that ended.
        """
        stop_on_signals(stop)
        async with health.serve(self._settings.listen, self._metrics, self._waits_for):
            try:
                await self._run_parts(stop)
            finally:
                with suppress(asyncio.CancelledError):
                    await self._lease.release()

    def _waits_for(self) -> str:
        """Say what keeps this process from its work, "" if nothing does."""
        if not self._lease.valid:
            return self._lease.waits_for or "the Lease is not renewed, so nothing may be written"
        return self._lists.unread()

    async def _run_parts(self, stop: asyncio.Event) -> None:
        await _unless(stop, self._lease.acquire())
        if stop.is_set():
            return
        log.info("this process holds the Lease as %s", self._settings.identity)
        if self._settings.observes:
            log.info("mode observe: nothing is written to any target")
        parts = [
            self._lease.keep(),
            self._lists.run(),
            self._watch(stop),
            self._targets.run(IN_FLIGHT),
            self._statuses.run(STATUS_WRITERS),
            self._due.run(),
            self._phases.run(),
            self._recorder.run(),
        ]
        tasks = [asyncio.ensure_future(part) for part in (stop.wait(), *parts)]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _watch(self, stop: asyncio.Event) -> None:
        """Let kopf watch once every kind is served; kopf's end is this process's end."""
        await self._lists.served.wait()
        namespaces = self._settings.namespaces
        watching = await handlers.spawn(self._api, self._observer, namespaces, stop)
        stop_on_signals(stop)  # kopf has just taken the signals for itself
        await watching
        if not stop.is_set():
            raise RuntimeError("watching has ended")

    async def _reconcile(self, key: TargetKey) -> float | None:
        if not self._world.proven(key.namespace):
            return None  # an HPA may not be known yet; the list that is missing touches everything
        again = await self._reconciler.reconcile(key)
        self._observer.touch_changes(key.namespace)  # its lists may be ahead of the watch
        return again

    async def _publish(self, key: CampaignKey) -> float | None:
        again = await self._publisher.publish(key)
        self._observer.touch_changes(key.namespace)
        return again

    def _report_changed(self, key: TargetKey, before: Report | None, report: Report) -> None:
        self._metrics.saw(key, before, report)
        for event in news(self._world, key, before, report):
            self._recorder.tell(event)
        if before is not None and _shown(before) == _shown(report):
            return
        names = {aim.campaign for aim in self._aims.of(key.namespace).by_target.get(key, ())}
        names |= {name for name, _ in report.campaigns}
        for name in names:
            self._statuses.add(CampaignKey(*name.split("/", 1)))


def stop_on_signals(stop: asyncio.Event) -> None:
    """Set `stop` when this process is told to end."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)


async def _unless(stop: asyncio.Event, work: Coroutine[None, None, None]) -> None:
    """Await `work` until it is done or `stop` is set."""
    tasks = {asyncio.ensure_future(part) for part in (work, stop.wait())}
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()


def _shown(report: Report) -> tuple[object, ...]:
    """Return what of a report a status shows."""
    entry = report.situation.entry if report.situation else None
    decision = report.decision
    return (
        decision.reason,
        decision.message,
        decision.floor,
        decision.ceiling,
        report.ready,
        entry.baseline if entry else None,
        entry.notes.state if entry else None,
        tuple(report.verdicts.items()),
        report.planned.fingerprint if report.planned else None,
        report.planned.usual if report.planned else None,
    )
