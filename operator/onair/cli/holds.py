"""`onair holds`: what is held, for whom, and what goes back; nothing is changed."""

from __future__ import annotations

import click

from onair.cli import options
from onair.cli.held import lines
from onair.cli.leases import nobody_at_work
from onair.cli.ledgers import look


@click.command()
@options.namespace_there
@click.option("-A", "--all-namespaces", is_flag=True, help="Look in every namespace.")
@options.lease_namespace
@options.output("docs/reference/holds-schema.json")
def holds(
    namespace: str | None, lease_namespace: str, output: str, *, all_namespaces: bool
) -> None:
    """Show what OnAir holds, for whom, and what goes back.

    Nothing is changed. Works without the CRDs and without an operator. Times are UTC.

    Exits with 0 whether anything is held or not, with 2 if an option is wrong or the cluster
    cannot be looked at.

    \b
    Examples:
      onair holds -n tv
      onair holds --all-namespaces -o json
    """  # noqa: D301 - click's mark for lines to leave alone
    looked_in = () if all_namespaces else (options.namespace_of(namespace, cluster=True),)
    found, unread = look(looked_in, lease_namespace)
    if output == "json":
        click.echo(found.model_dump_json(by_alias=True, indent=2).encode())
    else:
        for line in lines(found):
            click.echo(line)
    for note in (*unread, *nobody_at_work(found.operator)):
        click.echo(f"note: {note}", err=True)
