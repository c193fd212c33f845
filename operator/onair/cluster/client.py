"""A thin typed wrapper around the official asynchronous client.

It uses `param_serialize` and `call_api` with bytes in and out: the client's authentication and TLS
at the speed of plain aiohttp (kubernetes-notes section 4).
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Self

import aiohttp
from kubernetes.aio import config
from kubernetes.aio.client import ApiClient, Configuration
from kubernetes.aio.client.exceptions import ApiException

from onair.cluster import kubeconfig
from onair.cluster.errors import ApiError, NotFoundError, UnreachableError, from_status
from onair.cluster.silence import silence
from onair.model.names import GROUP, MANAGER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from onair.cluster.resources import Resource

Body = dict[str, Any]
JsonPatch = list[dict[str, Any]]

IN_FLIGHT = 64
"""Requests under way at once; more gains nothing (design section 4)."""

TIMEOUT = 3.0
"""Seconds until a request without an answer is given up, its waiting for a place included; the
Lease's `MARGIN` counts on it."""

PAGE_TIMEOUT = 10.0
"""Seconds for a page of a list, which changes nothing and may be large."""

PAGE = 500
"""Objects per page of a list, as kubectl asks for them."""


BAD_REQUEST = 400
"""The first of HTTP's error statuses."""


class KubeApi:
    """Requests to one API server, at most `places` at once, given up after `within` seconds."""

    def __init__(self, client: ApiClient, within: float = TIMEOUT, places: int = IN_FLIGHT) -> None:
        self._client = client
        self._within = within
        self._places = asyncio.Semaphore(places)

    @classmethod
    async def connect(cls) -> Self:
        """Connect as the pod's ServiceAccount, else as the current kubeconfig says.

        Raises:
            ApiError: when neither is there.
        """
        settings = Configuration(client_session_kwargs={"trust_env": False})
        settings.connection_pool_maxsize = IN_FLIGHT + 1  # one for what must never queue
        try:
            config.load_incluster_config(client_configuration=settings)
        except config.ConfigException:
            try:
                await kubeconfig.load(settings)
            except ApiError as error:
                raise ApiError(f"no way to reach a cluster: {error}") from error
        return cls(ApiClient(configuration=settings))

    def urgent(self, within: float) -> KubeApi:
        """Return a way past the other requests, one at a time, given up after `within` seconds."""
        return KubeApi(self._client, within, places=1)

    async def access(self) -> dict[str, Any]:
        """Return what another client needs to reach the same server as the same user.

        In the words of kopf's ConnectionInfo; the token is the one of now: that of a pod is read
        from its file again every minute.
        """
        settings = self._client.configuration
        header = await settings.get_api_key_with_prefix("BearerToken") or ""
        return {
            "server": settings.host,
            "insecure": not settings.verify_ssl,
            "ca_path": settings.ssl_ca_cert,
            "ca_data": settings.ca_cert_data,
            "certificate_path": settings.cert_file,
            "private_key_path": settings.key_file,
            "token": header.split()[-1] if header else None,
        }

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def get(self, path: str) -> Body:
        """Read one object, uncached."""
        return await self._request("GET", path)

    async def list(self, resource: Resource, namespace: str | None) -> tuple[list[Body], int]:
        """Read every object of a kind that concerns us; returns them and the list's version.

        Raises:
            NotFoundError: when the API server does not serve this kind.
            ApiError: when the list could not be read for another reason.
        """
        items: list[Body] = []
        query = {"limit": str(PAGE)}
        if resource.selector:
            query["labelSelector"] = resource.selector
        while True:
            try:
                page = await self._request(
                    "GET", resource.path(namespace), query=query, within=PAGE_TIMEOUT
                )
            except NotFoundError as error:
                message = f"this cluster serves no {resource.plural} of {resource.api_version}"
                hint = "; are the CRDs there?" if resource.group == GROUP else ""
                raise NotFoundError(message + hint, error.status) from error
            items.extend(page["items"])
            query["continue"] = page["metadata"].get("continue", "")
            if not query["continue"]:
                return items, int(page["metadata"]["resourceVersion"])

    async def try_watch(self, resource: Resource, namespace: str | None, version: int) -> None:
        """Open a watch from a version on, and close it.

        Raises:
            ApiError: when that is refused.
        """
        query = {"watch": "true", "timeoutSeconds": "1", "resourceVersion": str(version)}
        request = await self._prepared("GET", resource.path(namespace), query=query)
        await self._send(request, self._within, to_end=False)

    async def create(self, path: str, body: Body) -> Body:
        """Create an object.

        Sent as YAML, of which JSON is a part: the client leaves that text alone, and the API server
        keeps a ControllerRevision's `data` byte for byte, so that it equals itself in every patch.
        """
        text = json.dumps(body, separators=(",", ":"), sort_keys=True)
        query = {"fieldManager": MANAGER}
        return await self._request("POST", path, body=text, query=query, content="application/yaml")

    async def replace(self, path: str, body: Body) -> Body:
        """Replace an object if it is still at the body's resource version."""
        return await self._request("PUT", path, body=body, query={"fieldManager": MANAGER})

    async def patch(self, path: str, operations: JsonPatch) -> Body:
        """Apply a JSON patch (RFC 6902)."""
        return await self._patch(path, operations, "application/json-patch+json")

    async def merge(self, path: str, body: Body) -> Body:
        """Apply a merge patch (RFC 7386)."""
        return await self._patch(path, body, "application/merge-patch+json")

    async def delete(self, path: str, uid: str, resource_version: str) -> None:
        """Delete an object if it is still the one that was read."""
        preconditions = {"uid": uid, "resourceVersion": resource_version}
        await self._request("DELETE", path, body={"preconditions": preconditions})

    async def _patch(self, path: str, body: JsonPatch | Body, content: str) -> Body:
        query = {"fieldManager": MANAGER}
        return await self._request("PATCH", path, body=body, query=query, content=content)

    async def _request(
        self,
        method: str,
        path: str,
        *,
        within: float | None = None,
        **said: Any,  # noqa: ANN401 - what _prepared takes
    ) -> Body:
        request = await self._prepared(method, path, **said)
        return await self._send(request, within or self._within)

    async def _prepared(
        self,
        method: str,
        path: str,
        *,
        body: Body | JsonPatch | str | None = None,
        query: Mapping[str, str] | None = None,
        content: str = "application/json",
    ) -> Sequence[Any]:
        headers = {"Accept": "application/json", "Content-Type": content}
        prepared: Sequence[Any] = await self._client.param_serialize(
            method,
            path,
            query_params=list((query or {}).items()),
            header_params=headers,
            body=body,
            auth_settings=["BearerToken"],
        )
        return prepared

    async def _send(self, request: Sequence[Any], within: float, *, to_end: bool = True) -> Body:
        method, url, headers, body, _ = request
        try:
            async with asyncio.timeout(within), self._places:
                answer = await self._client.call_api(method, url, headers, body)
                if not to_end and answer.status < BAD_REQUEST:
                    answer.response.close()
                    return {}
                text = await answer.read()
        except ApiException as error:
            raise UnreachableError(f"{method} {url}: {error.reason}") from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise UnreachableError(f"{method} {url}: {silence(error)}") from error
        parsed = _parse(text)
        if answer.status >= BAD_REQUEST:
            reason, message = parsed.get("reason", ""), parsed.get("message", answer.reason)
            pause = _retry_after(answer.getheader("Retry-After") or "")
            raise from_status(answer.status, reason, message, pause)
        return parsed


def _retry_after(header: str) -> float:
    """Return seconds; proxies may send a date instead (RFC 9110, 10.2.3), which reads as one."""
    return float(header) if header.strip().isdecimal() else 1.0


def _parse(text: bytes) -> Body:
    try:
        parsed = json.loads(text or b"{}")
    except ValueError:
        return {"message": text[:200].decode(errors="replace")}
    return parsed if isinstance(parsed, dict) else {}
