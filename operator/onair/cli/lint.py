"""`onair lint`: what is wrong with manifests, before anybody applies them."""

from __future__ import annotations

import dataclasses
import json
from functools import cache
from typing import TYPE_CHECKING

import click

from onair.cli import inputs, options
from onair.clock import Clock
from onair.lint import lint as linted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onair.cli.lookup import Cluster
    from onair.lint import Linted
    from onair.model.errors import InvalidManifest
    from onair.model.targets import TargetSetSpec

_COLOURS = {"error": "red", "warning": "yellow"}


@click.command()
@inputs.files(required=True)
@click.option("--cluster", is_flag=True, help="Look for missing TargetSets in the cluster, too.")
@click.option(
    "-n",
    "--namespace",
    default="default",
    show_default=True,
    metavar="NAME",
    help="The namespace of what names none.",
)
@options.max_replicas_per_target
@click.option(
    "-o",
    "--output",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="json as docs/lint.md says.",
)
@click.pass_context
def lint(
    context: click.Context,
    files: Sequence[str],
    namespace: str,
    max_replicas_per_target: int,
    output: str,
    *,
    cluster: bool,
) -> None:
    """Say what is wrong with manifests, and where.

    Errors are what the API server or the operator would refuse, warnings what is hardly meant.

    Exits with 0 if nothing would be refused, with 1 if something would, with 2 if a file cannot be
    opened.

    \\b
    Examples:
      onair lint wie-is-de-mol.yaml
      onair lint campaigns/*.yaml -o json
      helm template . | onair lint -
      onair lint --cluster -n tv new-campaign.yaml
    """  # noqa: D301 - click's mark for lines to leave alone
    found = linted(
        inputs.read_files(files),
        Clock.real_now(),
        namespace=namespace,
        most=max_replicas_per_target,
        elsewhere=_in_cluster if cluster else None,
    )
    if output == "json":
        click.echo(json.dumps([dataclasses.asdict(each) for each in found.findings], indent=2))
    else:
        for finding in found.findings:
            click.echo(_coloured(str(finding), finding.severity))
    click.echo(_summary(found, len(files)), err=True)
    context.exit(1 if found.errors else 0)


def _in_cluster(namespace: str, name: str) -> TargetSetSpec | InvalidManifest | None:
    """Return a target set of the cluster that the kubeconfig names."""
    return _looked(namespace).target_set(namespace, name)


@cache
def _looked(namespace: str) -> Cluster:
    # The client takes a second to import, which files need not wait for.
    from onair.cli.lookup import look  # noqa: PLC0415

    return look((namespace,))


def _coloured(line: str, severity: str) -> str:
    """Colour the severity of a finding; click drops colours where there is no terminal."""
    return line.replace(f" {severity}: ", f" {click.style(severity, _COLOURS[severity])}: ", 1)


def _summary(found: Linted, files: int) -> str:
    warnings = len(found.findings) - found.errors
    counts = [_counted(found.errors, "error"), _counted(warnings, "warning")]
    if found.skipped:
        counts.append(f"{_counted(found.skipped, 'object')} of other kinds not looked at")
    return f"{_counted(files, 'file')}: {', '.join(counts)}"


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
