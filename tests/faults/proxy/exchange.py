"""One request on its way, and how its connection is broken off."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from onair.clock import Clock
from tests.faults.proxy.asked import Asked, read
from tests.faults.proxy.faults import OldSnapshot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from tests.faults.proxy.faults import Fault
    from tests.faults.proxy.journal import Journal
    from tests.faults.proxy.rulebook import Rulebook
    from tests.faults.proxy.rules import Rule

_OF_ONE_CONNECTION: Final = frozenset(
    {
        "accept-encoding",
        "connection",
        "content-length",
        "host",
        "keep-alive",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""Headers that are not passed on (RFC 9110, 7.6.1); nothing is compressed, so that all is read."""

_RESET: Final = struct.pack("ii", 1, 0)
"""SO_LINGER of no seconds: closing sends RST (socket(7))."""


class ResetError(Exception):
    """The connection to the operator is to be reset."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request, what it asks for, its number in the journal, the rule that hits it.

    `shift` are the seconds by which the answer's `Date` is later.
    """

    request: web.BaseRequest
    body: bytes
    asked: Asked
    number: int
    rule: Rule | None
    shift: float

    @classmethod
    async def begin(cls, request: web.BaseRequest, journal: Journal, book: Rulebook) -> Exchange:
        """Read a request, note it, and find what befalls it."""
        body = await request.read()
        asked = read(request.method, request.path, request.query, body)
        number = journal.begin(asked)
        rule, shift = book.of_request(asked)
        if rule:
            journal.note(number, fault=rule.fault)
        return cls(request, body, asked, number, rule, shift)

    @property
    def fault(self) -> Fault | None:
        """What befalls it."""
        return self.rule.fault if self.rule else None

    @property
    def query(self) -> dict[str, str]:
        """The query as the API server gets it: at an old version under OldSnapshot.

        The pages of a list after the first are as old as that anyway.
        """
        query = dict(self.request.query)
        if isinstance(self.fault, OldSnapshot) and not query.get("continue"):
            query["resourceVersion"] = str(self.fault.version)
            if self.asked.verb == "list":
                query["resourceVersionMatch"] = "Exact"
        return query

    def passed_on(self) -> dict[str, str]:
        """Return the request's headers as the API server gets them."""
        return _passed_on(self.request.headers)

    def told(self, headers: Mapping[str, str]) -> dict[str, str]:
        """Return an answer's headers as the operator gets them."""
        told = _passed_on(headers)
        if self.shift:
            said = told.get("Date")
            date = parsedate_to_datetime(said) if said else Clock.real_now()
            told["Date"] = format_datetime(date + timedelta(seconds=self.shift), usegmt=True)
        return told

    def reset(self) -> None:
        """Reset the connection to the operator, if it is still there."""
        transport = self.request.transport
        connection = transport.get_extra_info("socket") if transport else None
        if transport is None or connection is None:
            return
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        transport.abort()


def _passed_on(headers: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in headers.items() if key.lower() not in _OF_ONE_CONNECTION}
