"""Rules that break others are refused in plain words or air as they say, in few steps."""

import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from types import FrameType
from typing import Any

import pytest

from onair.model.errors import InvalidManifest
from onair.schedule.airings import HORIZON, airings, begins_after, check, counts
from tests.unit.schedule.hostile import CORPUS, forget, spec_of

NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)
MOST_STEPS = 100_000
"""Calls of functions, Python's and C's: some hundredths of a second."""


def outcome(case: dict[str, Any]) -> dict[str, Any]:
    """Return what becomes of a rule, as the corpus spells it."""
    try:
        spec = spec_of(case)
        check(spec)
    except InvalidManifest as error:
        said = error.message.removeprefix("spec.airtimes[0].")
        return {"refused": error.reason, "says": said[: len(case.get("says", ""))]}
    found = airings(spec, NEW_YEAR, NEW_YEAR + HORIZON)
    first = {"first": f"{found[0].start:%Y-%m-%d %H:%M}"} if found else {}
    return {"airings": len(found), "counts": counts(spec)} | first


def steps(run: Callable[[], object]) -> int:
    """Return how many calls something makes."""
    calls = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event.endswith("call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        run()
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("case", [pytest.param(case, id=case["about"]) for case in CORPUS])
def test_outcome(case: dict[str, Any]) -> None:
    """A rule is refused with its reason and words, or has the airings that the corpus says."""
    want = {name: case[name] for name in case.keys() & {"refused", "says", "airings", "counts"}}
    assert outcome(case) == want | ({"first": case["first"]} if "first" in case else {})


@pytest.mark.parametrize("case", [pytest.param(case, id=case["about"]) for case in CORPUS])
def test_steps(case: dict[str, Any]) -> None:
    """No campaign makes more than so many steps, however far it reaches and if nothing is known."""
    forget()
    assert steps(lambda: planned(case)) <= MOST_STEPS * case.get("airtimes", 1)


def planned(case: dict[str, Any]) -> None:
    """Do all that is ever done with a rule."""
    outcome(case)
    with suppress(InvalidManifest):
        begins_after(spec_of(case), NEW_YEAR)


def test_size_of_the_corpus() -> None:
    """There are enough of them, all different."""
    assert len({(case["repeat"], case.get("start"), case.get("zone")) for case in CORPUS}) >= 60
