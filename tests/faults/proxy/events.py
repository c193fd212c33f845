"""The events of one watch: dropped, doubled or out of order where a rule says so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from onair.clock import Clock
from tests.faults.proxy.faults import DropEvents, DuplicateEvents, ReorderEvents
from tests.faults.proxy.journal import Event

if TYPE_CHECKING:
    from tests.faults.proxy.asked import Asked
    from tests.faults.proxy.journal import Journal
    from tests.faults.proxy.rulebook import Rulebook
    from tests.faults.proxy.rules import Rule

Key = tuple[str, str]


class Events:
    """What one watch delivers, line by line; each event is noted in the journal."""

    def __init__(self, book: Rulebook, journal: Journal, asked: Asked) -> None:
        self._book = book
        self._journal = journal
        self._asked = asked
        self._late: dict[Key, tuple[Rule, bytes]] = {}

    def deliver(self, line: bytes) -> bytes:
        """Return what the operator gets for a line of the API server."""
        key, rule = self._note(json.loads(line))
        match rule.fault if rule else None:
            case DropEvents():
                return b""
            case DuplicateEvents():
                line += line
            case ReorderEvents() if rule and key not in self._late:
                self._late[key] = (rule, line)
                return b""
        _, late = self._late.pop(key, (None, b""))
        return line + late

    def released(self) -> bytes:
        """Return what was kept back for a next event by rules that are no longer in force."""
        gone = [key for key, (rule, _) in self._late.items() if rule not in self._book.rules]
        return b"".join(self._late.pop(key)[1] for key in gone)

    def _note(self, event: dict[str, Any]) -> tuple[Key, Rule | None]:
        meta = event["object"].get("metadata") or {}
        key = (meta.get("namespace", ""), meta.get("name", ""))
        rule = self._book.of_event(self._asked, *key) if key[1] else None
        self._journal.events.append(
            Event(
                Clock.real_now(),
                event["type"],
                self._asked.resource,
                *key,
                int(meta.get("resourceVersion") or 0),
                rule.fault if rule else None,
            )
        )
        return key, rule
