"""`onair fit`: what past airings say about the load of the next."""

from __future__ import annotations

from shutil import get_terminal_size
from typing import TYPE_CHECKING, Final

import click

from onair.cli import given, options, times, tracing
from onair.cli.chart import NARROWEST
from onair.cli.fitted import lines
from onair.documents.writing import write
from onair.fitting.fitting import fit as fitted
from onair.fitting.manifests import campaigns
from onair.schedule.zones import zone

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from onair.cli.manifests import Manifests
    from onair.fitting.fitting import Fit
    from onair.plan.aims import Named

_WIDEST: Final = 96


@click.command()
@tracing.trace_option
@click.option(
    "--calendar",
    required=True,
    metavar="FILE",
    type=click.Path(allow_dash=True),
    help="Campaigns that have aired, as `onair import` prints them; each is a class of its own.",
)
@options.namespace
@click.option(
    "--time-zone",
    "where",
    metavar="ZONE",
    callback=times.said_zone,
    help="Of what is shown, and of times in the trace that say none.",
)
@click.option(
    "-o",
    "--output",
    type=click.Choice(("text", "campaigns")),
    default="text",
    show_default=True,
    help="campaigns: the calendar again, each airing with the load known six hours before.",
)
def fit(
    trace: str, calendar: str, namespace: str | None, where: ZoneInfo | None, output: str
) -> None:
    """Fit the load of campaigns to what came in the past.

    The crowd of every airing in the trace is what came beyond the usual load. From those of one
    campaign follow the size and the curve of the next, and how wrong such forecasts would have
    been, each made six hours before its airing. The campaigns that -o campaigns prints can be given
    to `onair simulate`; an airing with no past keeps the load that was announced.

    Exits with 1 if a manifest is refused or no airing is in the trace, with 2 if a file cannot be
    read.

    \b
    Examples:
      onair fit --trace requests.csv --calendar campaigns.yaml
      onair fit --trace requests.csv --calendar campaigns.yaml -o campaigns > fitted.yaml
    """  # noqa: D301 - click's mark for lines to leave alone
    if trace == calendar == "-":
        raise click.UsageError("standard input can be the trace or the calendar, not both")
    said = given.read([calendar], options.namespace_of(namespace, cluster=False))
    if not said.campaigns:
        raise click.UsageError(
            f"{calendar}: there is no campaign in it; make some of a media plan or a calendar with"
            " onair import"
        )
    read = tracing.read_trace(trace, where)
    for note in read.notes:
        click.echo(f"note: {note}", err=True)
    found = fitted(read.trace, said.campaigns)
    if output == "campaigns":
        _print_campaigns(said, found)
    else:
        _print_text(said, found, where)
    if not any(each.load for each in found.values()):
        raise click.exceptions.Exit(1)


def _print_campaigns(said: Manifests, found: dict[Named, Fit]) -> None:
    taken = {named.name for named in found}
    bodies = [
        body
        for named, each in found.items()
        for body in campaigns(said.places[named].body, each, taken)
    ]
    click.echo(write(bodies), nl=False)


def _print_text(said: Manifests, found: dict[Named, Fit], where: ZoneInfo | None) -> None:
    width = min(max(get_terminal_size().columns, NARROWEST), _WIDEST)
    for number, (named, each) in enumerate(found.items()):
        if number:
            click.echo()
        shown = where or zone(said.campaigns[named].time_zone)
        for line in lines(named, each, shown, width):
            click.echo(line)
