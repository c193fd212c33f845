"""The console command `onair`."""

from __future__ import annotations

import click

from onair.cli.restore import restore
from onair.cli.run import run


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="onair")
def main() -> None:
    """Raise workloads before a broadcast, and give everything back afterwards."""


main.add_command(run)
main.add_command(restore)
