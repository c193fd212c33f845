"""etcd beneath the API server: reading and writing what it keeps, as a broken disk would.

Through its JSON gateway (https://etcd.io/docs/latest/dev-guide/api_grpc_gateway/).
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any

from tests.cluster.ports import LOOPBACK


@dataclass(frozen=True, slots=True)
class Etcd:
    """The store of one control plane, by its client port."""

    port: int

    def get(self, key: str) -> bytes:
        """Return what is kept under a key.

        Raises:
            KeyError: when nothing is.
        """
        kept = self._ask("range", key=_spelled(key.encode())).get("kvs")
        if not kept:
            raise KeyError(key)
        return base64.b64decode(kept[0]["value"])

    def put(self, key: str, value: bytes) -> None:
        """Keep something under a key, past every check of the API server."""
        self._ask("put", key=_spelled(key.encode()), value=_spelled(value))

    def _ask(self, what: str, **body: str) -> dict[str, Any]:
        connection = HTTPConnection(LOOPBACK, self.port, timeout=10)
        try:
            connection.request("POST", f"/v3/kv/{what}", json.dumps(body))
            answer: dict[str, Any] = json.loads(connection.getresponse().read())
            return answer
        finally:
            connection.close()


def _spelled(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
