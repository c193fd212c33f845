"""`onair restore`: give everything back without the operator, or instead of it."""

from __future__ import annotations

import asyncio
import logging
import signal
from secrets import token_hex
from typing import TYPE_CHECKING

import click

from onair.cli import options
from onair.clock import Clock
from onair.cluster.client import KubeApi
from onair.cluster.errors import ApiError, NotFoundError
from onair.cluster.lease import LeaseHeldError, LeaseLostError
from onair.cluster.lease_record import DURATION, LEFT_HELD
from onair.cluster.taking import TakingLease
from onair.leaving import take_leave
from onair.restorer import Restorer

if TYPE_CHECKING:
    from collections.abc import Coroutine


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
@click.option(
    "--take-over",
    is_flag=True,
    help=f"Take the Lease from a running operator, which stands by, and keep it for {LEFT_HELD} s "
    "after success: before an uninstall.",
)
def restore(
    namespaces: tuple[str, ...],
    lease_namespace: str,
    identity: str,
    timeout: int,
    *,
    take_over: bool,
) -> None:
    """Give every owner back what OnAir has raised.

    Refused while an operator runs, which would raise again, unless it is to be taken over. Works
    without the CRDs.

    \b
    Examples:
      onair restore --namespaces tv --lease-namespace tv
    """  # noqa: D301 - click's mark for lines to leave alone
    logging.basicConfig(format="%(levelname)s %(message)s", level="WARNING")
    work = _restore(namespaces, lease_namespace, identity, timeout, take_over=take_over)
    try:
        asyncio.run(_unless_stopped(work))
    except LeaseHeldError as error:
        raise click.ClickException(
            f"{error}; stop the operator first (a restore: let it end), or take the Lease from it "
            "with --take-over"
        ) from error
    except LeaseLostError as error:
        raise click.ClickException(f"{error}; run `onair restore` again") from error
    except NotFoundError as error:  # only the Lease's own namespace can be missing here
        raise click.ClickException(
            f"{error}; name a namespace that exists with --lease-namespace"
        ) from error
    except ApiError as error:
        raise click.ClickException(
            f"{error}; nothing was lost, run `onair restore` again"
        ) from error


async def _unless_stopped(work: Coroutine[None, None, None]) -> None:
    """Await the work; SIGTERM and SIGINT end it in order, which releases the Lease."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        raise click.ClickException(
            "stopped before everything was back; run `onair restore` again"
        ) from None


async def _restore(
    namespaces: tuple[str, ...],
    lease_namespace: str,
    identity: str,
    patience: float,
    *,
    take_over: bool,
) -> None:
    api = await KubeApi.connect()
    name = f"{identity}-restore-{token_hex(4)}"
    lease = TakingLease(api, lease_namespace, name, Clock.real_now)
    fenced = api.fenced(lease.until)

    async def give_back(pause: float) -> list[str]:
        await asyncio.sleep(pause)
        restorer = Restorer(fenced, lease, namespaces, Clock.real_now, click.echo)
        kept = await restorer.run(patience, together=take_over)
        if not kept:
            await take_leave(fenced, lease, namespaces, Clock.real_now())
        return kept

    try:
        if take_over:
            pause = await lease.take_over(patience=DURATION)
        else:
            await lease.acquire(patience=DURATION + 1)
            pause = 0.0
        kept = await _while_kept(lease, give_back(pause))
        if take_over and not kept:
            await lease.leave(LEFT_HELD)
    finally:
        await lease.release()  # which leaves a Lease alone that is not ours any more
        await api.close()
    _say(kept)


async def _while_kept(lease: TakingLease, work: Coroutine[None, None, list[str]]) -> list[str]:
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


def _say(kept: list[str]) -> None:
    for line in kept:
        click.echo(line, err=True)
    if kept:
        raise click.ClickException("not everything is back; run `onair restore` again later")
