"""`onair run`: the operator."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import click

from onair.cli import options
from onair.clock import Clock, wall_clock
from onair.cluster.client import KubeApi
from onair.cluster.errors import ApiError
from onair.runtime import Runtime
from onair.settings import Settings

log = logging.getLogger(__name__)


def _clock(_context: click.Context, _option: click.Parameter, text: str | None) -> Clock:
    if text is None:
        return wall_clock()
    if options.in_pod():
        raise click.BadParameter("only for demonstrations and tests, never in a pod")
    try:
        return Clock.parse(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@click.command()
@options.namespaces
@options.lease_namespace
@options.identity
@click.option(
    "--clock",
    metavar="CALENDAR=REAL@SPEED",
    callback=_clock,
    help="Run the calendar elsewhere and faster, for demonstrations and tests.",
)
@click.option(
    "--mode",
    "observes",
    type=click.Choice(("enforce", "observe")),
    callback=lambda _context, _option, mode: mode == "observe",
    default="enforce",
    show_default=True,
    help="`observe` plans, judges and reports, and writes to no target.",
)
@options.max_replicas_per_target
@click.option(
    "--listen",
    metavar="HOST:PORT",
    default="127.0.0.1:8080",
    show_default=True,
    help="Where /healthz, /readyz and /metrics are; `:8080` is every address, IPv4 and IPv6.",
)
def run(**told: Any) -> None:  # noqa: ANN401 - the options are the fields of Settings
    """Run the operator until it is told to stop.

    Of several that share a Lease one writes; the others stand by and go on when it ends.

    \b
    Examples:
      onair run --namespaces tv --lease-namespace tv
    """  # noqa: D301 - click's mark for lines to leave alone
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level="INFO")
    logging.getLogger("kopf").setLevel("CRITICAL")  # onair.lists and onair.handlers say it
    settings = Settings(**told)
    try:
        asyncio.run(_run(settings))
    except* (ApiError, RuntimeError, OSError) as errors:
        reasons = "; ".join(str(error) for error in errors.exceptions)
        raise click.ClickException(reasons) from errors


async def _run(settings: Settings) -> None:
    stop = asyncio.Event()
    api = await KubeApi.connect()
    try:
        await Runtime(api, settings).run(stop)
    finally:
        await api.close()
