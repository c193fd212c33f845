"""`onair start`: what it prints for whom, and what it refuses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from onair.cli.start import start
from onair.clock import Clock
from onair.documents import read
from onair.model.parse import parse_campaign, parse_metadata
from onair.schedule.airings import airings

if TYPE_CHECKING:
    from click.testing import Result

NOW = datetime(2027, 6, 8, 14, 32, 10, 987654, tzinfo=UTC)
GOOD = ("breaking-news", "--load=5k", "--for=2h", "--target-set=news")


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 14:32:10 and a bit."""
    monkeypatch.setattr(Clock, "real_now", staticmethod(lambda: NOW))


def run(*arguments: str) -> Result:
    """Run the command as a shell does."""
    return CliRunner().invoke(start, arguments)


def changed(*arguments: str) -> tuple[str, ...]:
    """Return good arguments, those of the same option replaced, or else others added."""
    names = {argument.partition("=")[0] for argument in arguments}
    return (*(a for a in GOOD if a.partition("=")[0] not in names), *arguments)


def test_airs_from_now_on() -> None:
    """The airing begins with the present second, in UTC, and ends after the time that was said."""
    (document,) = read(run(*GOOD).stdout, "stdout").documents
    (airing,) = airings(parse_campaign(document.body), NOW, NOW + timedelta(days=400))
    assert airing.start == datetime(2027, 6, 8, 14, 32, 10, tzinfo=UTC)
    assert airing.end == datetime(2027, 6, 8, 16, 32, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("load", "want"),
    [
        pytest.param("5k", {"requestsPerSecond": "5k"}, id="requests a second"),
        pytest.param("5000", {"requestsPerSecond": "5000"}, id="requests a second, all digits"),
        pytest.param("4x", {"multiplier": "4"}, id="times the usual replicas"),
        pytest.param("2.5x", {"multiplier": "2.5"}, id="times, with a fraction"),
    ],
)
def test_load(load: str, want: dict[str, str]) -> None:
    """A number is requests a second; with an x it is so many times the usual replicas."""
    (document,) = read(run(*changed(f"--load={load}")).stdout, "stdout").documents
    assert document.body["spec"]["load"] == {"shape": "Flat"} | want


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("1e3", id="a number with an exponent"),
        pytest.param("0o17", id="an octal number"),
        pytest.param("on", id="a word for true"),
        pytest.param("2027-06-08", id="a date"),
        pytest.param("007", id="digits"),
    ],
)
def test_names_stay_text(name: str) -> None:
    """A name that YAML would take for something else is read back as it was said."""
    said = run(name, *GOOD[1:3], f"--target-set={name}", f"--namespace={name}").stdout
    (document,) = read(said, "stdout").documents
    assert parse_metadata(document.body).name == name
    assert document.body["metadata"]["namespace"] == name
    assert document.body["spec"]["targetSets"] == [{"name": name}]


def test_several_target_sets() -> None:
    """Each --target-set is one more that carries the load."""
    (document,) = read(run(*GOOD, "--target-set=live").stdout, "stdout").documents
    assert document.body["spec"]["targetSets"] == [{"name": "news"}, {"name": "live"}]


def test_says_that_there_is_no_warm_up() -> None:
    """When the crowd can be served is said beside the manifest, not in it."""
    result = run(*GOOD)
    assert "no time to warm up" in result.stderr
    assert "2027-06-08T14:42:10Z" in result.stderr
    assert "warm" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "want"),
    [
        pytest.param(("--load=0",), "--load: must be a number from 1", id="no load"),
        pytest.param(("--load=680m",), "680m would mean 0.68", id="a thousandth"),
        pytest.param(
            ("--load=0.5x",),
            "--load: must be a number from 1 to 1000 and an x, such as 4x or 1.5x\n",
            id="less than usual",
        ),
        pytest.param(("--load=x",), "and an x, such as 4x", id="a multiple of nothing"),
        pytest.param(("--load=4X",), "with a small x, such as 4x, so many times", id="a large X"),
        pytest.param(("--load=-5",), "--load: must be a number", id="a negative load"),
        pytest.param(("--for=2",), "--for: must be a duration", id="no unit"),
        pytest.param(("--for=200h",), "--for: must be a duration from 1s to 168h", id="too long"),
        pytest.param(("--target-set=News",), "--target-set: must be the name", id="upper case"),
        pytest.param(
            ("--target-set=news", "--target-set=news"), '"news" twice', id="the same set twice"
        ),
        pytest.param(("--namespace=a.b",), "--namespace: must be", id="a namespace with a dot"),
        pytest.param(("--cluster",), "--cluster needs --namespace", id="no namespace"),
        pytest.param(("second",), "unexpected extra argument", id="two names"),
    ],
)
def test_refused(arguments: tuple[str, ...], want: str) -> None:
    """What no manifest may say is a usage error, in the words of the option; nothing is printed."""
    result = run(*changed(*arguments))
    assert result.exit_code == 2
    assert want in result.stderr
    assert "spec." not in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Breaking", id="upper case"),
        pytest.param("breaking_news", id="an underscore"),
        pytest.param("x" * 254, id="too long"),
        pytest.param("", id="empty"),
    ],
)
def test_name_refused(name: str) -> None:
    """A name that the API server would refuse is refused before."""
    result = run(name, *GOOD[1:])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "NAME: " in result.stderr
