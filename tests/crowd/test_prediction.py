"""What the simulation expects of `make crowd`'s evenings, and what real pods made of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from tests.crowd.arms import ARMS, CRON, HPA, ONAIR
from tests.crowd.episode import Episode
from tests.crowd.pairs import PAIRS, evenings
from tests.crowd.prediction import Prediction, predict, predictions
from tests.crowd.report import compared
from tests.crowd.test_summary import SUMMARY
from tests.docs.pages import DOCS, ROOT, table

OBSERVED = Path(__file__).parent / "observed.yaml"
FACTOR = 2
"""Between failures predicted and observed."""

PART = 0.1
"""Between pod-seconds predicted and observed, of the latter."""

EVERY_ARM = pytest.mark.parametrize("arm", [pytest.param(arm, id=arm) for arm in ARMS])


@pytest.fixture(scope="module")
def predicted() -> dict[str, Prediction]:
    """The medians of all pairs."""
    return predictions(PAIRS)


@pytest.fixture(scope="module")
def observed() -> dict[str, Prediction]:
    """The medians that were measured."""
    return {
        arm: Prediction(said["failed"][0], said["pod-seconds"][0])
        for arm, said in measured().items()
    }


@pytest.mark.parametrize("arm", [pytest.param(HPA, id=HPA), pytest.param(CRON, id=CRON)])
def test_failures_are_those_observed(
    predicted: dict[str, Prediction], observed: dict[str, Prediction], arm: str
) -> None:
    """Where a replica is asked for more than it can serve, the model says how much is lost."""
    failed = observed[arm].failed
    assert failed / FACTOR <= predicted[arm].failed <= failed * FACTOR


def test_nothing_is_lost_with_onair() -> None:
    """In no pair does the model lose a request: what failed on real pods is chance, and no rate."""
    found = [predict(arm, episode) for _, arm, episode in evenings(PAIRS, 1) if arm == ONAIR]
    assert [each.failed for each in found] == [0] * PAIRS


@EVERY_ARM
def test_pods_cost_what_was_observed(
    predicted: dict[str, Prediction], observed: dict[str, Prediction], arm: str
) -> None:
    """What pods come to is right within a tenth in every arm."""
    assert predicted[arm].pod_seconds == pytest.approx(observed[arm].pod_seconds, rel=PART)


def test_what_lies_before_an_evening_costs_nothing() -> None:
    """Half a minute more before it, after which the HPA looks at the same seconds, is not paid."""
    assert predict(ONAIR, Episode(hpa_ahead=30)) == predict(ONAIR, Episode(hpa_ahead=0))


def test_page_has_both(predicted: dict[str, Prediction], observed: dict[str, Prediction]) -> None:
    """The table of the page is what is predicted, beside what was observed."""
    rows = table(DOCS / "simulate-against-reality.md", "median of six pairs")
    for arm, cells in rows.items():
        wants = predicted[arm].failed, predicted[arm].pod_seconds
        seen = observed[arm].failed, observed[arm].pod_seconds
        pairs = zip(wants, seen, strict=True)
        assert cells == [cell for want, saw in pairs for cell in (f"{want:,.0f}", f"{saw:,}")]
    assert rows.keys() == set(ARMS)


@pytest.mark.parametrize(
    "figure", [pytest.param(name, id=name) for name in ("failed", "pod-seconds")]
)
def test_observed_is_what_the_readme_says(figure: str) -> None:
    """The measured figures are those of the README's table."""
    cells = (
        f"{median:,} ({least:,} to {most:,})"
        for median, least, most in (said[figure] for said in measured().values())
    )
    assert f"| {figure} | {' | '.join(cells)} |" in (ROOT / "README.md").read_text()


def test_measuring_again_tells_both() -> None:
    """`make crowd` prints a line for each arm with what was predicted and what it has observed."""
    failed = replace(SUMMARY, failed=7, pod_seconds=8000)
    lines = list(compared({arm: [failed] * PAIRS for arm in ARMS}))
    assert [line.partition(":")[0] for line in lines] == list(ARMS)
    assert all("7 observed; " in line and line.endswith("8,000 observed") for line in lines)


def measured() -> dict[str, dict[str, list[float]]]:
    """Return median, least and most of the figures of each arm."""
    found: dict[str, dict[str, list[float]]] = yaml.safe_load(OBSERVED.read_text())
    return found
