"""The pages about the examples show every one of them, and what the commands make of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.docs.outputs import printed, shown
from tests.docs.pages import DOCS, PAGES, commands, name
from tests.scenarios.stories import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted(EXAMPLES.rglob("*.yaml"))
PAGE_OF_SPOTS = DOCS / "examples" / "tv-spots.md"
MEANT = {EXAMPLES / "world-cup": "usualReplicas is absent"}
"""The one warning of a folder that is meant: its usual load grows for weeks, and is looked at."""


@pytest.mark.parametrize(
    ("command", "output"),
    [
        pytest.param(command, output, id=f"{page.stem}: {command}")
        for page in PAGES
        for command, output in shown(page)
    ],
)
def test_output(command: str, output: str) -> None:
    """What a page shows below a command is what it prints; see outputs.py for how to renew it."""
    assert output == printed(command)


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in FILES])
def test_lint(path: Path) -> None:
    """Nothing is wrong with an example, and nothing in it deserves a warning but what is meant."""
    files = path.parent.glob("*.yaml") if path.parent != EXAMPLES else [path]
    names = " ".join(str(file.relative_to(EXAMPLES.parent)) for file in files)
    said = printed(f"onair lint {names}")
    meant = MEANT.get(path.parent)
    assert ("0 errors, 1 warning" if meant else "0 errors, 0 warnings") in said
    assert meant is None or meant in said


def test_every_example_has_a_page() -> None:
    """Each page is listed, links to its example, and shows what is planned for it."""
    listed = re.findall(r"\]\((examples/[^)]+\.md)\)", (DOCS / "examples.md").read_text())
    pages = [DOCS / path for path in listed]
    assert set(pages) == set((DOCS / "examples").glob("*.md"))
    linked = {
        re.findall(r"\]\(\.\./\.\./(examples/[^)]+)\)", page.read_text())[0] for page in pages
    }
    there = {f"examples/{p.name}{'/' * p.is_dir()}" for p in EXAMPLES.iterdir()}
    assert linked == there
    assert all(any(c.startswith("onair plan ") for c, _ in shown(page)) for page in pages)


def test_start_now() -> None:
    """The example is what `onair start` prints at that instant."""
    started = next(o for c, o in shown(DOCS / "examples" / "start-now.md") if " start " in c)
    manifest, _, note = started.rstrip().rpartition("\n")
    assert "no time to warm up" in note
    assert (EXAMPLES / "start-now.yaml").read_text().endswith(f"{manifest}\n")


def test_tv_spots() -> None:
    """The campaign of the spots is what `onair import` makes of the plan, by the page's command."""
    (words,) = commands(PAGE_OF_SPOTS, "onair")
    made = printed(f"onair {' '.join(words)}")
    assert (EXAMPLES / "tv-spots" / "campaign.yaml").read_text() in made


@pytest.mark.parametrize("page", [pytest.param(page, id=name(page)) for page in PAGES])
def test_every_console_is_checked(page: Path) -> None:
    """A block of a console begins with a command of ours, so that its output is compared."""
    assert page.read_text().count("```console\n") == len(list(shown(page)))
