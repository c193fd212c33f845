"""Why no answer came from an API server, in plain words instead of the client's."""

from __future__ import annotations

import os
from typing import Final

import aiohttp

_WORDS: Final[tuple[tuple[type[Exception], str], ...]] = (
    (TimeoutError, "no answer in time"),
    (aiohttp.ClientConnectorCertificateError, "its certificate is not trusted"),
    (aiohttp.ClientSSLError, "it does not speak TLS as it should"),
    (aiohttp.ClientConnectorDNSError, "nobody knows a host of that name"),
    (aiohttp.ServerDisconnectedError, "it closed the connection without an answer"),
    (aiohttp.InvalidURL, "that is no address"),
)
"""The first that fits counts."""


def silence(error: Exception) -> str:
    """Return why a request had no answer, such as `connection refused`."""
    for kind, words in _WORDS:
        if isinstance(error, kind):
            return words
    number = error.errno if isinstance(error, OSError) else None
    return os.strerror(number).lower() if number else "there is no connection to it"
