"""What one operator process is told at its start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onair.clock import Clock


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to watch, who this process is, which time it is, and how far it may go.

    `namespaces` empty means all; `observes` is mode observe, in which nothing is written to any
    target; `listen` is host:port for health and metrics, all addresses where host is empty.
    """

    namespaces: tuple[str, ...]
    lease_namespace: str
    identity: str
    clock: Clock
    observes: bool = False
    max_replicas_per_target: int = 500
    listen: str = "127.0.0.1:8080"
