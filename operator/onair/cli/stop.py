"""`onair stop`: suspend a campaign, and say what follows."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click
from pydantic import TypeAdapter, ValidationError

from onair.cli import options
from onair.cli.leases import nobody_at_work, operator_of
from onair.cli.reaching import plainly
from onair.cli.stopped import follows, taken_up, unknown
from onair.cli.suspending import Suspended, suspend
from onair.cli.times import shown
from onair.clock import Clock
from onair.cluster.client import KubeApi
from onair.cluster.errors import ApiError
from onair.documents.texts import one_line
from onair.model.texts import ObjectName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onair.preview.holds import Operator


def _said_name(_context: click.Context, _argument: click.Parameter, name: str) -> str:
    try:
        return TypeAdapter(ObjectName).validate_python(name)
    except ValidationError as error:
        raise click.UsageError(f"CAMPAIGN: {error.errors()[0]['msg']}") from error


@click.command()
@click.argument("name", metavar="CAMPAIGN", callback=_said_name)
@options.namespace_there
@click.option("--now", is_flag=True, help="Leave out the cool-down, crowd or no crowd.")
@options.lease_namespace
def stop(name: str, namespace: str | None, lease_namespace: str, *, now: bool) -> None:
    """Suspend a campaign, which gives back what it has raised.

    Its floors cool down as after an airing. With --now what it alone has raised falls as soon as
    the operator sees it. What other campaigns need stays. Nothing is asked first.

    Exits with 1 if the campaign is not there or suspended already, or if the cluster refuses or
    cannot be reached, with 2 if an option is wrong.

    \b
    Examples:
      onair stop wie-is-de-mol -n tv
      onair stop wie-is-de-mol -n tv --now
    """  # noqa: D301 - click's mark for lines to leave alone
    where = options.namespace_of(namespace, cluster=True)
    try:
        done, operator = asyncio.run(_stop(where, name, lease_namespace, at_once=now))
    except ApiError as error:
        raise click.ClickException(plainly(error)) from error
    at = Clock.real_now().replace(microsecond=0)
    click.echo(f"campaign {where}/{name} suspended at {shown(at, done.zone)} ({done.zone.key})")
    if not done.unread:
        for line in follows(done.world, f"{where}/{name}", at, None if now else done.zone):
            click.echo(one_line(line))
    click.echo(f"To take it up again: {taken_up(where, name, at_once=now)}")
    for note in (*_not_known(done), *nobody_at_work(operator), *_not_kept(done)):
        click.echo(one_line(f"note: {note}"), err=True)


async def _stop(
    namespace: str, name: str, lease_namespace: str, *, at_once: bool
) -> tuple[Suspended, Operator]:
    api = await KubeApi.connect()
    try:
        done = await suspend(api, namespace, name, at_once=at_once)
        return done, await operator_of(api, lease_namespace)
    finally:
        await api.close()


def _not_known(done: Suspended) -> Iterator[str]:
    """Yield what nobody can say of what is held."""
    if done.unread:
        yield f"what is held for it cannot be seen: {done.unread}"
    for key in unknown(done.world):
        what = f"{key.kind} {key.namespace}/{key.name}"
        yield f"nobody knows for whom {what} is held; `onair holds -n {key.namespace}` says more"


def _not_kept(done: Suspended) -> Iterator[str]:
    """Yield who may take the campaign up again."""
    if done.sayers:
        yield (
            f"{' and '.join(done.sayers)} has said before whether it is suspended, and may say it"
            " again: suspend it there, too"
        )
