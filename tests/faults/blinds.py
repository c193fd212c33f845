"""Keeps an operator from seeing a change: after a restart (stale), or while it runs (unseen)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from onair.clock import Clock
from tests.faults.evidence import Outage
from tests.faults.plans import BEFORE
from tests.faults.proxy.faults import DropEvents, OldSnapshot
from tests.faults.proxy.rules import Match, Rule

if TYPE_CHECKING:
    from datetime import datetime

    from tests.e2e.tenant import Tenant
    from tests.faults.keeper import Keeper
    from tests.faults.plans import Blindness
    from tests.faults.proxy.proxy import Proxy

AT_WORK_FOR = 4.0
"""Minutes for which a restarted operator works with an old view, however long its start took."""

HEALED_WITHIN = timedelta(seconds=70)
"""Real time in which an operator that missed events must list anew: a minute, and some for a
machine that others use, too."""


class Blind:
    """Puts a blindness in force when its minute comes, and lifts it again."""

    def __init__(
        self,
        blindness: Blindness | None,
        tenant: Tenant,
        proxy: Proxy,
        keeper: Keeper,
        start: datetime,
    ) -> None:
        self._blindness = blindness
        self._tenant = tenant
        self._proxy = proxy
        self._keeper = keeper
        self._start = start
        self._version = 0
        self._back: float | None = None
        self._begun: datetime | None = None
        self._lifted: datetime | None = None

    @property
    def is_lifted(self) -> bool:
        """Tell whether nothing is kept from the operator any more."""
        return self._blindness is None or self._lifted is not None

    @property
    def is_healed(self) -> bool:
        """Tell whether the operator has been told the truth since."""
        return self._blindness is None or self._healed() is not None

    @property
    def is_lost(self) -> bool:
        """Tell whether the operator has not looked for the truth for too long."""
        lifted = self._lifted
        if lifted is None or self.is_healed:
            return False
        return Clock.real_now() - lifted > HEALED_WITHIN

    def look(self, minute: float) -> None:
        """Do what is due at a minute."""
        blindness = self._blindness
        if blindness is None or self._lifted is not None:
            return
        if not self._version and minute >= blindness.minute - BEFORE:
            self._version = self._now()
            if blindness.restart is None:
                self._begin(Rule(self._match(blindness), DropEvents()))
        if self._begun is None and blindness.restart is not None and minute >= blindness.restart:
            self._keeper.kill()
            self._begin(Rule(Match(resource=blindness.resource), OldSnapshot(self._version)))
        if self._begun is not None and self._is_over(blindness, minute):
            self._proxy.rules = ()
            self._lifted = Clock.real_now()

    def outages(self, ended: datetime) -> list[Outage]:
        """Return the time in which the operator could not know the truth."""
        if self._begun is None:
            return []
        return [Outage(self._begun, self._healed() or ended)]

    def _is_over(self, blindness: Blindness, minute: float) -> bool:
        if blindness.restart is None:
            return minute >= blindness.until
        if self._back is None and self._keeper.is_up:
            self._back = minute
        return self._back is not None and minute >= max(blindness.until, self._back + AT_WORK_FOR)

    def _match(self, blindness: Blindness) -> Match:
        return Match(resource=blindness.resource, name=blindness.name)

    def _now(self) -> int:
        """Return the newest resource version of all."""
        path = f"/api/v1/namespaces/{self._tenant.namespace}/configmaps"
        body = self._tenant.api.request("GET", path, query={"limit": "1"})
        return int(body["metadata"]["resourceVersion"])

    def _begin(self, rule: Rule) -> None:
        self._proxy.rules = (rule,)
        self._begun = Clock.real_now()

    def _healed(self) -> datetime | None:
        """Return when the truth was told again: by an event of the object, or by a list."""
        blindness, lifted = self._blindness, self._lifted
        if blindness is None or lifted is None:
            return None
        told = [
            event.at
            for event in self._proxy.events
            if event.resource == blindness.resource
            and blindness.name in {"", event.name}
            and event.fault is None
        ]
        listed = [
            entry.at
            for entry in self._proxy.journal
            if (entry.asked.verb, entry.asked.resource) == ("list", blindness.resource)
            and entry.answered == 200
        ]
        return min((at for at in (*told, *listed) if at > lifted), default=None)
