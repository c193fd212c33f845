"""Options and messages that several commands share."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from pydantic import TypeAdapter, ValidationError

from onair.model.texts import Name

if TYPE_CHECKING:
    from collections.abc import Callable

POD_NAMESPACE = Path("/var/run/secrets/kubernetes.io/serviceaccount/namespace")

Command = Any


def namespaces(command: Callable[..., Any]) -> Command:
    """Add `--namespaces`."""
    return click.option(
        "--namespaces",
        metavar="A,B",
        default="",
        callback=lambda _context, _option, text: tuple(filter(None, text.split(","))),
        help="Only these namespaces; all of them if absent.",
    )(command)


def lease_namespace(command: Callable[..., Any]) -> Command:
    """Add `--lease-namespace`."""
    return click.option(
        "--lease-namespace",
        default=_own_namespace,
        show_default="the pod's, else onair-system",
        help="Where the Lease is by which one operator at a time writes.",
    )(command)


def identity(command: Callable[..., Any]) -> Command:
    """Add `--identity`."""
    return click.option(
        "--identity",
        default=socket.gethostname,
        show_default="the host's name",
        help="The Lease's holder; a successor of the same name takes it over at once.",
    )(command)


def max_replicas_per_target(command: Callable[..., Any]) -> Command:
    """Add `--max-replicas-per-target`."""
    return click.option(
        "--max-replicas-per-target",
        type=click.IntRange(1, 100_000),
        default=500,
        show_default=True,
        help="Nothing is raised above this, whoever asks.",
    )(command)


def namespace(command: Callable[..., Any]) -> Command:
    """Add `--namespace`."""
    return click.option(
        "-n",
        "--namespace",
        metavar="NAME",
        callback=said_namespace,
        help="The namespace of what names none; with --cluster that of the kubeconfig's context"
        " if absent, else default.",
    )(command)


def namespace_there(command: Callable[..., Any]) -> Command:
    """Add `--namespace` to a command that is about a cluster and nothing else."""
    return click.option(
        "-n",
        "--namespace",
        metavar="NAME",
        callback=said_namespace,
        help="Where it is; the namespace of the kubeconfig's context if absent, else default.",
    )(command)


def output(described: str) -> Callable[[Command], Command]:
    """Add `--output`; `described` is the file that says what is in the JSON."""
    return click.option(
        "-o",
        "--output",
        type=click.Choice(("text", "json")),
        default="text",
        show_default=True,
        help=f"json as {described} says.",
    )


def said_namespace(
    _context: click.Context, _option: click.Parameter, name: str | None
) -> str | None:
    """Return the namespace that an option names, None if it is absent."""
    try:
        return TypeAdapter(Name | None).validate_python(name)
    except ValidationError as error:
        raise click.UsageError(f"--namespace: {error.errors()[0]['msg']}") from error


def namespace_of(said: str | None, *, cluster: bool) -> str:
    """Return the namespace of what names none: what is said, or with a cluster kubectl's own."""
    if said or not cluster:
        return said or "default"
    if in_pod():
        return POD_NAMESPACE.read_text().strip()
    # The client takes a second to import, which files need not wait for.
    from onair.cluster import kubeconfig  # noqa: PLC0415

    return kubeconfig.namespace()


def in_pod() -> bool:
    """Tell whether this process runs in a pod."""
    return POD_NAMESPACE.exists()


def _own_namespace() -> str:
    return POD_NAMESPACE.read_text().strip() if in_pod() else "onair-system"
