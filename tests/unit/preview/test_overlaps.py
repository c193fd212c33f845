"""Overlaps: named exactly where several campaigns need a target."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from onair.plan.needs import Need
from onair.plan.timeline import timeline
from onair.preview.overlaps import overlaps, presence, present_at
from onair.preview.windows import Window
from tests.unit.plan.example import at
from tests.unit.plan.strategies import FEW_POINTS, START, needs

WINDOW = Window(START - timedelta(minutes=5), START + timedelta(minutes=100))


def of(campaign: str) -> st.SearchStrategy[Need]:
    """Draw a need of one campaign."""
    return needs(FEW_POINTS).map(lambda need: replace(need, campaign=campaign))


CAMPAIGNS = st.tuples(of("tv/a"), of("tv/b"), of("tv/b"), of("tv/c"))


@settings(max_examples=30, deadline=None)
@given(drawn=CAMPAIGNS, usual=st.integers(0, 9))
def test_an_overlap_is_where_several_campaigns_need_the_target(
    drawn: tuple[Need, ...], usual: int
) -> None:
    """At every instant of a window the overlap there, if any, names who needs the target."""
    found = overlaps(presence(drawn, usual), WINDOW)
    alone = [(need.campaign, timeline([need], usual, ())) for need in drawn]
    for second in range(-300, 6000, 97):
        instant = START + timedelta(seconds=second)
        here = {campaign for campaign, line in alone if line.at(instant).required}
        named = [each.campaigns for each in found if each.from_ <= instant < each.until]
        assert named == ([tuple(sorted(here))] if len(here) > 1 else [])


@settings(max_examples=20, deadline=None)
@given(drawn=CAMPAIGNS)
def test_overlaps_are_sorted_and_whole(drawn: tuple[Need, ...]) -> None:
    """They lie within the window, do not meet, and no two that adjoin are of the same campaigns."""
    found = overlaps(presence(drawn, 0), WINDOW)
    for each in found:
        assert WINDOW.after <= each.from_ < each.until <= WINDOW.before
    for one, other in pairwise(found):
        assert one.until <= other.from_
        assert (one.until, one.campaigns) != (other.from_, other.campaigns)


@settings(max_examples=20, deadline=None)
@given(drawn=CAMPAIGNS)
def test_the_stretches_of_a_campaign_do_not_meet(drawn: tuple[Need, ...]) -> None:
    """Whatever it needs the target for: what overlaps or adjoins is one stretch."""
    for spans in presence(drawn, 0).values():
        for one, other in pairwise(spans):
            assert one[0] < one[1] < other[0] < other[1]


def test_an_overlap_ends_with_the_window() -> None:
    """Of one that begins before and goes on behind, the part within the window is said alone."""
    spans = {
        "tv/a": [(at("15:30"), at("16:30")), (at("17:00"), at("21:00"))],
        "tv/b": [(at("16:00"), at("16:30")), (at("17:30"), at("20:30"))],
    }
    (found,) = overlaps(spans, Window(at("18:00"), at("20:00")))
    assert (found.from_, found.until) == (at("18:00"), at("20:00"))
    assert overlaps(spans, Window(at("16:30"), at("17:30"))) == ()


def test_overlaps_that_adjoin_are_one() -> None:
    """Where a campaign needs the target for one thing right after another, nothing ends."""
    spans = {
        "tv/a": [(at("18:00"), at("19:00")), (at("19:00"), at("20:00"))],
        "tv/b": [(at("18:00"), at("20:00"))],
    }
    (found,) = overlaps(spans, Window(at("17:00"), at("21:00")))
    assert (found.from_, found.until) == (at("18:00"), at("20:00"))


def test_what_only_adjoins_does_not_overlap() -> None:
    """Stretches are half-open: when one ends as the other begins, nobody shares anything."""
    one, other = (at("19:00"), at("20:00")), (at("20:00"), at("21:00"))
    spans = {"tv/a": [one], "tv/b": [other]}
    assert overlaps(spans, Window(at("18:00"), at("22:00"))) == ()
    assert present_at(spans, at("20:00")) == ("tv/b",)
