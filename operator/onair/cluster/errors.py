"""Errors of the API server in our words; the client's own error stays chained as the cause."""

from __future__ import annotations

import re

REFUSED = re.compile(
    r'cannot (?P<verb>\S+) resource "(?P<plural>[^"/]+)(?P<subresource>/[^"]+)?" '
    r'in API group "(?P<group>[^"]*)" '
    r'(in the namespace "(?P<namespace>[^"]+)"|at the cluster scope)'
)
"""How the API server says that RBAC refuses a request (k8s.io/apiserver,
pkg/endpoints/handlers/responsewriters/errors.go)."""


class ApiError(Exception):
    """A request that did not succeed; `status` is the HTTP status, 0 when no answer came."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class NotFoundError(ApiError):
    """There is no such object or kind."""


class ChangedError(ApiError):
    """A precondition failed or the value was refused (409, 422): read again, then decide again."""


class MutatedError(ChangedError):
    """What was written stands otherwise: something in the cluster has changed it on its way."""


class ExistsError(ChangedError):
    """The object to create is there already."""


class ForbiddenError(ApiError):
    """RBAC or an admission policy does not allow it."""


class MissingRightError(ForbiddenError):
    """RBAC does not allow it; the message names the right, and nothing that it was needed for."""


class UnreachableError(ApiError):
    """No answer: nobody knows whether the request was carried out."""


class BusyError(ApiError):
    """The API server asks to come back after `retry_after` seconds."""

    def __init__(self, message: str, status: int, retry_after: float) -> None:
        super().__init__(message, status)
        self.retry_after = retry_after


def from_status(status: int, reason: str, message: str, retry_after: float | None) -> ApiError:
    """Return the error for an HTTP status and the `reason` of a Kubernetes Status object.

    `retry_after` are the seconds after which the server asks to come back, None if it does not.
    """
    if retry_after is not None:
        return BusyError(message, status, retry_after)
    refused = REFUSED.search(message) if status == 403 else None  # noqa: PLR2004 - HTTP's Forbidden
    if refused:
        what = (refused["plural"], refused["group"], refused["subresource"] or "")
        named = missing_right(refused["verb"], *what, namespace=refused["namespace"])
        return MissingRightError(named, status)
    if reason == "AlreadyExists":
        return ExistsError(message, status)
    kinds = {403: ForbiddenError, 404: NotFoundError, 409: ChangedError, 422: ChangedError}
    return kinds.get(status, ApiError)(message, status)


def missing_right(
    verb: str, plural: str, group: str, subresource: str = "", *, namespace: str | None
) -> str:
    """Name a right that is missing, whatever object it was needed for.

    Such as `OnAir has no right to patch deployments.apps/scale in namespace tv`.
    """
    what = f"{plural}.{group}" if group else plural
    where = f"in namespace {namespace}" if namespace else "in all namespaces"
    return f"OnAir has no right to {verb} {what}{subresource} {where}"
