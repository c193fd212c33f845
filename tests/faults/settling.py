"""When a story is over: everything is the owner's again, said to be, and at rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onair.clock import Clock

if TYPE_CHECKING:
    from datetime import datetime

    from tests.e2e.tenant import Tenant
    from tests.faults.stories import Story

Body = dict[str, Any]

AT_REST = 4.0
"""Real seconds without a change: a status is written at most once a second, and a process that has
just begun to watch still learns what changed meanwhile, on a busy machine some seconds later."""

WATCHED = 1.5
"""Real seconds after that, in which nothing may be written any more (S7)."""

OVER = {"Ended", "Suspended", "Invalid"}


class Settling:
    """Looks at what is left of a story until it stays."""

    def __init__(self, story: Story, tenant: Tenant) -> None:
        self._story = story
        self._tenant = tenant
        self._seen: list[tuple[str, str]] = []
        self._seen_at = Clock.real_now()
        self.since: datetime | None = None

    def look(self) -> bool:
        """Tell whether it has been over for long enough; `since` is then when it had come to rest.

        Whatever is written after that is for the oracles to judge.
        """
        now = Clock.real_now()
        if self.since is not None:
            return (now - self.since).total_seconds() > WATCHED
        campaigns = self._tenant.api.list("Campaign", self._tenant.namespace)
        seen = [_version(body) for body in (*campaigns, *self._steered())]
        if self._tenant.ledger() or not all(map(_is_over, campaigns)):
            self._seen = []
        elif seen != self._seen:
            self._seen, self._seen_at = seen, now
        elif (now - self._seen_at).total_seconds() > AT_REST:
            self.since = now
        return False

    def _steered(self) -> list[Body]:
        return [self._tenant.get(duty.kind, duty.name) for duty in self._story.duties]


def _version(body: Body) -> tuple[str, str]:
    return body["metadata"]["name"], body["metadata"]["resourceVersion"]


def _is_over(campaign: Body) -> bool:
    """Tell whether a campaign says that it is over and everything restored.

    What is `Invalid` because of its targets ends like any other; without targets it stays so.
    """
    status = campaign.get("status") or {}
    conditions = {c["type"]: c["status"] for c in status.get("conditions") or ()}
    restored = conditions.get("Restored") == "True"
    ends_yet = status.get("phase") == "Invalid" and status.get("targets")
    return status.get("phase") in OVER and restored and not ends_yet
