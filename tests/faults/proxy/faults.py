"""What a request, an answer, a watch or one of its events can suffer: plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from tests.faults.proxy.statuses import CODES


@dataclass(frozen=True, slots=True)
class KillBefore:
    """The operator is killed, and the request goes no further."""


@dataclass(frozen=True, slots=True)
class KillAfter:
    """The request is carried out, then the operator is killed without an answer."""


@dataclass(frozen=True, slots=True)
class DropReply:
    """The request is carried out; instead of the answer the connection is reset."""


@dataclass(frozen=True, slots=True)
class Delay:
    """Seconds that the request takes to the API server, and its answer on the way back.

    A request that nobody waits for any more is carried out all the same. Of a watch only the
    beginning is delayed.
    """

    there: float = 0.0
    back: float = 0.0


@dataclass(frozen=True, slots=True)
class Hold:
    """The connection stays open without a word for so many seconds, then it is reset.

    A request is not carried out; a watch that was open goes silent, a new one is answered and then
    silent. Ends early when the rule is taken away.
    """

    seconds: float


@dataclass(frozen=True, slots=True)
class Cut:
    """The connection is reset: in the middle of an answer, or of an open watch at once."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A Status of the API server's own wording; `retry_after` is sent as it is, if it is not "".

    `carried_out` is for an answer like 504 that comes although the request had its effect.
    """

    code: int
    retry_after: str = ""
    carried_out: bool = False

    def __post_init__(self) -> None:
        """Refuse a status without words.

        Raises:
            ValueError: naming those that have some.
        """
        if self.code not in CODES:
            known = ", ".join(map(str, sorted(CODES)))
            raise ValueError(f"no Status for {self.code}, only for {known}")


@dataclass(frozen=True, slots=True)
class ErrorEvent:
    """An open watch gets an ERROR event with this code, and then its end."""

    code: int


@dataclass(frozen=True, slots=True)
class DropEvents:
    """Events of a watch are never delivered."""


@dataclass(frozen=True, slots=True)
class DuplicateEvents:
    """Events of a watch are delivered twice."""


@dataclass(frozen=True, slots=True)
class ReorderEvents:
    """An event of a watch is delivered after the next one of the same object."""


@dataclass(frozen=True, slots=True)
class OldSnapshot:
    """Lists are genuine answers as of a resource version; watches resume there, and then stop.

    When the rule is taken away lists are new again, and the watches' events go on from there.
    """

    version: int


@dataclass(frozen=True, slots=True)
class ShiftDate:
    """The answer's `Date` is so many seconds later (negative: earlier); goes with another rule."""

    seconds: float


EventFault: TypeAlias = DropEvents | DuplicateEvents | ReorderEvents
Fault: TypeAlias = (
    KillBefore
    | KillAfter
    | DropReply
    | Delay
    | Hold
    | Cut
    | Answer
    | ErrorEvent
    | EventFault
    | OldSnapshot
    | ShiftDate
)
