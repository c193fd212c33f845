"""`python -m tests.world_cup` writes the page and its campaign anew, where the traces are."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import indent

from tests.docs import outputs
from tests.world_cup.cup import NEXT, Cup
from tests.world_cup.page import PAGE, write
from tests.world_cup.tables import changes, speeds, wrongs

if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        cup = Cup(Path(folder))
        write(cup.printed, speeds(cup) | changes(cup) | wrongs(cup))
        before, heading, _ = NEXT.read_text().partition("\n  load:\n")
        NEXT.write_text(f"{before}{heading}{indent(cup.load, '  ')}\n")
    outputs.write(PAGE)
