"""A plain JSON client for tests: blocking, as the administrator or as anybody else."""

from __future__ import annotations

import base64
import json
import ssl
from http.client import HTTPSConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from pathlib import Path

Body = dict[str, Any]

PATHS = {
    "Campaign": "/apis/onair.dev/v1alpha1/namespaces/{}/campaigns",
    "ControllerRevision": "/apis/apps/v1/namespaces/{}/controllerrevisions",
    "Deployment": "/apis/apps/v1/namespaces/{}/deployments",
    "Event": "/api/v1/namespaces/{}/events",
    "HorizontalPodAutoscaler": "/apis/autoscaling/v2/namespaces/{}/horizontalpodautoscalers",
    "Pod": "/api/v1/namespaces/{}/pods",
    "ResourceQuota": "/api/v1/namespaces/{}/resourcequotas",
    "Role": "/apis/rbac.authorization.k8s.io/v1/namespaces/{}/roles",
    "RoleBinding": "/apis/rbac.authorization.k8s.io/v1/namespaces/{}/rolebindings",
    "ServiceAccount": "/api/v1/namespaces/{}/serviceaccounts",
    "StatefulSet": "/apis/apps/v1/namespaces/{}/statefulsets",
    "TargetSet": "/apis/onair.dev/v1alpha1/namespaces/{}/targetsets",
}

MERGE = "application/merge-patch+json"
APPLY = "application/apply-patch+yaml"


class RefusedError(Exception):
    """The API server refused a request; `status` is the HTTP status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Api:
    """Requests to one API server with what a kubeconfig of `tests.cluster` says."""

    def __init__(self, kubeconfig: Path) -> None:
        config = json.loads(kubeconfig.read_text())
        cluster, user = config["clusters"][0]["cluster"], config["users"][0]["user"]
        authority = base64.b64decode(cluster["certificate-authority-data"]).decode()
        self._address = urlsplit(cluster["server"])
        self._trust = ssl.create_default_context(cadata=authority)
        self._token = user["token"]
        self._connection: HTTPSConnection | None = None

    def get(self, kind: str, namespace: str, name: str) -> Body:
        """Read one object."""
        return self.request("GET", f"{PATHS[kind].format(namespace)}/{name}")

    def find(self, kind: str, namespace: str, name: str) -> Body | None:
        """Read one object, None where there is none."""
        try:
            return self.get(kind, namespace, name)
        except RefusedError as error:
            if error.status == 404:
                return None
            raise

    def list(self, kind: str, namespace: str, **query: str) -> list[Body]:
        """Read all objects of a kind."""
        items = self.request("GET", PATHS[kind].format(namespace), query=query)["items"]
        return list(items)

    def create(self, body: Body, namespace: str, manager: str = "kubectl-create") -> Body:
        """Create an object, as kubectl create does."""
        path = PATHS[body["kind"]].format(namespace)
        return self.request("POST", path, body, query={"fieldManager": manager})

    def patch(
        self, kind: str, namespace: str, name: str, body: Body, manager: str = "kubectl-patch"
    ) -> Body:
        """Merge a patch into an object; `name` may end in a subresource."""
        path = f"{PATHS[kind].format(namespace)}/{name}"
        return self.request("PATCH", path, body, query={"fieldManager": manager}, content=MERGE)

    def apply(self, body: Body, namespace: str, manager: str, *, force: bool = False) -> Body:
        """Apply an object server-side."""
        path = f"{PATHS[body['kind']].format(namespace)}/{body['metadata']['name']}"
        query = {"fieldManager": manager, "force": str(force).lower()}
        return self.request("PATCH", path, body, query=query, content=APPLY)

    def delete(self, kind: str, namespace: str, name: str) -> None:
        """Delete an object."""
        self.request("DELETE", f"{PATHS[kind].format(namespace)}/{name}")

    def request(
        self,
        method: str,
        path: str,
        body: Body | None = None,
        *,
        query: dict[str, str] | None = None,
        content: str = "application/json",
    ) -> Body:
        """Send a request and return the answer.

        Raises:
            RefusedError: for every status of 400 and above.
        """
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": content}
        text = None if body is None else json.dumps(body)
        url = f"{path}?{urlencode(query)}" if query else path
        status, answer = self._exchange(method, url, text, headers)
        if status >= 400:
            raise RefusedError(status, answer.get("message", ""))
        return answer

    def _exchange(
        self, method: str, url: str, text: str | None, headers: dict[str, str]
    ) -> tuple[int, Body]:
        for fresh in (False, True):
            if self._connection is None or fresh:
                host, port = self._address.hostname or "", self._address.port
                self._connection = HTTPSConnection(host, port, context=self._trust, timeout=30)
            try:
                self._connection.request(method, url, text, headers)
                response = self._connection.getresponse()
                return response.status, json.loads(response.read() or b"{}")
            except (ConnectionError, OSError):
                if fresh:
                    raise
        raise AssertionError("the second try returns or raises")
