"""Errors of the API server in our words; the client's own error stays chained as the cause."""

from __future__ import annotations


class ApiError(Exception):
    """A request that did not succeed; `status` is the HTTP status, 0 when no answer came."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class NotFoundError(ApiError):
    """There is no such object or kind."""


class ChangedError(ApiError):
    """A precondition failed or the value was refused (409, 422): read again, then decide again."""


class ExistsError(ChangedError):
    """The object to create is there already."""


class ForbiddenError(ApiError):
    """RBAC or an admission policy does not allow it."""


class UnreachableError(ApiError):
    """No answer: nobody knows whether the request was carried out."""


class BusyError(ApiError):
    """The API server asks to come back after `retry_after` seconds (429, 503)."""

    def __init__(self, message: str, status: int, retry_after: float) -> None:
        super().__init__(message, status)
        self.retry_after = retry_after


def from_status(status: int, reason: str, message: str, retry_after: float) -> ApiError:
    """Return the error for an HTTP status and the `reason` of a Kubernetes Status object."""
    if status in {429, 503}:
        return BusyError(message, status, retry_after)
    if reason == "AlreadyExists":
        return ExistsError(message, status)
    kinds = {403: ForbiddenError, 404: NotFoundError, 409: ChangedError, 422: ChangedError}
    return kinds.get(status, ApiError)(message, status)
