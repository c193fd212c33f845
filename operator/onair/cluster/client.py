"""A thin typed wrapper around the official asynchronous client.

It uses `param_serialize` and `call_api` with bytes in and out: the client's authentication and TLS
at the speed of plain aiohttp (kubernetes-notes section 4).
"""

from __future__ import annotations

import asyncio
import json
from copy import copy
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

import aiohttp
from kubernetes.aio import config
from kubernetes.aio.client import ApiClient, Configuration
from kubernetes.aio.client.exceptions import ApiException

from onair.cluster import kubeconfig
from onair.cluster.dates import ServerClock
from onair.cluster.errors import ApiError, BusyError, NotFoundError, UnreachableError, from_status
from onair.cluster.pauses import LONGEST, Pauses, seconds_to_wait
from onair.cluster.silence import silence
from onair.model.names import GROUP, MANAGER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence

    from onair.cluster.resources import Resource

Body = dict[str, Any]
Page = tuple[list[Body], int]
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
    """Requests to one API server, at most `places` at once, given up after `within` seconds.

    `server_clock` is the server's, as its answers tell; a request that it wants to come back later
    is kept back until then, or for `longest_pause` seconds.
    """

    def __init__(
        self,
        client: ApiClient,
        within: float = TIMEOUT,
        places: int = IN_FLIGHT,
        server_clock: ServerClock | None = None,
        longest_pause: float = LONGEST,
    ) -> None:
        self._client = client
        self._within = within
        self._places = asyncio.Semaphore(places)
        self._pauses = Pauses(longest_pause)
        self._until: Callable[[], float] | None = None
        self.server_clock = server_clock or ServerClock()

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

    def urgent(self, within: float, longest_pause: float) -> KubeApi:
        """Return a way past the other requests, one at a time, given up after `within` seconds.

        What the server wants later comes after `longest_pause` seconds at the latest.
        """
        return KubeApi(self._client, within, 1, self.server_clock, longest_pause)

    def fenced(self, until: Callable[[], float]) -> KubeApi:
        """Return the same way for who may write for a while only.

        `until` is asked right before each write and returns the monotonic instant by which it has
        to be answered or given up, or raises an ApiError instead. Reads and dry runs pass.
        """
        fenced = copy(self)
        fenced._until = until  # noqa: SLF001 - its own kind
        return fenced

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
        version = 0
        async for page, at in self.pages(resource, namespace):
            items.extend(page)
            version = at
        return items, version

    async def pages(self, resource: Resource, namespace: str | None) -> AsyncIterator[Page]:
        """Read every object of a kind that concerns us, and yield them and the list's version.

        A page at a time: all raw objects of a large cluster at once would be most of our memory.

        Raises:
            NotFoundError: when the API server does not serve this kind.
            ApiError: when the list could not be read to its end for another reason.
        """
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
            query["continue"] = page["metadata"].get("continue", "")
            yield page["items"], int(page["metadata"]["resourceVersion"])
            if not query["continue"]:
                return

    async def try_watch(self, resource: Resource, namespace: str | None, version: int) -> None:
        """Open a watch from a version on, and close it.

        Raises:
            ApiError: when that is refused.
        """
        query = {"watch": "true", "timeoutSeconds": "1", "resourceVersion": str(version)}
        await self._request("GET", resource.path(namespace), query=query, to_end=False)

    async def create(self, path: str, body: Body) -> Body:
        """Create an object.

        Sent as YAML, of which JSON is a part: the client leaves that text alone, and the API server
        keeps a ControllerRevision's `data` byte for byte, so that it equals itself in every patch.
        """
        text = json.dumps(body, separators=(",", ":"), sort_keys=True)
        query = {"fieldManager": MANAGER}
        return await self._request("POST", path, body=text, query=query, content="application/yaml")

    async def try_create(self, path: str, body: Body) -> Body:
        """Return what creating an object would come to, as a dry run."""
        query = {"fieldManager": MANAGER, "dryRun": "All"}
        return await self._request("POST", path, body=body, query=query)

    async def replace(self, path: str, body: Body) -> Body:
        """Replace an object if it is still at the body's resource version."""
        return await self._request("PUT", path, body=body, query={"fieldManager": MANAGER})

    async def patch(self, path: str, operations: JsonPatch) -> Body:
        """Apply a JSON patch (RFC 6902)."""
        return await self._patch(path, operations, "application/json-patch+json")

    async def merge(self, path: str, body: Body, manager: str = MANAGER) -> Body:
        """Apply a merge patch (RFC 7386), as a field manager of that name."""
        return await self._patch(path, body, "application/merge-patch+json", manager)

    async def delete(self, path: str, uid: str, resource_version: str) -> None:
        """Delete an object if it is still the one that was read."""
        preconditions = {"uid": uid, "resourceVersion": resource_version}
        await self._request("DELETE", path, body={"preconditions": preconditions})

    async def _patch(
        self, path: str, body: JsonPatch | Body, content: str, manager: str = MANAGER
    ) -> Body:
        query = {"fieldManager": manager}
        return await self._request("PATCH", path, body=body, query=query, content=content)

    async def _request(
        self,
        method: str,
        path: str,
        *,
        within: float | None = None,
        to_end: bool = True,
        **said: Any,  # noqa: ANN401 - what _prepared takes
    ) -> Body:
        self._pauses.check(method, path)
        request = await self._prepared(method, path, **said)
        try:
            return await self._send(request, within or self._within, to_end=to_end)
        except BusyError as error:
            self._pauses.begin(method, path, error)
            raise

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

    async def _send(self, request: Sequence[Any], within: float, *, to_end: bool) -> Body:
        method, url, headers, body, _ = request
        try:
            async with asyncio.timeout(within) as patience, self._places:
                asked = monotonic()
                if self._until is not None and _writes(method, url):
                    patience.reschedule(min(patience.when() or asked, self._until()))
                answer = await self._client.call_api(method, url, headers, body)
                said = answer.getheaders()
                self.server_clock.note(said.get("Date"), asked, monotonic())
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
            raise from_status(answer.status, reason, message, seconds_to_wait(answer.status, said))
        return parsed


def _writes(method: str, url: str) -> bool:
    return method != "GET" and "dryRun=All" not in url


def _parse(text: bytes) -> Body:
    try:
        parsed = json.loads(text or b"{}")
    except ValueError:
        return {"message": text[:200].decode(errors="replace")}
    return parsed if isinstance(parsed, dict) else {}
