"""What the page shows is what comes out; `python -m tests.world_cup` writes it anew."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING

from tests.docs.pages import table
from tests.world_cup.cup import NEXT
from tests.world_cup.page import PAGE
from tests.world_cup.tables import changes, speeds, wrongs

if TYPE_CHECKING:
    from tests.world_cup.cup import Cup


def test_page_shows_what_its_commands_print(cup: Cup) -> None:
    """Each text below a command is what it prints."""
    shown = {block.shown: said for block, said in cup.printed.items() if block.shown}
    assert len(shown) == 2
    assert list(shown) == list(shown.values())


def test_page_has_the_figures_of_each_speed(cup: Cup) -> None:
    """The table of speeds has what is lost, at which cost."""
    assert table(PAGE, "times as fast") == speeds(cup)


def test_page_has_the_figures_of_other_settings(cup: Cup) -> None:
    """The table of settings has what each costs, changed alone; none of them has no effect."""
    rows = table(PAGE, "what is changed, ten times as fast")
    assert rows == changes(cup)
    assert len({each.model_dump_json() for each in cup.changed.values()}) == len(cup.changed)


def test_page_has_the_figures_of_what_goes_wrong(cup: Cup) -> None:
    """The table of what goes wrong has what is lost, at which cost."""
    assert table(PAGE, "what goes wrong, ten times as fast") == wrongs(cup)


def test_next_tournament_has_the_load_that_is_fitted(cup: Cup) -> None:
    """The example's campaign has the load of weekday evenings, pasted from `onair fit`."""
    assert NEXT.read_text().endswith(f"\n  load:\n{indent(cup.load, '  ')}\n")
