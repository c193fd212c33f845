"""The console command `onair`, also `kubectl onair`."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from collections.abc import Sequence


class Place(NamedTuple):
    """Where a command stands, and what it is for in a line."""

    module: str
    name: str
    help: str


COMMANDS: Final = {
    "completion": Place("completion", "completion", "Print the script that completes commands."),
    "fit": Place("fit", "fit", "Fit the load of campaigns to what came in the past."),
    "holds": Place("holds", "holds", "Show what OnAir holds, for whom, and what goes back."),
    "import": Place("imports", "import_", "Print the campaigns of a media plan or a calendar."),
    "lint": Place("lint", "lint", "Say what is wrong with manifests, and where."),
    "plan": Place("plan", "plan", "Show what campaigns will raise, when and why."),
    "restore": Place("restore", "restore", "Give every owner back what OnAir has raised."),
    "run": Place("run", "run", "Run the operator until it is told to stop."),
    "shapes": Place("shapes", "shapes", "List the shapes of a crowd, or draw one."),
    "simulate": Place(
        "simulate",
        "simulate",
        "Show what campaigns would have saved on past traffic, and at which cost.",
    ),
    "start": Place("start", "start", "Print a campaign from now on, with an end."),
    "stop": Place("stop", "stop", "Suspend a campaign, which gives back what it has raised."),
}


class Commands(click.Group):
    """Commands that are imported when they are used.

    What plans a file need not wait for the client of a cluster, which takes a second to import.
    https://click.palletsprojects.com/en/stable/complex/#lazily-loading-subcommands
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - click's
        """Run a command; what its output cannot be written to is said in words.

        A pipe that is closed is click's to treat, and no news.
        """
        try:
            return super().__call__(*args, **kwargs)
        except OSError as error:  # of a file it has a name, and each command says that itself
            click.echo(f"Error: {error.filename or 'standard output'}: {error.strerror}", err=True)
            _forget_the_rest()
            sys.exit(2)

    def list_commands(self, ctx: click.Context) -> Sequence[str]:  # type: ignore[override]  # noqa: ARG002, D102 - click's
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002, D102 - click's
        if cmd_name not in COMMANDS:
            return None
        module, name, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"onair.cli.{module}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002, D102 - click's
        with formatter.section("Commands"):
            formatter.write_dl([(name, place.help) for name, place in COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:  # noqa: D102 - click's
        options = click.Command.shell_complete(self, ctx, incomplete)
        matching = {n: place for n, place in COMMANDS.items() if n.startswith(incomplete)}
        return [CompletionItem(name, help=at.help) for name, at in matching.items()] + options


def _forget_the_rest() -> None:
    """Write what standard output still has to nowhere, or Python would try again as it ends.

    https://docs.python.org/3/library/signal.html#note-on-sigpipe
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onair")
@click.pass_context
def main(context: click.Context) -> None:
    """Raise workloads before a broadcast, and give everything back afterwards."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # not one that is closed
            stream.reconfigure(errors="replace")  # a chart has what few encodings have
    if os.environ.get("NO_COLOR"):  # https://no-color.org
        context.color = False
