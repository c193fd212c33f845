"""One operator process: the parts put together, run until one of them ends."""

from __future__ import annotations

import asyncio
import logging
import signal
from time import monotonic
from typing import TYPE_CHECKING

from onair import health
from onair.aims import Aims
from onair.announce import news
from onair.apply import Applier
from onair.beside import Beside
from onair.campaigns import Campaigns
from onair.clamps import Clamps
from onair.cluster.client import IN_FLIGHT, KubeApi
from onair.cluster.lease import Lease
from onair.events import Recorder
from onair.gather import Gatherer
from onair.leader import Leader
from onair.lists import Lists
from onair.metrics import Metrics
from onair.observer import Observer
from onair.plans import NotPlannedYetError, Plans
from onair.publish import CampaignKey, Publisher
from onair.reconcile import NOBODY_BEFORE, Reconciler
from onair.reports import shown
from onair.scheduler import Scheduler
from onair.skew import Skew, told
from onair.troubles import Troubles
from onair.usual import History
from onair.watching import Watching
from onair.workqueue import UNTIL_RESUMED, WorkQueue
from onair.world import World

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterable

    from onair.plan.observed import TargetKey
    from onair.plans import Planned
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
        self._lease = Lease(api, settings.lease_namespace, settings.identity, clock.real_now)
        fenced = api.fenced(self._lease.until)
        self._leader = Leader(
            api,
            self._world,
            self._lease,
            settings.namespaces,
            self._troubles,
            began=self._take_up,
            resume=self._resume,
        )
        self._recorder = Recorder(fenced, clock, self._troubles)
        self._skew = Skew(clock, api.server_clock.now, self._clocks_moved)
        self._metrics.follow_clocks(self._skew.measured)
        history = History()
        self._targets: WorkQueue[TargetKey] = WorkQueue(self._reconcile)
        beside: Beside[TargetKey, Planned] = Beside(self._targets.add)
        most = settings.max_replicas_per_target
        plans = Plans(self._world, self._aims, history, most, beside)
        self._statuses: WorkQueue[CampaignKey] = WorkQueue(self._publish)
        self._due: Scheduler[TargetKey] = Scheduler(clock, self._targets.add)
        self._phases: Scheduler[CampaignKey] = Scheduler(clock, self._statuses.add)
        self._reconciler = Reconciler(
            world=self._world,
            gatherer=Gatherer(self._world, self._aims, plans, observes=settings.observes),
            applier=Applier(fenced, self._world),
            scheduler=self._due,
            clock=clock,
            skew=self._skew,
            history=history,
            leader=self._leader,
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
        namespaces, again = settings.namespaces, self._lists.again
        self._watching = Watching(
            api, self._observer, namespaces, relisted=again, rush=lambda: self._targets.rush
        )
        reports = self._reconciler.reports
        self._clamps = Clamps(
            api,
            self._world,
            reports,
            self._leader,
            lambda: self._skew.now().at,
            self._troubles,
            changed=self._observer.touch_all,
        )
        campaigns = Campaigns(self._aims, reports, self._lists.unread, observing=settings.observes)
        self._publisher = Publisher(
            api=fenced,
            world=self._world,
            aims=self._aims,
            reports=reports,
            campaigns=campaigns,
            unread=self._lists.unread,
            scheduler=self._phases,
            clock=clock,
            skew=self._skew,
            leader=self._leader,
            troubles=self._troubles,
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Run until `stop` is set or a part ends; the Lease is released on every way out.

        Writing ends first, so that a standby goes on while the rest of this process ends.

        Raises:
            BaseExceptionGroup: with the error of the part that ended.
        """
        stop_on_signals(stop)
        if self._settings.observes:
            log.info("mode observe: nothing is written to any target")
        async with health.serve(self._settings.listen, self._metrics, self._state):
            await self._run_parts(stop)

    def _state(self) -> health.State:
        waits_for = "; ".join(filter(None, (self._lists.unread(), self._leader.waits_for)))
        return health.State(waits_for, self._leader.leads, self._leader.stands_by_for)

    async def _run_parts(self, stop: asyncio.Event) -> None:
        writing = _begin(
            self._leader.run(),
            self._leader.follow(),
            self._targets.run(IN_FLIGHT),
            self._statuses.run(STATUS_WRITERS),
            self._recorder.run(),
        )
        others = _begin(
            stop.wait(),
            self._lists.run(),
            self._watch(),
            self._due.run(),
            self._phases.run(),
            self._skew.run(),
            *(() if self._settings.observes else (self._clamps.run(),)),
        )
        try:
            done, _ = await asyncio.wait(writing | others, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            await _end(writing)
            await self._lease.release()
            await _end(others)

    async def _watch(self) -> None:
        """Watch once every kind is served and the floors that are due are up: kopf takes long."""
        await self._lists.served.wait()
        await self._targets.calm()
        await self._watching.run()

    def _clocks_moved(self) -> None:
        """Say how far the clocks are apart now, and look at everything by both of them."""
        text = told(self._skew.apart)
        if text:
            self._troubles.begin("clocks", text)
        else:
            self._troubles.end("clocks")
        self._observer.touch_all()

    def _take_up(self) -> None:
        """Tell what a predecessor could not tell any more."""
        since, judged_from = self._lease.silent_since, NOBODY_BEFORE
        if since:
            ago = self._settings.clock.calendar_length(monotonic() - since)
            judged_from = self._skew.now().at - ago
        self._metrics.judged(self._reconciler.take_up(judged_from))
        self._recorder.take_up(since, judged_from)

    def _resume(self) -> None:
        self._recorder.take_up(0.0, NOBODY_BEFORE)  # what was to be sent when the Lease had lapsed
        self._targets.resume()
        self._statuses.resume()

    async def _reconcile(self, key: TargetKey) -> float | None:
        if not self._world.proven(key.namespace):
            return None  # an HPA may not be known yet; the list that is missing touches everything
        if self._leader.leads and not self._leader.knows(key.namespace):
            return UNTIL_RESUMED
        try:
            again = await self._reconciler.reconcile(key)
        except NotPlannedYetError as error:
            self._troubles.begin(key, f"{key.namespace}/{key.name}: {error}")
            return None  # the plan brings it back
        self._observer.touch_changes(key.namespace)  # its lists may be ahead of the watch
        return again

    async def _publish(self, key: CampaignKey) -> float | None:
        await self._targets.calm()  # floors come first
        again = await self._publisher.publish(key)
        self._observer.touch_changes(key.namespace)
        return again

    def _report_changed(self, key: TargetKey, before: Report | None, report: Report) -> None:
        self._metrics.saw(key, report)
        leads = self._leader.leads
        if leads:
            self._metrics.judged(report.verdicts_since(before))
        for event in news(self._world, key, before, report):
            (self._recorder.tell if leads else self._recorder.keep)(event)
        if before is not None and shown(before) == shown(report):
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


def _begin(*parts: Awaitable[object]) -> set[asyncio.Future[object]]:
    return {asyncio.ensure_future(part) for part in parts}


async def _end(tasks: Iterable[asyncio.Future[object]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
