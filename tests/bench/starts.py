"""How long the operator's process takes from its start to its first answer, in its own image."""

from __future__ import annotations

import socket
import time
import urllib.request
from statistics import median
from typing import TYPE_CHECKING

from tests.bench.figures import MeasureError
from tests.cluster.kubeconfig import write_kubeconfig
from tests.cluster.ports import LOOPBACK, free_ports
from tests.images.roots import start, unpacked

if TYPE_CHECKING:
    from pathlib import Path

STARTS = 5
AT_MOST = 30.0
"""Seconds until a start has failed."""


def cold_start(archive: Path) -> float:
    """Return the seconds until /healthz first answers: the median of several processes.

    The files are in the page cache, as on a node that has just unpacked the image. The API server
    that the processes are sent to takes their connections and never answers.

    Raises:
        MeasureError: when a process does not answer; the message carries what it said.
    """
    with unpacked(archive) as root, socket.create_server((LOOPBACK, 0)) as mute:
        url = f"http://{LOOPBACK}:{mute.getsockname()[1]}"
        write_kubeconfig(root / "kubeconfig", url, b"", "", "onair").chmod(0o644)
        return median(_seconds_to_answer(root) for _ in range(STARTS))


def _seconds_to_answer(root: Path) -> float:
    listen = f"{LOOPBACK}:{free_ports(1)[0]}"
    began = time.monotonic()
    options = ["--listen", listen, "--lease-namespace", "onair"]
    process = start(root, "onair", "run", *options, KUBECONFIG="/kubeconfig")
    try:
        while not _answers(f"http://{listen}/healthz"):
            if process.poll() is not None or time.monotonic() > began + AT_MOST:
                process.kill()
                raise MeasureError(f"the operator does not answer:\n{process.communicate()[0]}")
            time.sleep(0.005)
        return time.monotonic() - began
    finally:
        process.kill()
        process.communicate()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1):  # noqa: S310 - our own process
            return True
    except OSError:
        return False
