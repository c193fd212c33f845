"""What a plan says airs, whoever wrote it, in whatever order, and however much of it there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onair.importing.defaults import Defaults
from onair.importing.media_plans import media_plan
from onair.importing.notes import UnreadableError, lines
from tests.unit.importing.plans import (
    DEFAULTS,
    PLANNED,
    STYLES,
    Planned,
    Style,
    imported,
    manifest_airings,
    planned_airings,
    written,
)

PLAIN = Style(("date", "time", "length", "campaign", "rps"), ",", "%Y-%m-%d", "")
ROWS = st.lists(PLANNED, min_size=1, max_size=30)


@given(ROWS, STYLES)
def test_round_trip(rows: list[Planned], style: Style) -> None:
    """The campaigns of a plan air exactly what its rows say."""
    assert manifest_airings(imported(written(rows, style))) == planned_airings(rows)


@given(ROWS, st.randoms(use_true_random=False))
def test_order(rows: list[Planned], random: object) -> None:
    """The order of the rows changes nothing."""
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert imported(written(shuffled, PLAIN)) == imported(written(rows, PLAIN))


@given(ROWS, st.data())
def test_changed_row(rows: list[Planned], data: st.DataObject) -> None:
    """A changed row changes its own campaign, which keeps its name, and no other."""
    index = data.draw(st.integers(0, len(rows) - 1))
    moved = replace(rows[index], clock=timedelta(hours=5), day=date(2027, 5, 1))
    before = imported(written(rows, PLAIN))
    after = imported(written([*rows[:index], moved, *rows[index + 1 :]], PLAIN))
    changed = [old["spec"]["title"] for old, new in zip(before, after, strict=True) if old != new]
    assert [body["metadata"] for body in before] == [body["metadata"] for body in after]
    assert set(changed) <= {rows[index].campaign}


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        pytest.param(
            [
                Planned("Lente", date(2027, 4, day), timedelta(hours=hour), 30, 400)
                for day in range(1, 21)
                for hour in range(6, 26)
            ],
            ["lente"],
            id="400 spots are four airtimes of one campaign",
        ),
        pytest.param(
            [
                Planned("Lente", date(2027, month, day), timedelta(minutes=minute), 30, 400)
                for month in (4, 5)
                for day in range(1, 15)
                for minute in range(400, 500)
            ],
            ["lente", "lente-part-2"],
            id="2,800 spots are two campaigns",
        ),
        pytest.param(
            [Planned("Lente", date(2027, 4, 1), timedelta(hours=20), 30, n) for n in range(1, 33)],
            ["lente"],
            id="32 crowds are one campaign",
        ),
        pytest.param(
            [Planned("Lente", date(2027, 4, 1), timedelta(hours=20), 30, n) for n in range(1, 34)],
            ["lente", "lente-part-2"],
            id="33 crowds at one instant are two",
        ),
        pytest.param(
            [
                Planned("Lente", date(2027, 4, day), timedelta(hours=20), 30, 100 * day + rate)
                for day in (1, 2)
                for rate in range(20)
            ],
            ["lente", "lente-part-2"],
            id="40 crowds are two campaigns",
        ),
        pytest.param(
            [Planned("Lente", date(2027, 4, 1), timedelta(hours=20), 30, 400)] * 50,
            ["lente", "lente-part-2"],
            id="50 spots at one instant are numbered campaigns",
        ),
    ],
)
def test_limits(rows: list[Planned], names: list[str]) -> None:
    """What one manifest cannot hold is divided by number."""
    found = imported(written(rows, PLAIN))
    assert [body["metadata"]["name"] for body in found] == names
    assert manifest_airings(found) == planned_airings(rows)


@pytest.mark.parametrize(
    ("row", "want"),
    [
        pytest.param(
            "2027-04-01,20:30,30,Mol,,", "does not say the size of the crowd", id="no size"
        ),
        pytest.param("2027-04-01,20:30,30,Mol,5,5", "keep one", id="two sizes"),
        pytest.param("2027-04-01,20:30,0,Mol,5,", "duration: must be", id="no length"),
        pytest.param("2027-04-01,20:30,200h,Mol,5,", "duration: must be", id="a week and more"),
        pytest.param("2027-04-01,,30,Mol,5,", "no time of day", id="no time"),
        pytest.param("1927-04-01,20:30,30,Mol,5,", "correct the year", id="another century"),
        pytest.param("2027-04-01,20:30,30,,5,", "does not say its campaign", id="no campaign"),
        pytest.param("2027-04-01,20:30,30,Mol,0,", "requestsPerSecond: must be", id="a size of 0"),
        pytest.param(f"2027-04-01,20:30,30,{'x' * 101},5,", "title: must have", id="a long title"),
    ],
)
def test_wrong_row(row: str, want: str) -> None:
    """A row that cannot air is left out by its number, with what would be right; others stay."""
    good = "2027-04-01,20:30,30,Good,5,"
    text = f"date,time,length,campaign,rps,multiplier\n{good}\n{row}\n"
    found = media_plan(text, DEFAULTS)
    assert [body["spec"]["title"] for body in found.manifests] == ["Good"]
    (said,) = lines(found.notes)
    assert said.startswith("line 3 left out: ")
    assert want in said


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("", "no row names its columns", id="empty"),
        pytest.param("one,two\n1,2\n", "no row names its columns", id="no header"),
        pytest.param("date,time,length\n", "say it with --title", id="no campaign anywhere"),
        pytest.param("date,datum,title\n", "both say the date", id="two columns of dates"),
        pytest.param("date,title\n" + "2027-01-01,x\n" * 20_001, "more than 20000", id="long"),
        pytest.param("date" + ",title" * 300, "more than 200 columns", id="wide"),
        pytest.param('date,title\n2027-01-01,"' + "x" * 140_000, "line 2: field", id="a long cell"),
    ],
)
def test_unreadable(text: str, want: str) -> None:
    """A file that is no plan is refused as a whole, with what would be right."""
    with pytest.raises(UnreadableError, match=want):
        media_plan(text, DEFAULTS)


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_any_rows(text: str) -> None:
    """Whatever stands under a header, it is an airing or is said."""
    found = media_plan(f"date,time,length,campaign,rps\n{text}", DEFAULTS)
    is_blank = all(char.isspace() or char in ',"' for char in text)
    assert found.manifests or found.notes or is_blank


@pytest.mark.parametrize(
    ("load", "want"),
    [
        pytest.param({"shape": "TVSpot", "multiplier": "2"}, {"multiplier": 2}, id="default"),
        pytest.param(
            {"shape": "TVSpot", "multiplier": "2", "response": "5%"},
            {"multiplier": 2},
            id="a response stays for rows that count people",
        ),
    ],
)
def test_default_load(load: dict[str, str], want: dict[str, object]) -> None:
    """What the rows do not say, the options do."""
    text = "date,time,length,campaign\n2027-04-01,20:30,30,Mol\n"
    defaults = Defaults(time_zone="UTC", target_sets=("mol",), load=load)
    (body,) = media_plan(text, defaults).manifests
    assert body["spec"]["load"] == {"shape": "TVSpot"} | want


@pytest.mark.parametrize(
    ("row", "want"),
    [
        pytest.param("Total Recall,2027-04-01,20:30,30,5", ["Total Recall"], id="a film"),
        pytest.param("#1 hits,2027-04-01,20:30,30,5", ["#1 hits"], id="a number"),
        pytest.param("Total,,,30,5", [], id="a total"),
        pytest.param("# made on Monday,,,,", [], id="a comment"),
        pytest.param("campaign,date,time,length,rps", [], id="the header again"),
    ],
)
def test_other_rows(row: str, want: list[str]) -> None:
    """Totals, comments and headers are told and nothing is left out; what airs is none of them."""
    found = media_plan(f"campaign,date,time,length,rps\n{row}\n", DEFAULTS)
    assert [body["spec"]["title"] for body in found.manifests] == want
    assert [note.left_out for note in found.notes] == [False] * (1 - len(want))


def test_one_after_another() -> None:
    """Spots that follow at once share an airtime; one that begins earlier has its own."""
    clocks = [timedelta(hours=20, minutes=minute) for minute in (0, 65, 129)]
    rows = [Planned("Mol", date(2027, 4, 1), clock, 3900, 5) for clock in clocks]
    (body,) = imported(written(rows, PLAIN))
    starts = [each.get("starts", each.get("start")) for each in body["spec"]["airtimes"]]
    assert starts == [["2027-04-01T20:00:00", "2027-04-01T21:05:00"], "2027-04-01T22:09:00"]


@pytest.mark.parametrize(
    ("length", "want"),
    [
        pytest.param("65 min", ["1h5m"], id="both say the same"),
        pytest.param("", ["1h5m"], id="the end alone"),
        pytest.param("60 min", [], id="they do not agree"),
    ],
)
def test_length_and_end(length: str, want: list[str]) -> None:
    """A row may say its length, its end or both, if they agree."""
    text = f"title,date,start,end,length,rps\nMol,2027-04-01,20:30,21:35,{length},5\n"
    found = media_plan(text, DEFAULTS).manifests
    assert [each["duration"] for body in found for each in body["spec"]["airtimes"]] == want


def test_same_name() -> None:
    """Two campaigns that would have one name are not mixed: the second is left out by its line."""
    rows = ["App update,app", "App update app,"]
    text = "\n".join(
        ["campaign,target set,date,time,length,rps"]
        + [f"{row},2027-04-01,20:30,30,5" for row in rows]
    )
    found = media_plan(text, DEFAULTS)
    assert [body["spec"]["targetSets"] for body in found.manifests] == [[{"name": "app"}]]
    (said,) = lines(found.notes)
    assert said.startswith("line 3 left out: another campaign has the name app-update-app, too")
