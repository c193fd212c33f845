"""`onair restore`: give everything back without the operator."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import click

from onair.cli import options
from onair.clock import Clock
from onair.cluster.client import KubeApi
from onair.cluster.errors import ApiError
from onair.cluster.lease import DURATION, Lease, LeaseHeldError, LeaseLostError
from onair.restorer import Restorer

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from onair.plan.observed import TargetKey


@click.command()
@options.namespaces
@options.lease_namespace
@options.identity
@click.option(
    "--timeout",
    type=click.IntRange(1, 3600),
    default=300,
    show_default=True,
    help="Seconds to wait for crowds to leave.",
)
def restore(namespaces: tuple[str, ...], lease_namespace: str, identity: str, timeout: int) -> None:
    """Give every owner back what OnAir has raised; for when the operator is gone.

    Refused while an operator runs: it would raise again. Works without the CRDs.

    Example: onair restore --namespaces tv --lease-namespace tv
    """
    logging.basicConfig(format="%(levelname)s %(message)s", level="WARNING")
    try:
        asyncio.run(_restore(namespaces, lease_namespace, identity, timeout))
    except (LeaseHeldError, LeaseLostError) as error:
        raise click.ClickException(f"{error}; stop the operator first") from error
    except ApiError as error:
        raise click.ClickException(
            f"{error}; nothing was lost, run `onair restore` again"
        ) from error


async def _restore(
    namespaces: tuple[str, ...], lease_namespace: str, identity: str, patience: float
) -> None:
    api = await KubeApi.connect()
    lease = Lease(api, lease_namespace, f"{identity}-restore", Clock.real_now)
    try:
        await lease.acquire(patience=DURATION + 1)
        try:
            restorer = Restorer(api, lease, namespaces, Clock.real_now, click.echo)
            kept = await _while_kept(lease, restorer.run(patience))
        finally:
            await lease.release()
    finally:
        await api.close()
    _say(kept)


async def _while_kept(
    lease: Lease, work: Coroutine[None, None, dict[TargetKey, str]]
) -> dict[TargetKey, str]:
    """Do the work under the Lease; its loss ends the work."""
    working, keeping = asyncio.ensure_future(work), asyncio.ensure_future(lease.keep())
    try:
        await asyncio.wait((working, keeping), return_when=asyncio.FIRST_COMPLETED)
        if keeping.done():
            keeping.result()
        return working.result()
    finally:
        working.cancel()
        keeping.cancel()
        await asyncio.gather(working, keeping, return_exceptions=True)


def _say(kept: dict[TargetKey, str]) -> None:
    for key, why in kept.items():
        click.echo(f"{key.namespace}: {key.kind} {key.name} is not back yet: {why}", err=True)
    if kept:
        raise click.ClickException("not everything is back; run `onair restore` again later")
