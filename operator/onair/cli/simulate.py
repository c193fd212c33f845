"""`onair simulate`: what campaigns would have saved on a team's own traffic, and at which cost."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated, Any

import click

from onair.cli import inputs, options, plotting, scalars, sweeps, times
from onair.cli.posing import Told, pose
from onair.cli.simulated import lines
from onair.cli.tracing import trace_option
from onair.model.quantities import duration, quantity
from onair.model.status import stamp
from onair.simulation.reports import report
from onair.simulation.settings import NODE_WAIT, START_UP
from onair.simulation.simulating import simulate as simulated
from onair.simulation.sweep import sweep as swept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onair.simulation.results import Simulation

_LENGTH = Annotated[timedelta, duration("0s", "1h")]


@click.command()
@inputs.files(required=True)
@trace_option
@click.option(
    "--time-zone",
    "where",
    metavar="ZONE",
    callback=times.said_zone,
    help="Of the trace's times that name none, and of what is said and shown.",
)
@click.option(
    "--from",
    "since",
    metavar="TIME",
    callback=times.said_date,
    help="Where the simulation begins; with the trace if absent. What is before is history.",
)
@click.option(
    "--until",
    metavar="TIME",
    callback=times.said_date,
    help="Where it ends, a date included; with the trace if absent.",
)
@click.option(
    "--speed",
    type=scalars.Whole(1, 1000),
    default=1,
    show_default=True,
    help="How many times as fast the crowd comes; pods, nodes and leads take as long as ever.",
)
@click.option("--target", metavar="NAME", help="The workload, where campaigns aim at several.")
@click.option(
    "--capacity",
    metavar="NUMBER",
    callback=scalars.said(Annotated[Fraction, quantity("1", "1G")]),
    help="Requests/s at which a replica is full; perReplica / 70 %, or an HPA's %, if absent.",
)
@click.option(
    "--start-up",
    metavar="DURATION",
    callback=scalars.said(_LENGTH),
    help=f"From a pod's place on a node until it is Ready; {START_UP:g}s if absent.",
)
@click.option(
    "--node-wait",
    metavar="DURATION",
    callback=scalars.said(_LENGTH),
    help=f"Until there is a node where there is no room; {NODE_WAIT:g}s if absent.",
)
@click.option(
    "--hpa",
    type=click.Choice(("cpu", "rate")),
    help="What the HPA beneath a floor looks at; as its manifest says, else cpu.",
)
@click.option(
    "--cron",
    metavar="REPLICAS",
    type=scalars.Whole(1, 100_000),
    help="The size of the cron job to compare with; the campaigns' highest floor if absent.",
)
@click.option(
    "--sweep",
    metavar="headroom=0..100%|lead=0..20m",
    callback=sweeps.said_sweep,
    help="Try OnAir at several settings, and say which to choose.",
)
@click.option(
    "--plot",
    metavar="FILE",
    callback=plotting.said_plot,
    help="Draw it, too: FILE.svg or FILE.png.",
)
@options.max_replicas_per_target
@click.option(
    "-n",
    "--namespace",
    metavar="NAME",
    default="default",
    show_default=True,
    callback=options.said_namespace,
    help="The namespace of what names none.",
)
@options.output("docs/reference/simulation-schema.json")
def simulate(**told: Any) -> None:  # noqa: ANN401 - the options are the fields of Told
    """Show what campaigns would have saved on past traffic, and at which cost.

    The trace is requests over time: CSV with a header, or what query_range of Prometheus answers.
    The files have campaigns, their TargetSets and, if you like, the target's HPA.

    Exits with 1 if a manifest is refused, with 2 if an option is wrong or a file cannot be read.

    \b
    Examples:
      onair simulate shop.yaml --trace november.csv
      onair simulate shop.yaml hpa.yaml --trace november.csv --speed 10 --plot november.svg
      onair simulate shop.yaml --trace november.csv --sweep headroom=0..100%
    """  # noqa: D301 - click's mark for lines to leave alone
    said = Told(**told)
    posed = pose(said)
    found = simulated(posed.scene)
    sweep = swept(posed.scene, said.sweep) if said.sweep else None
    made = report(posed.scene, found, posed.hpa_known_from, sweep)
    for note in _limited(made):
        click.echo(f"note: {note}", err=True)
    if said.plot:
        plotting.plot(said.plot, found, made, posed.where)
    if said.output == "json":
        click.echo(made.model_dump_json(by_alias=True, indent=2).encode())
        return
    for line in lines(made, posed.where, get_terminal_size().columns):
        click.echo(line)


def _limited(simulation: Simulation) -> Iterator[str]:
    """Yield which limits keep OnAir's floor below what the campaigns ask for."""
    for each in simulation.limited_by:
        yield (
            f"{each.limit} keeps OnAir's floor at {each.floor:,} where the campaigns ask for"
            f" {each.required:,} replicas, from {stamp(each.at)} on"
        )
