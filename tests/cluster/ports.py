"""Loopback ports that nobody uses at the moment."""

import random
import socket

LOOPBACK = "127.0.0.1"
# Below the kernel's ephemeral range (32768 on), from which clients take their ports at any moment.
RANGE = range(20000, 32000)


def free_ports(count: int) -> list[int]:
    """Return different ports that could be bound a moment ago; their use may still fail."""
    ports: list[int] = []
    while len(ports) < count:
        port = random.choice(RANGE)  # noqa: S311 - no secret, only apart from other starters
        if port not in ports and _is_free(port):
            ports.append(port)
    return ports


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True
