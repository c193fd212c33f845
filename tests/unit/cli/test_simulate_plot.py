"""`onair simulate --plot`: what a picture shows, and when there is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.unit.cli.planning import MOL, campaign
from tests.unit.cli.simulating import API, onair_simulate

if TYPE_CHECKING:
    from pathlib import Path

RED, SHADED = "#d62728", "fill: #f7e8bd"
SWEEP = ("--sweep", "headroom=0..100%")


def svg(folder: Path, *arguments: object, given: str | None = None) -> str:
    """Return the picture that the command draws."""
    path = folder / "picture.svg"
    files = (MOL, *("-" for _ in range(given is not None)))
    result = onair_simulate(*files, *API, "--plot", path, *arguments, given=given)
    assert result.exit_code == 0, result.stderr
    return path.read_text()


def test_a_picture_speaks_for_itself(tmp_path: Path) -> None:
    """It names the workload, the arms with what they lose and cost, each line and the airing."""
    found = svg(tmp_path)
    for words in (
        "Deployment tv/mol-api",
        "OnAir: 0 % of requests above capacity, 146.2 pod-hours",
        "HPA on CPU alone: 14.65 % of requests above capacity, 97.5 pod-hours",
        "replicas that the rate needs",
        "above capacity",
        "Ready",
        "floor",
        "episode",
        "time of the trace (Europe/Amsterdam); shaded: on air",
    ):
        assert words in found


def test_a_sweep_is_drawn_beneath(tmp_path: Path) -> None:
    """OnAir by its settings, cron by its sizes, and the HPA alone."""
    found = svg(tmp_path, *SWEEP)
    for words in ("choose headroom 30%", "OnAir, by headroom", "cron, by its size", ">100%<"):
        assert words in found
    assert "choose" not in svg(tmp_path)


@pytest.mark.parametrize(
    ("until", "label"),
    [
        pytest.param("20s", ">0s to 20s<", id="a run"),
        pytest.param("1s", ">0s, 1s<", id="two"),
    ],
)
def test_settings_as_good_as_one_share_a_label(tmp_path: Path, until: str, label: str) -> None:
    """Their own would cover each other."""
    assert label in svg(tmp_path, "--sweep", f"lead=0..{until}")


def test_what_was_ready_is_drawn_over_what_lacked(tmp_path: Path) -> None:
    """Otherwise it could not be seen just where it was too little."""
    found = svg(tmp_path, "--sweep", "lead=0..1s")
    (alone,) = re.findall(r'<g id="axes_2">(.*)<g id="axes_3">', found, re.DOTALL)
    assert '<g id="LineCollection' in alone
    assert alone.index(f"fill: {RED}") < alone.index('<g id="LineCollection')


def test_lines_of_a_long_trace_are_said_to_be_the_highest(tmp_path: Path) -> None:
    """Where a dot is longer than a step of the trace, and only there."""
    assert "the highest" not in svg(tmp_path)
    trace = tmp_path / "seconds.csv"
    rows = (f"{1_799_510_400 + n},500" for n in range(4 * 3600))
    trace.write_text("\n".join(["time,requests_per_second", *rows]))
    assert "each line is the highest of every 12s<" in svg(tmp_path, "--trace", trace)


def drawn(picture: str, colour: str) -> int:
    """Return how many points the areas of a colour have, those of legends aside."""
    paths = re.findall(rf'<path d="([^"]*)" clip-path="[^"]*" style="fill: {colour}', picture)
    return sum(points.count("L") for points in paths)


def test_losses_are_red(tmp_path: Path) -> None:
    """And only losses are."""
    assert drawn(svg(tmp_path), RED) > 10
    assert drawn(svg(tmp_path, "--capacity", 100_000), RED) == 0


@pytest.mark.parametrize(
    ("count", "named"),
    [pytest.param(12, True, id="as many as have room"), pytest.param(13, False, id="too many")],
)
def test_many_airings_are_not_named(tmp_path: Path, *, count: int, named: bool) -> None:
    """Their names would cover each other; they are shaded all the same."""
    starts = [f"2027-01-09T{19 + n // 6}:{n % 6}0:00Z" for n in range(count)]
    spots = [{"name": "spot", "starts": starts, "duration": "1m"}]
    picture = svg(tmp_path, given=campaign(airtimes=spots))
    assert (">spot<" in picture) == named
    assert picture.count(SHADED) == 2 * count


def test_equal_pictures_are_equal(tmp_path: Path) -> None:
    """Byte for byte, so that they can be kept and compared."""
    assert svg(tmp_path, *SWEEP) == svg(tmp_path, *SWEEP)


def test_a_png_is_one(tmp_path: Path) -> None:
    """By its suffix, beside what is printed."""
    result = onair_simulate(MOL, *API, "--plot", tmp_path / "picture.png")
    assert result.stdout == onair_simulate(MOL, *API).stdout
    assert (tmp_path / "picture.png").read_bytes().startswith(b"\x89PNG\r\n")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param("picture.gif", "ends neither in .svg nor in .png", id="another format"),
        pytest.param("picture", "ends neither in .svg nor in .png", id="no suffix"),
        pytest.param("none/picture.svg", "there is no directory", id="no directory"),
        pytest.param("folder.svg", "folder.svg: Is a directory", id="a directory"),
    ],
)
def test_a_file_that_cannot_be_drawn_is_refused(tmp_path: Path, name: str, words: str) -> None:
    """It says what would be right, and prints nothing."""
    (tmp_path / "folder.svg").mkdir()
    result = onair_simulate(MOL, *API, "--plot", tmp_path / name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


def test_without_matplotlib_it_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing else needs it."""
    monkeypatch.setattr("onair.cli.plotting.find_spec", lambda _name: None)
    result = onair_simulate(MOL, *API, "--plot", tmp_path / "picture.svg")
    assert result.exit_code == 2
    assert "pip install 'onair[plot]'" in result.stderr
    assert onair_simulate(MOL, *API).exit_code == 0
