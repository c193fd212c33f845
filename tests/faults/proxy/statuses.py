"""Status objects as the API server words them (k8s.io/apimachinery, pkg/api/errors/errors.go)."""

from __future__ import annotations

import json
from typing import Any, Final

_WORDS: Final = {
    403: ("Forbidden", 'admission webhook "policy.example" denied the request: not now'),
    410: ("Expired", "too old resource version: 1 (2)"),
    429: ("TooManyRequests", "Too many requests, please try again later."),
    500: ("InternalError", "Internal error occurred: etcdserver: request timed out"),
    503: ("ServiceUnavailable", "apiserver is shutting down"),
    504: ("Timeout", "Timeout: request did not complete within the requested timeout"),
}

CODES: Final = frozenset(_WORDS)
"""The HTTP statuses for which there is one."""


def status(code: int) -> dict[str, Any]:
    """Return the Status of a failure.

    Raises:
        KeyError: for a code that is none of CODES.
    """
    reason, message = _WORDS[code]
    return {
        "kind": "Status",
        "apiVersion": "v1",
        "metadata": {},
        "status": "Failure",
        "message": message,
        "reason": reason,
        "code": code,
    }


def error_event(code: int) -> bytes:
    """Return the line of a watch that says why it ends."""
    return json.dumps({"type": "ERROR", "object": status(code)}).encode() + b"\n"
