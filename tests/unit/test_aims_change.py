"""Aims that are kept up to date say what aims made afresh would say, and what has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from onair.aims import Aims, NamespaceAims
from onair.cluster import resources
from onair.world import World
from tests.unit.plan.example import CAMPAIGN, TARGET_SET
from tests.unit.worlds import Body, body

if TYPE_CHECKING:
    from onair.plan.observed import TargetKey

CAMPAIGNS = ("final", "mol", "news")
SETS = ("apps", "mol")

INLINE = [{"name": "api", "scaleTargetRef": {"name": "api"}, "replicas": 3, "maxReplicas": 30}]
SPECS: tuple[Body | None, ...] = (
    None,
    CAMPAIGN,
    CAMPAIGN | {"title": "De Mol"},
    CAMPAIGN | {"suspend": True},
    CAMPAIGN | {"timeZone": "Europe/Hilversum"},
    CAMPAIGN | {"targetSets": [{"name": "apps"}]},
    CAMPAIGN | {"targetSets": [{"name": "apps"}, {"name": "mol"}]},
    {k: v for k, v in CAMPAIGN.items() if k != "targetSets"} | {"targets": INLINE},
)
SET_SPECS: tuple[Body | None, ...] = (
    None,
    TARGET_SET,
    TARGET_SET | {"targets": TARGET_SET["targets"][:1]},
    TARGET_SET | {"targets": []},
)

campaign_changes = st.tuples(
    st.just(resources.CAMPAIGNS), st.sampled_from(CAMPAIGNS), st.sampled_from(SPECS)
)
set_changes = st.tuples(
    st.just(resources.TARGET_SETS), st.sampled_from(SETS), st.sampled_from(SET_SPECS)
)
Change = tuple[resources.Resource, str, Body | None]


def prints(aims: NamespaceAims) -> dict[TargetKey, list[str]]:
    """Return what is aimed at each target, in order."""
    return {key: [aim.fingerprint for aim in some] for key, some in aims.by_target.items()}


def told(aims: NamespaceAims) -> dict[str, object]:
    """Return what is known of each campaign."""
    known: dict[str, object] = {name: error.message for name, error in aims.invalid.items()}
    return known | {
        name: [aim.fingerprint for aim in some] for name, some in aims.by_campaign.items()
    }


@given(st.lists(st.one_of(campaign_changes, set_changes), max_size=12))
def test_changed_manifests_are_followed(changes: list[Change]) -> None:
    """After any edits every aim, its order and every error are those of a fresh look."""
    world = World()
    kept = Aims(world)
    kept.of("tv")
    for generation, (resource, name, spec) in enumerate(changes, 1):
        before, known = prints(kept.of("tv")), told(kept.of("tv"))
        kept.take_changes("tv")
        world.observe(resource, body(name, spec or {}, generation), deleted=spec is None)
        taken, after = kept.take_changes("tv"), kept.of("tv")
        fresh = Aims(world).of("tv")
        assert prints(after) == prints(fresh)
        assert told(after) == told(fresh)
        moved = {k for k in before | prints(after) if before.get(k) != prints(after).get(k)}
        assert moved == taken.targets
        news = {n for n in known | told(after) if known.get(n) != told(after).get(n)}
        assert news <= taken.campaigns
        assert not kept.take_changes("tv").campaigns


def test_a_new_generation_is_news_of_its_campaign_alone() -> None:
    """Nobody else is looked at again, in whichever order manifests come."""
    world = World()
    for name in CAMPAIGNS:
        world.observe(resources.CAMPAIGNS, body(name, CAMPAIGN))
    aims = Aims(world)
    aims.take_changes("tv")
    world.observe(resources.CAMPAIGNS, body("mol", CAMPAIGN, generation=2))
    assert aims.take_changes("tv").campaigns == {"mol"}


def test_nothing_is_kept_of_campaigns_that_are_gone() -> None:
    """Neither what they said nor that they named a set, which stays."""
    world = World()
    aims = Aims(world)
    world.observe(resources.TARGET_SETS, body("mol", TARGET_SET))
    for number in range(20):
        made = body(f"show-{number}", CAMPAIGN)
        world.observe(resources.CAMPAIGNS, made)
        assert aims.said("tv", f"show-{number}") is not None
        world.forget(resources.CAMPAIGNS, "tv", f"show-{number}")
        assert not aims.of("tv").named
    known = aims._known["tv"]  # noqa: SLF001 - what grows unseen
    assert [known.said, known.users, known.sets] == [{}, {}, {}]
