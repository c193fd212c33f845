"""Why no answer came, in plain words."""

from __future__ import annotations

import errno
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest

from onair.cluster.silence import silence

KEY: Any = SimpleNamespace(host="api.tv.example", port=6443, is_ssl=True, ssl=True)
REFUSED = OSError(errno.ECONNREFUSED, "Connect call failed ('127.0.0.1', 1)")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        pytest.param(
            aiohttp.ClientConnectorError(KEY, REFUSED), "connection refused", id="refused"
        ),
        pytest.param(TimeoutError(), "no answer in time", id="too late"),
        pytest.param(
            aiohttp.ClientConnectorDNSError(KEY, OSError(-2, "Name or service not known")),
            "nobody knows a host of that name",
            id="no such name",
        ),
        pytest.param(
            aiohttp.ClientConnectorCertificateError(KEY, ValueError("self-signed")),
            "its certificate is not trusted",
            id="a certificate of somebody else",
        ),
        pytest.param(
            aiohttp.ClientConnectorSSLError(KEY, OSError(1, "[SSL] record layer failure")),
            "it does not speak TLS as it should",
            id="no TLS",
        ),
        pytest.param(
            aiohttp.ServerDisconnectedError(),
            "it closed the connection without an answer",
            id="closed",
        ),
        pytest.param(aiohttp.InvalidURL("x"), "that is no address", id="no address"),
        pytest.param(
            OSError("Multiple exceptions: ..."), "there is no connection to it", id="anything else"
        ),
    ],
)
def test_silence(error: Exception, said: str) -> None:
    """Nothing of the client's own words is in it."""
    assert silence(error) == said
