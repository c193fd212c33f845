"""The kubeconfig, found as kubectl finds it, and what is wrong with it in plain words."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kubernetes.aio import config
from yaml import YAMLError

from onair.cluster.errors import ApiError

if TYPE_CHECKING:
    from kubernetes.aio.client import Configuration

_UNREADABLE = (AttributeError, KeyError, OSError, TypeError, ValueError, YAMLError)
"""What the client raises of a file that is no kubeconfig at all, beside its own error."""


async def load(settings: Configuration) -> None:
    """Take over from the current context how its cluster is reached.

    Raises:
        ApiError: when there is no kubeconfig, or none that can be used.
    """
    try:
        await config.load_kube_config(_paths(), client_configuration=settings)
    except config.ConfigException as error:
        raise ApiError(f"{error}; see `kubectl config view`") from error
    except _UNREADABLE as error:
        words = f"{_paths()} cannot be read as a kubeconfig; see `kubectl config view`"
        raise ApiError(words) from error


def namespace() -> str:
    """Return the namespace of the current context, as kubectl takes it: else `default`.

    Also where there is no context: whoever looks at the cluster then is told why not.
    """
    try:
        _, current = config.list_kube_config_contexts(_paths())
        return str(current["context"].get("namespace") or "default")
    except (ApiError, config.ConfigException, *_UNREADABLE):
        return "default"


def _paths() -> str:
    """Return where kubeconfigs are, of which at least one is there."""
    paths = os.environ.get("KUBECONFIG") or "~/.kube/config"
    if not any(Path(each).expanduser().exists() for each in paths.split(os.pathsep) if each):
        raise ApiError(f"there is no kubeconfig {paths}; let KUBECONFIG name yours")
    return paths
