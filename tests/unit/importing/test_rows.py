"""What single rows of a plan say: their length, their campaign, and whether they are spots."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from onair.importing.loads import Defaults
from onair.importing.notes import lines
from onair.importing.plans.media_plans import media_plan
from tests.unit.importing.plans import (
    DEFAULTS,
    PLAIN,
    Planned,
    imported,
    written,
)


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


def test_title_beside_campaigns() -> None:
    """A title that a column of campaigns overrules is told."""
    text = "campaign,date,time,length,rps\nMol,2027-04-01,20:30,30,5\n"
    found = media_plan(text, replace(DEFAULTS, title="Foo"))
    assert [body["spec"]["title"] for body in found.manifests] == ["Mol"]
    (said,) = lines(found.notes)
    assert said.startswith("--title is only for rows whose 'campaign' is empty")


def test_no_rows() -> None:
    """A plan without rows is told, and is nothing that became campaigns."""
    found = media_plan("campaign,date,time,length,rps\n", DEFAULTS)
    assert [(note.message, note.left_out) for note in found.notes] == [
        ("there is no row under the header", True)
    ]


@pytest.mark.parametrize(
    ("row", "want"),
    [
        pytest.param("Total Recall,2027-02-30,20:30,30,5", "is no date", id="a film"),
        pytest.param("#1 hits,31/13/2027,20:30,30,5", "is no date", id="a number"),
        pytest.param("Total,2027-02-01,,30,5", "no time of day", id="a total with a date"),
        pytest.param("# Mol,2027-02-01,20:30,30,5", "commented out", id="commented out"),
        pytest.param("//Mol,2027-02-01,20:30,30,5", "commented out", id="with another sign"),
        pytest.param("# Mol,30/02/2027,,30,5", "commented out", id="badly written as well"),
        pytest.param(
            '"Mol,2027-02-01,20:30,30,5\nMol",2027-02-02,20:30,30,5',
            "line 2 left out: down to line 3 it is one cell",
            id="a quote too many",
        ),
    ],
)
def test_no_comment(row: str, want: str) -> None:
    """A row that says when it airs is no comment and no total: it is left out and told."""
    found = media_plan(f"campaign,date,time,length,rps\n{row}\n", DEFAULTS)
    assert found.manifests == ()
    (said,) = lines(found.notes)
    assert "left out" in said
    assert want in said


@pytest.mark.parametrize(
    ("row", "want"),
    [
        pytest.param("# 2027-02-01 20:30,30,Mol", "commented out", id="a row"),
        pytest.param("# made on 2027-02-01,,", "a comment", id="a comment"),
        pytest.param("Total,60,", "a total", id="a total"),
    ],
)
def test_date_in_first_column(row: str, want: str) -> None:
    """What begins in the column of dates is a row if there is a date in it."""
    found = media_plan(f"datetime,length,campaign\n{row}\n", DEFAULTS)
    assert want in "".join(lines(found.notes))


@pytest.mark.parametrize(
    ("status", "want"),
    [
        pytest.param("booked", (1, ""), id="booked"),
        pytest.param("Cancelled by client", (0, "it does not air"), id="cancelled"),
        pytest.param("optie", (0, "left out: whether it airs is not clear"), id="not clear"),
    ],
)
def test_status(status: str, want: tuple[int, str]) -> None:
    """What is cancelled is told, what is not clear is left out."""
    text = f"date,time,length,campaign,rps,status\n2027-01-09,20:30,30,Mol,5,{status}\n"
    found = media_plan(text, DEFAULTS)
    assert len(found.manifests) == want[0]
    assert want[1] in "".join(lines(found.notes))


@pytest.mark.parametrize(
    ("header", "cell", "want"),
    [
        pytest.param("Time (Asia/Tokyo)", "Asia/Seoul", "Asia/Seoul", id="the row's own"),
        pytest.param("Time (Asia/Tokyo)", "", "Asia/Tokyo", id="the header's"),
        pytest.param("Time", "", "Europe/Amsterdam", id="the options'"),
    ],
)
def test_zone(header: str, cell: str, want: str) -> None:
    """A row's own zone goes before the header's, that before --time-zone."""
    text = f"date,{header},length,title,rps,zone\n2027-07-09,20:30,30,Mol,5,{cell}\n"
    (body,) = media_plan(text, DEFAULTS).manifests
    assert body["spec"]["timeZone"] == want


@pytest.mark.parametrize(
    ("zone", "want"),
    [
        pytest.param("Asia/Tokyo", "Asia/Tokyo", id="that of --time-zone"),
        pytest.param(None, "Asia/Seoul", id="the first by name"),
    ],
)
def test_several_zones(zone: str | None, want: str) -> None:
    """Rows of several zones are one campaign on one clock, at the same instants."""
    text = (
        "date,time,length,title,rps,zone\n2027-07-09,20:30,30,Mol,5,Europe/Paris\n"
        "2027-07-09,20:30,30,Mol,5,Asia/Seoul\n"
    )
    (body,) = media_plan(text, replace(DEFAULTS, time_zone=zone)).manifests
    assert body["spec"]["timeZone"] == want
    assert body["spec"]["airtimes"][0]["starts"] == ["2027-07-09T20:30:00", "2027-07-10T03:30:00"]


def test_ambiguous_zone() -> None:
    """An abbreviation that is used with summer time and without is left out."""
    text = "date,time,length,title,rps,zone\n2027-07-09,20:30,30,Mol,5,EST\n"
    assert "could be clocks with or without" in "".join(lines(media_plan(text, DEFAULTS).notes))


def test_merged_spellings() -> None:
    """Spellings of a campaign that differ in case are one, with the first of them as title."""
    text = "date,time,length,campaign,rps\n" + "".join(
        f"2027-07-0{day},20:30,30,{title},5\n" for day, title in ((1, "mol!"), (2, "Mol"))
    )
    (body,) = media_plan(text, DEFAULTS).manifests
    assert (body["metadata"]["name"], body["spec"]["title"]) == ("mol", "Mol")


@pytest.mark.parametrize(
    ("cells", "want"),
    [
        pytest.param(['"app, web"', '"web, app"'], ["mol-app-web"], id="the order"),
        pytest.param(["mol", ""], ["mol"], id="that of the options"),
        pytest.param(["app", ""], ["mol", "mol-app"], id="another"),
    ],
)
def test_target_sets(cells: list[str], want: list[str]) -> None:
    """Target sets belong to a name if they are not those of the options, in any order."""
    rows = [f"2027-07-0{day},20:30,30,Mol,5,{cell}\n" for day, cell in enumerate(cells, start=1)]
    text = "date,time,length,campaign,rps,target set\n" + "".join(rows)
    found = media_plan(text, DEFAULTS).manifests
    assert [body["metadata"]["name"] for body in found] == want


@pytest.mark.parametrize(
    ("clocks", "want"),
    [
        pytest.param(["1530", "2030"], 2, id="hhmm"),
        pytest.param(["1530", "193015"], 1, id="hhmm or hhmmss"),
    ],
)
def test_digits(clocks: list[str], want: int) -> None:
    """Four digits are no time of day in a column that has seconds."""
    rows = [f"2027-07-01,{clock},30,Mol {clock},5\n" for clock in clocks]
    text = "date,time,length,campaign,rps\n" + "".join(rows)
    assert len(media_plan(text, DEFAULTS).manifests) == want


@pytest.mark.parametrize(
    ("header", "row", "want"),
    [
        pytest.param("date,time", "2027-01-09T00:00:00,", [], id="a column of times"),
        pytest.param(
            "datetime", "2027-01-09T00:00:00", ["2027-01-09T00:00:00"], id="no column of times"
        ),
    ],
)
def test_midnight(header: str, row: str, want: list[str]) -> None:
    """Midnight behind a date is a spreadsheet's where the time has a column of its own."""
    text = f"title,length,rps,{header}\nMol,30,5,{row}\n"
    found = media_plan(text, replace(DEFAULTS, time_zone="UTC")).manifests
    assert [body["spec"]["airtimes"][0]["start"] for body in found] == want


@pytest.mark.parametrize(
    ("year", "want"),
    [
        pytest.param("1989", 0, id="the year before"),
        pytest.param("1990", 1, id="the first"),
        pytest.param("2098", 1, id="the last"),
        pytest.param("2099", 0, id="the year after"),
    ],
)
def test_years(year: str, want: int) -> None:
    """Years since there are web servers are taken; all others are slips of the pen."""
    text = f"date,time,length,title,rps\n{year}-07-01,20:30,30,Mol,5\n"
    assert len(media_plan(text, DEFAULTS).manifests) == want


def test_words_of_headers() -> None:
    """A spot whose words are those of headers, too, is a spot."""
    text = "campaign,programme,date,time,length,rps\nStart,Film,2027-01-09,20:30,30,5\n"
    (body,) = media_plan(text, DEFAULTS).manifests
    assert body["metadata"]["name"] == "start"


def test_first_header() -> None:
    """A row above the header that names one column by chance is not the header."""
    text = "Start,of the plan\ntitle,datetime,length,rps\nMol,2027-01-09 20:30,30,5\n"
    assert len(media_plan(text, DEFAULTS).manifests) == 1
