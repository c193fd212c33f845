"""The campaigns of files and what they aim at; what lint would find wrong ends a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from onair.cli import inputs
from onair.cli.manifests import manifests
from onair.lint.findings import in_document
from onair.lint.places import missing
from onair.lint.subjects import faults_of
from onair.schedule.zones import zone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from zoneinfo import ZoneInfo

    from onair.cli.manifests import Manifests
    from onair.documents import Documents
    from onair.lint import Finding
    from onair.model.errors import InvalidManifest
    from onair.plan.aims import Named
    from onair.preview.announced import Announced, TargetSets


def read(paths: Sequence[str], namespace: str) -> Manifests:
    """Return what files say, those without a namespace in this one.

    Raises:
        click.UsageError: when one cannot be read as text.
        click.exceptions.Exit: with 1 where lint would find errors, which are said.
    """
    return checked(inputs.read_files(paths), namespace)


def checked(files: Sequence[Documents], namespace: str) -> Manifests:
    """Return what files that have been read say, as `read` does."""
    given = manifests(files, namespace)
    for warning in given.warnings:
        click.echo(str(warning), err=True)
    fail(given.errors)
    return given


def refuse(
    refused: Mapping[Named, InvalidManifest],
    given: Manifests,
    find: TargetSets,
    *,
    looked: bool | None,
) -> None:
    """End the command if a campaign of a file aims at something that cannot be planned.

    `looked` tells whether a cluster was looked at; None of a command that looks at none.
    """
    errors: list[Finding] = []
    for named, why in refused.items():
        if document := given.places.get(named):
            said = (document, named.namespace, given.campaigns[named])
            absent = missing(*said, find, given.target_sets.keys(), looked=looked)
            errors += in_document("error", document, tuple(absent) or faults_of(why))
    fail(errors)


def zone_of(announced: Sequence[Announced]) -> ZoneInfo:
    """Return the zone of all campaigns, UTC if they have several."""
    names = {each.spec.time_zone for each in announced}
    return zone(names.pop() if len(names) == 1 else "UTC")


def fail(errors: Sequence[Finding]) -> None:
    """Say errors and end the command with 1; nothing happens where there is none."""
    for error in errors:
        click.echo(str(error), err=True)
    if errors:
        raise click.exceptions.Exit(1)
