"""The least that anybody could do: the same patches, as many at once, and nothing else."""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from typing import TYPE_CHECKING

import aiohttp

from tests.e2e.api import PATHS

if TYPE_CHECKING:
    from tests.cluster.cluster import Cluster

AT_ONCE = 64
"""As the operator has in flight."""

Patch = list[dict[str, object]]


def send(cluster: Cluster, namespace: str, patches: dict[str, Patch]) -> float:
    """Send a JSON patch to each HPA of a name; return the seconds until the last answer.

    Raises:
        aiohttp.ClientError: when one of them was refused.
    """
    return asyncio.run(_send(cluster, namespace, patches))


async def _send(cluster: Cluster, namespace: str, patches: dict[str, Patch]) -> float:
    config = json.loads(cluster.kubeconfig.read_text())
    headers = {
        "Authorization": f"Bearer {config['users'][0]['user']['token']}",
        "Content-Type": "application/json-patch+json",
    }
    trust = ssl.create_default_context(cafile=str(cluster.ca))
    hpas = cluster.url + PATHS["HorizontalPodAutoscaler"].format(namespace)
    connector = aiohttp.TCPConnector(limit=AT_ONCE, ssl=trust)
    async with aiohttp.ClientSession(connector=connector, headers=headers) as session:

        async def patch(name: str, body: Patch) -> None:
            async with session.patch(f"{hpas}/{name}", data=json.dumps(body)) as answer:
                await answer.read()
                answer.raise_for_status()

        began = time.monotonic()
        await asyncio.gather(*(patch(*each) for each in patches.items()))
        return time.monotonic() - began
