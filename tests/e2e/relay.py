"""A TCP relay on loopback that can refuse, freeze, or lead elsewhere: a network that fails."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from tests.cluster.ports import LOOPBACK, free_ports

if TYPE_CHECKING:
    from pathlib import Path

CHUNK = 65536


class Relay:
    """`with Relay(port) as relay:` what connects to `relay.port` reaches `port`, byte by byte."""

    def __init__(self, leads_to: int) -> None:
        (self.port,) = free_ports(1)
        self._leads_to = leads_to
        self._flows = threading.Event()
        self._flows.set()
        self._open: list[socket.socket] = []
        self._listener: socket.socket | None = None

    def __enter__(self) -> Self:
        """Listen."""
        self.accept()
        return self

    def __exit__(self, *_: object) -> None:
        """Break off whatever goes on."""
        self.refuse()
        self._flows.set()

    def accept(self) -> None:
        """Listen again after `refuse`."""
        self._listener = socket.create_server((LOOPBACK, self.port))
        threading.Thread(target=self._serve, args=(self._listener,), daemon=True).start()

    def refuse(self) -> None:
        """Break off every connection and refuse new ones, as where no process listens."""
        listener, self._listener = self._listener, None
        if listener is not None:
            _end(listener)
        self.cut()

    def freeze(self) -> None:
        """Let nothing through in either direction; connections stay open and new ones are made."""
        self._flows.clear()

    def thaw(self) -> None:
        """Let everything through that came meanwhile, and what comes."""
        self._flows.set()

    def lead_to(self, port: int) -> None:
        """Break off every connection and lead new ones to another port."""
        self._leads_to = port
        self.cut()

    def cut(self) -> None:
        """Break off every connection."""
        while self._open:
            _end(self._open.pop())

    def _serve(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                here, _ = listener.accept()
                there = socket.create_connection((LOOPBACK, self._leads_to))
                self._open += [here, there]
                for pair in ((here, there), (there, here)):
                    threading.Thread(target=self._pump, args=pair, daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(CHUNK):
                self._flows.wait()
                sink.sendall(data)
        _end(source)
        _end(sink)


def led_to(port: int, kubeconfig: Path, path: Path) -> Path:
    """Write a copy of a kubeconfig that reaches the API server at another port; returns its path.

    The certificate is valid for every port of loopback.
    """
    config = json.loads(kubeconfig.read_text())
    config["clusters"][0]["cluster"]["server"] = f"https://{LOOPBACK}:{port}"
    path.touch(mode=0o600)
    path.write_text(json.dumps(config))
    return path


def port_of(kubeconfig: Path) -> int:
    """Return the port of the API server that a kubeconfig names."""
    server: str = json.loads(kubeconfig.read_text())["clusters"][0]["cluster"]["server"]
    port = urlsplit(server).port
    assert port
    return port


def _end(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
