"""`onair lint`: what is wrong with manifests, before anybody applies them."""

from __future__ import annotations

import dataclasses
import json
from functools import partial
from typing import TYPE_CHECKING

import click

from onair.cli import inputs, options
from onair.cli.texts import counted
from onair.clock import Clock
from onair.lint import lint as linted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from onair.cli.lookup import Cluster
    from onair.documents import Documents
    from onair.lint import Linted
    from onair.lint.context import Found
    from onair.model.campaigns import CampaignSpec
    from onair.model.errors import InvalidManifest
    from onair.plan.aims import Named
    from onair.plan.observed import TargetKey

_COLOURS = {"error": "red", "warning": "yellow"}


@click.command()
@inputs.files(required=True)
@click.option(
    "--cluster",
    is_flag=True,
    help="Look in the cluster, too: for TargetSets, workloads and other campaigns.",
)
@options.namespace
@options.max_replicas_per_target
@options.output("docs/lint.md")
@click.pass_context
def lint(
    context: click.Context,
    files: Sequence[str],
    namespace: str | None,
    max_replicas_per_target: int,
    output: str,
    *,
    cluster: bool,
) -> None:
    """Say what is wrong with manifests, and where.

    Errors are what the API server or the operator would refuse, warnings what is hardly meant.

    Exits with 0 if nothing would be refused, with 1 if something would, with 2 if not everything
    could be looked at: a file or the cluster cannot be read, or there is no object at all.

    \b
    Examples:
      onair lint wie-is-de-mol.yaml
      onair lint campaigns/*.yaml -o json
      helm template . | onair lint -
      onair lint --cluster -n tv new-campaign.yaml
    """  # noqa: D301 - click's mark for lines to leave alone
    given, unread = _read(files)
    where = options.namespace_of(namespace, cluster=cluster)
    told = partial(linted, given, Clock.real_now(), namespace=where, most=max_replicas_per_target)
    seen = _Seen() if cluster else None
    try:
        found = told(elsewhere=seen)
    except click.ClickException as error:
        unread.append(error.message)
        found = told()
    if output == "json":
        click.echo(json.dumps([dataclasses.asdict(each) for each in found.findings], indent=2))
    else:
        for finding in found.findings:
            click.echo(_coloured(str(finding), finding.severity))
    for note in (*found.notes, *(seen.unread if seen else ())):
        click.echo(f"note: {note}", err=True)
    if not any(file.documents or file.errors for file in given) and not unread:
        unread.append("there is no object in what was given")
    for words in unread:
        click.echo(f"Error: {words}", err=True)
    click.echo(_summary(found, len(files)), err=True)
    context.exit(2 if unread else 1 if found.errors else 0)


def _read(paths: Sequence[str]) -> tuple[list[Documents], list[str]]:
    """Return what stands in the files, and why some cannot be read: they hide no other."""
    found: list[Documents] = []
    unread: list[str] = []
    for path in paths:
        try:
            found += inputs.read_files([path])
        except click.UsageError as error:
            unread.append(error.message)
    return found, unread


class _Seen:
    """What the cluster that the kubeconfig names has; each namespace is read once."""

    def __init__(self) -> None:
        self._known: dict[str, Cluster] = {}

    @property
    def unread(self) -> tuple[str, ...]:
        """What could not be read."""
        return tuple(dict.fromkeys(each for known in self._known.values() for each in known.unread))

    def target_set(self, namespace: str, name: str) -> Found:
        """Return a TargetSet, or what is wrong with it."""
        return self._in(namespace).target_set(namespace, name)

    def campaigns(self, namespace: str) -> Mapping[Named, CampaignSpec | InvalidManifest]:
        """Return the campaigns, or what is wrong with them."""
        return self._in(namespace).campaigns()

    def obstacle(self, key: TargetKey) -> tuple[str, str] | None:
        """Return what keeps a workload from being steered."""
        return self._in(key.namespace).obstacle(key)

    def usual(self, key: TargetKey) -> int | None:
        """Return the usual replicas of a workload, if it is there."""
        return self._in(key.namespace).usual([key]).get(key)

    def _in(self, namespace: str) -> Cluster:
        # The client takes a second to import, which files need not wait for.
        from onair.cli.lookup import look  # noqa: PLC0415

        if namespace not in self._known:
            self._known[namespace] = look((namespace,))
        return self._known[namespace]


def _coloured(line: str, severity: str) -> str:
    """Colour the severity of a finding; click drops colours where there is no terminal."""
    return line.replace(f" {severity}: ", f" {click.style(severity, _COLOURS[severity])}: ", 1)


def _summary(found: Linted, files: int) -> str:
    """Return such as `2 files, 3 objects: 0 errors, 1 warning, 1 object of other kinds ...`."""
    warnings = len(found.findings) - found.errors
    counts = [counted(found.errors, "error"), counted(warnings, "warning")]
    if found.skipped:
        counts.append(f"{counted(found.skipped, 'object')} of other kinds not looked at")
    looked_at = f"{counted(files, 'file')}, {counted(found.looked_at, 'object')}"
    return f"{looked_at}: {', '.join(counts)}"
