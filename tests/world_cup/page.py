"""The page docs/examples/world-cup.md: its commands, what it shows of them, its tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tests.docs.pages import DOCS, INSIDE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PAGE = DOCS / "examples" / "world-cup.md"
_OF_1998 = re.compile(r".*?(?=^## The same with your own)", INSIDE)
_BLOCK = re.compile(r"(?<=^```sh\n)(.*?)^```\n(?:\n```text\n(.*?)(?=^```$))?", INSIDE)


class Block(NamedTuple):
    """Commands of a shell, and what the page shows that they print; "" where it shows nothing."""

    commands: str
    shown: str


def blocks() -> list[Block]:
    """Return the blocks of the page that need the files of 1998, in order."""
    found = _OF_1998.match(PAGE.read_text())
    assert found
    return [Block(*each) for each in _BLOCK.findall(found[0])]


def write(printed: Mapping[Block, str], rows: Mapping[str, Sequence[str]]) -> None:
    """Write into the page what its blocks print, and the cells of the rows of its tables."""
    text = PAGE.read_text()
    for (commands, shown), said in printed.items():
        if shown:
            before = f"{commands}```\n\n```text\n"
            text = text.replace(f"{before}{shown}", f"{before}{said}")
    for first, cells in rows.items():
        row = " | ".join(("", first, *cells, "")).strip()
        text = re.sub(rf"^\| {re.escape(first)} \|.*$", row, text, flags=re.MULTILINE)
    PAGE.write_text(text)
