"""The least that anybody could do: requests, as many at once as the operator has, and no more."""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp

from tests.e2e.api import MERGE, PATHS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.cluster.cluster import Cluster

AT_ONCE = 64
"""As the operator has in flight."""

JSON_PATCH = "application/json-patch+json"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request about an object of a kind: POST of a body, or PATCH of the object `name`."""

    kind: str
    body: object
    name: str = ""
    content: str = MERGE


def send(cluster: Cluster, namespace: str, requests: Iterable[Asked]) -> float:
    """Send requests as the administrator; return the seconds until the last answer.

    Raises:
        aiohttp.ClientError: when one of them was refused.
    """
    return asyncio.run(_send(cluster, namespace, list(requests)))


async def _send(cluster: Cluster, namespace: str, requests: list[Asked]) -> float:
    config = json.loads(cluster.kubeconfig.read_text())
    headers = {"Authorization": f"Bearer {config['users'][0]['user']['token']}"}
    trust = ssl.create_default_context(cafile=str(cluster.ca))
    connector = aiohttp.TCPConnector(limit=AT_ONCE, ssl=trust)
    waiting = iter(requests)
    async with aiohttp.ClientSession(connector=connector, headers=headers) as session:

        async def work() -> None:
            for asked in waiting:
                path = cluster.url + PATHS[asked.kind].format(namespace)
                method, path = ("PATCH", f"{path}/{asked.name}") if asked.name else ("POST", path)
                content = {"Content-Type": asked.content if asked.name else "application/json"}
                data = json.dumps(asked.body)
                async with session.request(method, path, data=data, headers=content) as answer:
                    await answer.read()
                    answer.raise_for_status()

        began = time.monotonic()
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(work())
        return time.monotonic() - began
