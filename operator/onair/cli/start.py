"""`onair start`: a campaign from now on, for a crowd that nobody announced."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import click

from onair.cli import options
from onair.clock import Clock
from onair.documents.writing import write
from onair.model import names
from onair.model.errors import InvalidManifest
from onair.model.parse import parse_campaign, parse_metadata
from onair.model.quantities import format_duration
from onair.model.status import stamp
from onair.model.targets import WarmUp

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

_OPTIONS: Final = (
    (r"metadata\.name", "NAME"),
    (r"spec\.load\.(requestsPerSecond|multiplier)", "--load"),
    (r"spec\.airtimes\[0\]\.duration", "--for"),
    (r"spec\.targetSets(\[\d+\]\.name)?", "--target-set"),
)
"""Which option says which field of the manifest."""


@click.command()
@click.argument("name")
@click.option(
    "--load",
    required=True,
    metavar="5k|4x",
    help="Requests/s at the peak, beside the usual ones; or 4x: four times the usual replicas.",
)
@click.option("--for", "duration", required=True, metavar="2h", help="How long it airs.")
@click.option(
    "--target-set",
    "target_sets",
    required=True,
    multiple=True,
    metavar="NAME",
    help="The TargetSet that carries the load; may be said again.",
)
@click.option(
    "-n",
    "--namespace",
    metavar="NAME",
    callback=options.said_namespace,
    help="The campaign's namespace; without it `kubectl apply` decides.",
)
@click.option("--cluster", is_flag=True, help="Create it in the cluster instead of printing it.")
def start(
    name: str,
    load: str,
    duration: str,
    target_sets: tuple[str, ...],
    namespace: str | None,
    *,
    cluster: bool,
) -> None:
    """Print a campaign from now on, with an end.

    The load is flat, and 30 % headroom is added to requests, as in every campaign. To end it
    sooner, stop it with `onair stop`.

    Exits with 1 if the cluster refuses it, with 2 if an option says what no campaign may say.

    \b
    Examples:
      onair start breaking-news --load 5k --for 2h --target-set news | kubectl apply -n tv -f -
      onair start breaking-news --load 4x --for 90m --target-set news -n tv --cluster
    """  # noqa: D301 - click's mark for lines to leave alone
    begins = Clock.real_now()
    body = _campaign(name, begins, load, duration, target_sets)
    if namespace:
        body["metadata"]["namespace"] = namespace
    try:
        parse_metadata(body)
        spec = parse_campaign(body)
    except InvalidManifest as error:
        raise click.UsageError(_in_options(error.faults)) from error
    if not cluster:
        click.echo(write([body]), nl=False)
        click.echo(_note(begins, WarmUp().lead, "if the lead is the usual one"), err=True)
        return
    if not namespace:
        raise click.UsageError("--cluster needs --namespace: say where to create the campaign")
    # The client takes a second to import, which printing need not wait for.
    from onair.cli.creating import create  # noqa: PLC0415

    lead = create(body, spec)
    click.echo(f"campaign {namespace}/{name} created")
    click.echo(_note(begins, lead, "by the lead of its TargetSets"), err=True)


def _campaign(
    name: str, begins: datetime, load: str, duration: str, target_sets: Sequence[str]
) -> dict[str, Any]:
    size = {"multiplier": load[:-1]} if load.endswith("x") else {"requestsPerSecond": load}
    return {
        "apiVersion": f"{names.GROUP}/{names.VERSION}",
        "kind": "Campaign",
        "metadata": {"name": name},
        "spec": {
            "airtimes": [{"name": "now", "start": stamp(begins), "duration": duration}],
            "load": {"shape": "Flat"} | size,
            "targetSets": [{"name": target_set} for target_set in target_sets],
        },
    }


def _in_options(faults: Sequence[str]) -> str:
    """Return what is wrong with a manifest in the words of the options that made it."""
    message = "; ".join(map(_with_an_x, faults))
    for field, option in _OPTIONS:
        message = re.sub(field, option, message)
    return message


def _with_an_x(fault: str) -> str:
    """Say of a load how many times is written here: a manifest has no x."""
    if fault.startswith("spec.load.multiplier: "):
        bounds, _, _ = fault.partition(", such as")
        return f"{bounds} and an x, such as 4x or 1.5x"
    if fault.startswith("spec.load.requestsPerSecond: "):
        return f"{fault}; or with a small x, such as 4x, so many times the usual replicas"
    return fault


def _note(begins: datetime, lead: timedelta, whose: str) -> str:
    return (
        "There is no time to warm up: the crowd can be served from about"
        f" {stamp(begins + lead)} on ({whose}, {format_duration(lead)})."
    )
