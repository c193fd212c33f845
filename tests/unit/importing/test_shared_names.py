"""Campaigns of which the names would be the same are all left out."""

from __future__ import annotations

import pytest

from onair.importing.notes import lines
from onair.importing.plans.media_plans import media_plan
from tests.unit.importing.plans import DEFAULTS


def test_same_name() -> None:
    """Of campaigns that would have one name none is made: an earlier import made one of them."""
    rows = ["App update,app", "App update app,"]
    text = "\n".join(
        ["campaign,target set,date,time,length,rps"]
        + [f"{row},2027-04-01,20:30,30,5" for row in rows]
    )
    found = media_plan(text, DEFAULTS)
    assert found.manifests == ()
    (said,) = lines(found.notes)
    assert said.startswith("lines 2 to 3 left out: another campaign has the name app-update-app")


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("App update app,,2027-02-30,20:30,30,5", id="no date"),
        pytest.param("App update app,,2027-02-20,20:30,30,0", id="no crowd"),
        pytest.param("App update app,,2027-02-20,20:30,30,5,cancelled", id="cancelled"),
    ],
)
def test_same_name_as_left_out(row: str) -> None:
    """A campaign does not get the name of one of which every row is left out."""
    text = "campaign,target set,date,time,length,rps,status\n"
    text += f"App update,app,2027-04-01,20:30,30,5\n{row}\n"
    found = media_plan(text, DEFAULTS)
    assert found.manifests == ()
    assert "line 2 left out: another campaign has the name" in "\n".join(lines(found.notes))


def test_name_of_part() -> None:
    """A campaign does not get the name of a part of another."""
    rows = [f"Lente,2027-04-01,20:{minute:02d},30,{minute + 1}" for minute in range(40)]
    rows.append("Lente part 2,2027-04-02,20:30,30,5")
    text = "\n".join(["campaign,date,time,length,rps", *rows])
    found = media_plan(text, DEFAULTS)
    assert found.manifests == ()
    assert "the name lente-part-2, too" in "".join(lines(found.notes))
