"""What pages show of commands: `$ onair ...` in a block of a console, and below it what it prints.

`python -m tests.docs.outputs` writes these blocks anew.
"""

from __future__ import annotations

import re
import shlex
from contextlib import chdir
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from unittest.mock import patch

from click.testing import CliRunner

from onair.cli.main import main
from onair.clock import Clock
from tests.docs.pages import INSIDE, PAGES, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COLUMNS = 96
"""Of the terminal on the pages; a page of a browser shows as many."""

NOW = datetime(2027, 1, 5, 14, 32, 10, tzinfo=UTC)
"""What the clock shows on the pages: every airing of every example is still to come."""

_BLOCK = re.compile(r"(?<=^```console\n)\$ (onair .*?)\n(.*?)(?=^```$)", INSIDE)


def shown(page: Path) -> Iterator[tuple[str, str]]:
    """Yield the commands of a page, each with what it is said to print."""
    for found in _BLOCK.finditer(page.read_text()):
        yield found[1], found[2]


def printed(command: str) -> str:
    """Return what a command prints on a terminal without colours, at that time."""
    (_, *words) = shlex.split(command)
    with chdir(ROOT), patch.object(Clock, "real_now", staticmethod(lambda: NOW)):
        said = CliRunner().invoke(main, words, env={"COLUMNS": str(COLUMNS)}, prog_name="onair")
    return said.output.rstrip() + "\n"


def write(page: Path) -> None:
    """Write what the commands of a page print into it."""
    text = page.read_text()
    page.write_text(_BLOCK.sub(lambda found: f"$ {found[1]}\n{printed(found[1])}", text))


if __name__ == "__main__":
    for each in PAGES:
        write(each)
