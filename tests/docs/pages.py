"""The pages for people, in pieces: what they link to, what they tell to run and to apply."""

from __future__ import annotations

import re
import shlex
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
INSIDE = re.DOTALL | re.MULTILINE
PAGES = sorted([ROOT / "README.md", *DOCS.rglob("*.md")])


def name(page: Path) -> str:
    """Return a page's path from the repository's root."""
    return str(page.relative_to(ROOT))


def blocks(page: Path, *languages: str) -> list[str]:
    """Return the code blocks of some languages, "" for one without a word for it."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", page.read_text(), INSIDE)
    return [block for language, block in found if language in languages]


def manifests(page: Path) -> Iterator[str]:
    """Yield every manifest that a page shows, and those that it gives to `kubectl apply`."""
    for block in blocks(page, "yaml"):
        yield from (text for text in block.split("\n---\n") if "apiVersion:" in text)
    for block in blocks(page, "sh"):
        yield from re.findall(r"<<EOF\n(.*?)^EOF$", block, INSIDE)


def commands(page: Path, program: str) -> Iterator[list[str]]:
    """Yield the arguments of every line of the shell that begins with a program."""
    for block in blocks(page, "sh", ""):
        for line in re.sub(r"<<EOF\n.*?^EOF$", "", block, flags=INSIDE).splitlines():
            if line.startswith(f"{program} "):
                words = shlex.split(line, comments=True)[1:]
                yield list(takewhile(lambda word: word not in {"|", ">"}, words))


def table(page: Path, heading: str) -> dict[str, list[str]]:
    """Return each row of the table whose first column is `heading`: other cells by the first."""
    rows = re.search(rf"^\| {heading} \|.*?\n\|[-|]+\n(.*?)^(?!\|)", page.read_text(), INSIDE)
    assert rows, f"{name(page)} has no table {heading}"
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[1].splitlines()]
    return {first: rest for first, *rest in cells}


def parsed(manifest: str) -> dict[str, Any]:
    """Return a manifest as the API server takes it."""
    body: dict[str, Any] = yaml.safe_load(manifest)
    return body
