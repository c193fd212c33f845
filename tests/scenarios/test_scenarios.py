"""Every story of this folder happens as it is told."""

from __future__ import annotations

import os
import time
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest

from tests.scenarios.planner import Planner
from tests.scenarios.stories import ENTRY, FIELDS, FOLDER, Story, instant, stories

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.scenarios.stories import Entry

Body = dict[str, Any]

EVERY_STORY = pytest.mark.parametrize(
    "story", [pytest.param(story, id=story.name) for story in stories()]
)


@EVERY_STORY
def test_as_told(story: Story) -> None:
    """What is expected of each instant is what the operator plans and says."""
    play(story, story.manifests)


@EVERY_STORY
def test_order_means_nothing(story: Story) -> None:
    """In whatever order campaigns are applied, the same happens."""
    campaigns = [body for body in story.manifests if body["kind"] == "Campaign"]
    others = [body for body in story.manifests if body["kind"] != "Campaign"]
    for order in permutations(campaigns):
        play(story, [*others, *order])
        play(story, [*order, *others])


@pytest.fixture
def machine_elsewhere() -> Iterator[None]:
    """A machine whose own clock is 13 or 14 hours ahead of UTC."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Pacific/Tongatapu"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@EVERY_STORY
@pytest.mark.usefixtures("machine_elsewhere")
def test_the_zone_of_the_machine_means_nothing(story: Story) -> None:
    """Wherever the operator runs, the same happens."""
    play(story, story.manifests)


def play(story: Story, manifests: Iterable[Body]) -> None:
    """Check every entry of a story's timeline."""
    manifests = list(manifests)
    for entry in story.timeline:
        planner = Planner(manifests, story.running, entry.at)
        said = f"{story.name} at {entry.at.astimezone(story.zone)}: {entry.because}"
        assert floors(planner, entry) == {k: {v} for k, v in entry.floors.items()}, said
        for name, wanted in entry.campaigns.items():
            status = planner.status(name)
            found = {word: LOOKS[word](status, story) for word in wanted}
            assert found == expected(wanted, story), said


def floors(planner: Planner, entry: Entry) -> dict[str, set[int]]:
    """Return the floors of each workload from an instant on, or until another."""
    return {
        workload: {step.floor for step in planner.steps(workload, entry.until)}
        for workload in entry.floors
    }


def expected(wanted: Body, story: Story) -> Body:
    """Return what a status must say, the times of moments in UTC."""
    moments = wanted.get("moments")
    if moments is None:
        return wanted
    return wanted | {"moments": {instant(at, story.zone): n for at, n in moments.items()}}


def _condition(kind: str, wanted: str) -> Callable[[Body, Story], str | None]:
    def look(status: Body, _story: Story) -> str | None:
        said = {(c["type"], c["status"]): c["message"] for c in status["conditions"]}
        return said.get((kind, wanted))

    return look


def _moments(status: Body, story: Story) -> dict[Any, int]:
    return {
        instant(moment["at"], story.zone): moment["required"]
        for moment in status["upcoming"][0]["moments"]
    }


LOOKS: dict[str, Callable[[Body, Story], Any]] = {
    "phase": lambda status, _: status["phase"],
    "summary": lambda status, _: status["summary"],
    "next": lambda status, _: status["next"],
    "peak": lambda status, _: int(status["peak"]),
    "moments": _moments,
    "airings": _condition("Valid", "True"),
    "wrong": _condition("Valid", "False"),
    "short": _condition("Feasible", "False"),
    "why": lambda status, _: {target["name"]: target["why"] for target in status["targets"]},
    "beside": lambda status, _: {t["name"]: t["overlapping"] for t in status["targets"]},
}
"""Where a status has what a scenario calls by a word."""


def test_words_are_explained() -> None:
    """The page about scenarios has every word that one may use."""
    page = (FOLDER / "README.md").read_text()
    assert {word for word in FIELDS | ENTRY | LOOKS.keys() if f"{word}:" not in page} == set()
