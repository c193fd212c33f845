"""The application on a loopback port, for tests without a cluster."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SETTINGS = {
    "LISTEN": "127.0.0.1:0",
    "SLOTS": "2",
    "QUEUE": "1",
    "SERVICE_TIME": "1s",
    "CPU_PER_REQUEST": "0s",
    "START_UP": "0s",
    "DRAIN": "0s",
}


class Running:
    """A server that listens on `port`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Take a process whose first line says where it listens."""
        assert process.stderr
        self.process = process
        self.port = int(process.stderr.readline().rpartition(":")[2])

    @property
    def url(self) -> str:
        """What a generator is to ask."""
        return f"http://127.0.0.1:{self.port}/"

    def ask(self, path: str = "/") -> int:
        """Return the HTTP status of an answer.

        Raises:
            ConnectionRefusedError: nobody listens any more.
        """
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        finally:
            connection.close()


@contextmanager
def running(server: Path, **settings: str) -> Iterator[Running]:
    """Run the server with settings that differ from SETTINGS, and end it with the block."""
    with subprocess.Popen(
        [server], env=SETTINGS | settings, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Running(process)
        finally:
            process.kill()
