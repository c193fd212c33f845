"""`onair import`: a media plan or a calendar becomes campaigns."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final, cast

import click

from onair.documents.writing import write
from onair.importing.decoding import MAX_BYTES, decode, unfolded
from onair.importing.instants import known_zone, no_zone
from onair.importing.loads import FIELDS, SIZES, Defaults, unused
from onair.importing.notes import LeftOutError, UnreadableError, lines, safe
from onair.importing.plans.dates import ORDERS
from onair.importing.values import SHAPES

if TYPE_CHECKING:
    from collections.abc import Callable

    from onair.importing.manifests import Imported

_SUFFIXES: Final = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".ics": "ics", ".ical": "ics"}
_LOAD_OPTIONS: Final = (
    ("people", "NUMBER", "How many are reached by each airing."),
    ("response", "PERCENT", "How many of them come, such as 2.5%."),
    ("requestsPerPerson", "NUMBER", "Requests that each of them makes."),
    ("within", "DURATION", "The busiest stretch in which all of them come."),
    ("requestsPerSecond", "NUMBER", "The peak itself, instead of people."),
    ("multiplier", "NUMBER", "The peak as so many times the usual replicas."),
    ("headroom", "PERCENT", "Added for the forecast's error; 30% if absent."),
)


def _option(field: str) -> str:
    """Return the option that says a field of the manifest: `--requests-per-person`."""
    return "--" + "".join(f"-{char.lower()}" if char.isupper() else char for char in field)


def _load_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for field, metavar, text in reversed(_LOAD_OPTIONS):
        command = click.option(_option(field), field, metavar=metavar, help=text)(command)
    return click.option(
        "--shape", type=click.Choice(SHAPES), help="How the crowd comes: see `onair shapes`."
    )(command)


def _zone(_context: click.Context, _option: click.Parameter, name: str | None) -> str | None:
    if name and known_zone(name) is None:
        raise click.BadParameter(no_zone(name))
    return name


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option(
    "--format",
    "kind",
    type=click.Choice(("csv", "ics")),
    show_default="by the file's suffix",
    help="What the file is.",
)
@click.option(
    "--target-set",
    "target_sets",
    multiple=True,
    metavar="NAME",
    help="The TargetSet that carries the load; may be said again.",
)
@click.option("--time-zone", metavar="ZONE", callback=_zone, help="Such as Europe/Amsterdam.")
@click.option(
    "--date-order",
    type=click.Choice(tuple(ORDERS)),
    help="Of day, month and year, where a column of dates does not prove it.",
)
@click.option("--title", metavar="TEXT", help="What a campaign is called that no column names.")
@click.option("--duration", metavar="DURATION", help="How long an airing takes, such as 30s.")
@click.option("-n", "--namespace", metavar="NAME", help="The campaigns' namespace.")
@_load_options
@click.pass_context
def import_(
    context: click.Context,
    /,
    file: str,
    kind: str | None,
    **told: Any,  # noqa: ANN401 - the options are the fields of Defaults and of its load
) -> None:
    """Print the campaigns of a media plan or a calendar.

    FILE is a media plan (.csv) or a calendar export (.ics); - is standard input. The options say
    what the file does not say itself. What cannot be read is said by its line, column or event.

    Exits with 0 if all became campaigns, with 1 if something was left out, with 2 if the file
    cannot be read.

    \b
    Examples:
      onair import plan.csv --target-set mol --shape TVSpot --multiplier 3
      onair import calendar.ics --target-set mol --shape Episode --people 680k --within 5m
      onair import plan.csv --target-set mol --shape Flat --people 5k | kubectl apply -n tv -f -
    """  # noqa: D301 - click's mark for lines to leave alone
    crowd = {field: told.pop(field) for field in FIELDS}
    said = {field: text for field, text in crowd.items() if text is not None}
    defaults = Defaults(load=said, **told)
    try:
        defaults.check()
        kind = kind or _kind(file)
        _check_kind(kind, defaults)
        data = _bytes(file)
        text, encoding = decode(unfolded(data) if kind == "ics" else data)
        imported = _imported(kind, text, defaults)
    except LeftOutError as error:
        raise click.UsageError(_by_option(str(error))) from error
    except UnreadableError as error:
        raise click.UsageError(safe(f"{'stdin' if file == '-' else file}: {error}")) from error
    if encoding != "UTF-8":
        click.echo(f"the file is read as {encoding}", err=True)
    for line in lines(imported.notes):
        click.echo(line, err=True)
    if imported.manifests:
        for field in unused(defaults.load, imported.manifests):
            click.echo(f"{_option(field)} is not used: {_beside(field)}", err=True)
        click.echo(write(imported.manifests), nl=False)
    context.exit(1 if any(note.left_out for note in imported.notes) else 0)


def _by_option(message: str) -> str:
    """Return what is wrong with an option by its own name instead of the manifest's."""
    place, colon, rest = message.partition(": ")
    field = re.sub(r"\[[0-9]+\]", "", place)
    last = {"targetSets.name": "targetSet"}.get(field, field.rpartition(".")[2])
    if not colon or last not in {*FIELDS, "targetSet", "duration", "title", "namespace"}:
        return re.sub("|".join(SIZES), lambda found: _option(found[0]), message)
    again = "; say --target-set again for another" if last == "targetSet" else ""
    return f"{_option(last)}: {rest}{again}"


def _beside(field: str) -> str:
    """Return beside which sizes of a crowd a field belongs."""
    sizes = "people or requests per second" if field == "headroom" else "people"
    return f"it belongs beside {sizes}, and no campaign counts them"


def _check_kind(kind: str, defaults: Defaults) -> None:
    """Refuse options that say something about media plans only."""
    said = [
        option
        for option, value in (("--title", defaults.title), ("--date-order", defaults.date_order))
        if value
    ]
    if kind == "ics" and said:
        raise click.UsageError(
            f"{' and '.join(said)} is for media plans; a calendar says it itself"
        )


def _kind(file: str) -> str:
    suffix = PurePath(file).suffix.lower()
    if suffix not in _SUFFIXES:
        raise UnreadableError("say with --format whether it is csv or ics")
    return _SUFFIXES[suffix]


def _bytes(file: str) -> bytes:
    try:
        with click.open_file(file, "rb") as opened:
            return cast("bytes", opened.read(MAX_BYTES + 1))
    except OSError as error:
        raise UnreadableError(str(error.strerror)) from error
    except RuntimeError as error:  # click's, for a standard input that is closed
        raise UnreadableError("it is closed; name a file") from error


def _imported(kind: str, text: str, defaults: Defaults) -> Imported:
    if kind == "csv":
        from onair.importing.plans.media_plans import media_plan  # noqa: PLC0415

        return media_plan(text, defaults)
    # icalendar takes a fifth of a second to import, which a media plan need not wait for.
    from onair.importing.calendars.calendar import calendar  # noqa: PLC0415

    return calendar(text, defaults)
