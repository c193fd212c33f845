"""From the options of `onair simulate` and its files to what is simulated, with notes on both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import click

from onair.cli import given, hpas, inputs, scenes, sweeps, times
from onair.cli.tracing import read_trace
from onair.model.status import stamp
from onair.preview.announced import announce
from onair.preview.windows import cut
from onair.simulation.simulating import Scene

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime, timedelta
    from fractions import Fraction
    from zoneinfo import ZoneInfo

    from onair.cli.manifests import Manifests
    from onair.documents import Document
    from onair.model.targets import TargetSetSpec
    from onair.preview.announced import Announced
    from onair.preview.windows import Window
    from onair.simulation.settings import Settings
    from onair.simulation.sweep import Setting


@dataclass(frozen=True, slots=True)
class Told:
    """The options."""

    files: tuple[str, ...]
    trace: str
    where: ZoneInfo | None
    since: date | datetime | None
    until: date | datetime | None
    speed: int
    target: str | None
    capacity: Fraction | None
    start_up: timedelta | None
    node_wait: timedelta | None
    hpa: Literal["cpu", "rate"] | None
    cron: int | None
    sweep: list[Setting] | None
    plot: Path | None
    max_replicas_per_target: int
    namespace: str
    output: str


class Posed(NamedTuple):
    """What is to be simulated, who knows its HPA, and the zone in which it is shown."""

    scene: Scene
    hpa_known_from: Literal["manifest", "default"]
    where: ZoneInfo


def pose(said: Told) -> Posed:
    """Return what files and options pose, with notes on stderr.

    Raises:
        click.UsageError: a file cannot be read, or what is said cannot be simulated.
        click.exceptions.Exit: with 1 where a manifest is refused, which is said.
    """
    _keep_what_is_read(said)
    if said.trace == "-" and "-" in said.files:
        raise click.UsageError("standard input can be the trace or a manifest, not both")
    announced, documents = _announced(said)
    aims = scenes.aims_of(announced, said.target)
    key = aims[0].key
    announced = [each for each in announced if key in {aim.key for aim in each.aims}]
    if said.sweep:
        sweeps.check(said.sweep, aims)
    document, unused = hpas.hpa_of(documents, key, said.namespace)
    cluster = scenes.Cluster(said.capacity, said.start_up, said.node_wait, said.hpa)
    settings = scenes.settings_of(aims, cluster, document)
    read = read_trace(said.trace, said.where)
    where = said.where or given.zone_of(announced)
    since = times.first_of(said.since, where) if said.since else None
    until = times.last_of(said.until, where) if said.until else None
    window = scenes.window_of(read.trace, since, until, announced)
    of_trace = (f"{said.trace}: {note}" for note in read.notes)
    for note in (*unused, *of_trace, *_left_out(announced, window), *_unscaled(settings)):
        click.echo(f"note: {note}", err=True)
    span = (window.after, window.before)
    most = said.max_replicas_per_target
    scene = Scene(read.trace, *span, aims, most, settings, said.speed, said.cron)
    return Posed(scene, "manifest" if document else "default", where)


def _keep_what_is_read(said: Told) -> None:
    """Refuse to draw over a file that is read."""
    if said.plot is None or not said.plot.exists():
        return
    for path in map(Path, (said.trace, *said.files)):
        if path.exists() and path.samefile(said.plot):
            raise click.UsageError(f"--plot: {said.plot} is read, too; name another file")


def _announced(said: Told) -> tuple[list[Announced], list[Document]]:
    """Return the campaigns of the files with what they aim at, and all objects of the files."""
    files = inputs.read_files(said.files)
    known = given.checked(files, said.namespace)
    if not known.campaigns:
        raise click.UsageError("there is no campaign in what was given")
    find = partial(_target_set, known)
    announced, refused = announce(known.campaigns, find)
    given.refuse(refused, known, find, looked=None)
    return announced, [document for file in files for document in file.documents]


def _target_set(known: Manifests, namespace: str, name: str) -> TargetSetSpec | None:
    return known.target_sets.get((namespace, name))


def _unscaled(settings: Settings) -> Iterator[str]:
    """Yield that an HPA on CPU cannot scale up, where a full replica shows too little."""
    hpa = settings.hpa
    if settings.capacity <= hpa.target * (1 + hpa.tolerance):
        yield (
            f"a full replica, at {settings.capacity:g} requests/s, shows no more CPU than the HPA"
            f" tolerates at its target of {hpa.target:g}: on CPU it never scales up"
        )


def _left_out(announced: Sequence[Announced], window: Window) -> Iterator[str]:
    """Yield what to tell a person about campaigns that are not, or not wholly, simulated."""
    if not scenes.airs(announced, window):
        span = f"{stamp(window.after)} to {stamp(window.before)}"
        yield f"no campaign airs from {span}, so OnAir holds nothing"
    for each in announced:
        if each.spec.suspend:
            yield f"{each.named.campaign} is suspended, so nothing is raised for it"
        if beyond := cut(each, window):
            yield (
                f"{each.named.campaign}: its airings from {stamp(beyond)} on are not simulated, as"
                " they are too many; simulate less with --until"
            )
