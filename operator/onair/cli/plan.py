"""`onair plan`: what campaigns will raise, before anything happens."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

import click
import yaml

from onair.cli import inputs, options, times
from onair.cli.given import read, refuse, zone_of
from onair.cli.planned import lines
from onair.cli.texts import counted
from onair.clock import Clock
from onair.documents.texts import one_line
from onair.model.campaigns import CampaignSpec
from onair.model.errors import InvalidManifest
from onair.model.status import stamp
from onair.preview.announced import aimed, announce
from onair.preview.plans import incomplete, lacking, over, preview
from onair.preview.windows import LONGEST, Window, choose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from onair.cli.lookup import Cluster
    from onair.cli.manifests import Manifests
    from onair.model.targets import TargetSetSpec
    from onair.preview.announced import Announced
    from onair.preview.results import Plan


@click.command()
@inputs.files(required=False)
@click.option(
    "--cluster", is_flag=True, help="Plan what is in the cluster, with the files applied."
)
@options.namespace
@click.option("-A", "--all-namespaces", is_flag=True, help="Of the cluster, every namespace.")
@click.option(
    "--from",
    "since",
    metavar="TIME",
    callback=times.said_date,
    help="Where the plan begins, such as 2027-01-09 or 2027-01-09T20:30+01:00; now if absent.",
)
@click.option(
    "--until",
    metavar="TIME",
    callback=times.said_date,
    help="Where it ends, a date included; a week later if absent, or after the first airing.",
)
@click.option(
    "--time-zone",
    "where",
    metavar="ZONE",
    callback=times.said_zone,
    help="Of what is said and shown; the campaigns' own if they share one, or else UTC.",
)
@options.max_replicas_per_target
@click.option(
    "-o",
    "--output",
    type=click.Choice(("text", "json", "yaml")),
    default="text",
    show_default=True,
    help="json and yaml as docs/reference/plan-schema.json says.",
)
def plan(**told: Any) -> None:  # noqa: ANN401 - the options are the fields of _Told
    """Show what campaigns will raise, when and why.

    Nothing is changed, neither here nor in a cluster.

    Exits with 1 if a manifest is refused, with 2 if an option is wrong or not everything could be
    looked at: a file or the cluster cannot be read.

    \b
    Examples:
      onair plan wie-is-de-mol.yaml
      onair plan campaigns/*.yaml --from 2027-01-09 --until 2027-01-10
      onair plan --cluster -n tv new-campaign.yaml
      onair plan --cluster -A -o json
    """  # noqa: D301 - click's mark for lines to leave alone
    said = _Told(**told)
    namespace = options.namespace_of(said.namespace, cluster=said.cluster)
    given = _read(said, namespace)
    cluster = _look(said, given, namespace)
    found = (cluster.campaigns() if cluster else {}) | given.campaigns
    campaigns = {named: spec for named, spec in found.items() if isinstance(spec, CampaignSpec)}
    invalid = {named: why for named, why in found.items() if isinstance(why, InvalidManifest)}
    announced, refused = announce(campaigns, partial(_target_set, given, cluster))
    refuse(refused, given, partial(_target_set, given, cluster), looked=cluster is not None)
    shown = cluster.usual(aimed(announced)) if cluster else {}
    where = said.where or zone_of(announced)
    made = preview(announced, shown, said.max_replicas_per_target, said.window(announced, where))
    _print(made, said.output, where)
    for named, why in (invalid | refused).items():
        why_not = one_line(why.message)
        click.echo(f"{named.campaign} of the cluster is not planned: {why_not}", err=True)
    notes = [*_empty(said, given), *over(announced, made), *incomplete(made)]
    if cluster:
        notes += [*cluster.unread, *cluster.unsteered(aimed(announced))]
    for note in (*notes, *lacking(announced, shown, looked=said.cluster)):
        click.echo(f"note: {note}", err=True)


@dataclass(frozen=True, slots=True)
class _Told:
    """The options."""

    files: tuple[str, ...]
    cluster: bool
    namespace: str | None
    all_namespaces: bool
    since: date | datetime | None
    until: date | datetime | None
    where: ZoneInfo | None
    max_replicas_per_target: int
    output: str

    def window(self, announced: Sequence[Announced], where: ZoneInfo) -> Window:
        """Return the window that is said, what is not said of it chosen."""
        now = Clock.real_now().replace(microsecond=0)
        after = times.first_of(self.since, where) if self.since else now
        if self.until is None:
            return choose(announced, after)
        window = Window(after, times.last_of(self.until, where))
        if window.before <= after:
            raise click.UsageError("--until must come after --from, which is now if absent")
        if window.before - after > LONGEST:
            latest = stamp(after + LONGEST)
            raise click.UsageError(
                f"--until must come at most {LONGEST.days} days after --from, so by {latest}"
            )
        return window


def _read(said: _Told, namespace: str) -> Manifests:
    """Return what the files say; ends the command where lint would find errors."""
    if not said.files and not said.cluster:
        raise click.UsageError("name the files to plan, - for standard input, or say --cluster")
    return read(said.files, namespace)


def _empty(said: _Told, given: Manifests) -> Iterator[str]:
    """Yield that the files have no campaign, and what they have."""
    if said.files and not given.campaigns:
        found = [counted(len(given.target_sets), "TargetSet")] if given.target_sets else []
        if given.passed_over:
            found.append(f"{counted(given.passed_over, 'object')} of other kinds not looked at")
        yield "there is no campaign in what was given" + (": " * bool(found)) + ", ".join(found)


def _look(said: _Told, given: Manifests, namespace: str) -> Cluster | None:
    """Return what the cluster has in the namespaces that are asked for, None if it is not asked."""
    if not said.cluster:
        if said.all_namespaces:
            raise click.UsageError("--all-namespaces are those of a cluster: say --cluster, too")
        return None
    namespaces = set(given.namespaces)
    if said.namespace or not namespaces:
        namespaces.add(namespace)
    # The client takes a second to import, which files need not wait for.
    from onair.cli.lookup import look  # noqa: PLC0415

    return look(() if said.all_namespaces else sorted(namespaces))


def _target_set(
    given: Manifests, cluster: Cluster | None, namespace: str, name: str
) -> TargetSetSpec | InvalidManifest | None:
    """Return a TargetSet, as the files have it or else as the cluster has it."""
    known = given.target_sets.get((namespace, name))
    return known or (cluster.target_set(namespace, name) if cluster else None)


def _print(made: Plan, output: str, where: ZoneInfo) -> None:
    """Print a plan; for programs in UTF-8, whatever the terminal takes (RFC 8259, section 8.1)."""
    if output == "text":
        for line in lines(made, where, get_terminal_size().columns):
            click.echo(line)
    elif output == "json":
        click.echo(made.model_dump_json(by_alias=True, indent=2).encode())
    else:
        text = yaml.dump(
            made.document(), Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=100
        )
        click.echo(text.encode(), nl=False)
