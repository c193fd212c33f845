"""What a plan says airs, whoever wrote it, in whatever order, and however much of it there is."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onair.importing.notes import UnreadableError, lines
from onair.importing.plans.media_plans import media_plan
from tests.unit.importing.plans import (
    DEFAULTS,
    PLAIN,
    PLANNED,
    STYLES,
    Planned,
    Style,
    imported,
    manifest_airings,
    planned_airings,
    written,
)

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


@settings(max_examples=20)
@given(st.integers(1, 70), st.integers(0, 40))
def test_grown_plan(count: int, more: int) -> None:
    """Each campaign of a plan has its name in the grown plan, too, so that nothing airs twice.

    Across the limit of airtimes: each row has a crowd of its own.
    """
    day = date(2027, 4, 1)
    rows = [
        Planned("Lente", day + timedelta(days=n % 28), timedelta(hours=20), 30, 400 + n)
        for n in range(count + more)
    ]
    cluster = {
        body["metadata"]["name"]: body
        for plan in (rows[:count], rows)
        for body in imported(written(plan, PLAIN))
    }
    assert manifest_airings(tuple(cluster.values())) == planned_airings(rows)


def test_division_is_told() -> None:
    """A campaign that is divided is told with all its names, and with what may be left over."""
    rows = [Planned("Lente", date(2027, 4, 1), timedelta(hours=20), 30, n) for n in range(1, 34)]
    (said,) = lines(media_plan(written(rows, PLAIN), DEFAULTS).notes)
    assert "divided: lente, lente-part-2; if an earlier import made parts above 2, delete" in said


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
        pytest.param('date,title\n2027-01-01,"x', "line 2: unexpected end", id="an open quote"),
        pytest.param('date,title\n2027-01-01,"x"y', "line 2: ", id="more behind a quote"),
        pytest.param("\n" * 4_000_000 + "date,title\n", "more than 100000 lines", id="blank lines"),
        pytest.param(
            "date,title\n2027-01-01,x\ntitle,date,rps\n",
            "line 3 is another header than line 1",
            id="a second header",
        ),
        pytest.param("date,title,Time (PST)\n", "column 3 'Time .PST.': it is", id="unknown zone"),
        pytest.param("date,title,People (x)\n", "column 3 .*people", id="unknown unit"),
    ],
)
def test_unreadable(text: str, want: str) -> None:
    """A file that is no plan is refused as a whole, with what would be right."""
    with pytest.raises(UnreadableError, match=want):
        media_plan(text, DEFAULTS)


CELLS = st.one_of(
    st.sampled_from(
        [
            *("2027-01-09", "01/02/03", "Sat ", "9 Jan 2027", "1899-12-30 20:30", "2027109", "T"),
            *("20:30", "24:30", "193015", "1530", "-25:15", "+01:00", "+23:59", "20:30-21:35", "Z"),
            *("30", "0:30", "1:2:3:4", "1h", "30'", "1.250", "1,5", "680k", "Mio", "%", "9" * 4400),
            *(
                "Total",
                "#1",
                "# ",
                "booked",
                "not",
                "Push",
                "app, web",
                "\u0660",
                "\u202f",
                '"',
                "",
            ),
        ]
    ),
    st.text(alphabet=st.characters(codec="utf-8"), max_size=9),
)
GOOD = {"date": "2027-01-09", "time": "20:30", "length": "30", "campaign": "Mol", "rps": "5"}
OTHERS = (
    *("end", "end date", "zone", "target set", "shape", "people", "reach (000)", "response"),
    *("multiplier", "headroom", "end slack", "within", "status", "title", "L\u00e4nge (min)"),
)


@settings(max_examples=200)
@given(st.data())
def test_any_cells(data: st.DataObject) -> None:
    """Whatever stands in one or two cells of a good row, it is an airing or is said."""
    header = [*GOOD, *data.draw(st.lists(st.sampled_from(OTHERS), max_size=3, unique=True))]
    if "L\u00e4nge (min)" in header:
        header.remove("length")
    changed = data.draw(st.dictionaries(st.sampled_from(header), CELLS, min_size=1, max_size=2))
    text = io.StringIO()
    csv.writer(text).writerows([header, [(GOOD | changed).get(field, "") for field in header]])
    found = media_plan(text.getvalue(), DEFAULTS)
    assert found.manifests or found.notes


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_any_rows(text: str) -> None:
    """Whatever stands under a header, it is an airing or is said, or the file is refused."""
    found = None
    with suppress(UnreadableError):
        found = media_plan(f"date,time,length,campaign,rps\n{text}", DEFAULTS)
    is_blank = all(char.isspace() or char in ',"' for char in text)
    assert found is None or found.manifests or found.notes or is_blank
