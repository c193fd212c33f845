"""What makes an evening a failure: no cluster needed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.demo.judge import Readiness
from tests.demo.report import faults
from tests.demo.stage import Sample

MOMENT = datetime(2027, 1, 9, 20, 36, tzinfo=UTC)


def _readiness(ready: int) -> Readiness:
    return Readiness(
        workload="mol-api",
        moment=MOMENT,
        required=111,
        planned=MOMENT,
        written=MOMENT,
        ready=MOMENT,
        ready_at_moment=ready,
    )


def _last(*, given_back: bool) -> Sample:
    return Sample(
        at=MOMENT,
        phase="Scheduled",
        summary="",
        maximum=20,
        set_to={},
        ready={},
        verdicts={},
        given_back=given_back,
    )


@pytest.mark.parametrize(
    ("ready", "said", "given_back", "want"),
    [
        pytest.param(111, "Ready", True, [], id="a good evening"),
        pytest.param(
            110,
            "Late",
            True,
            ["mol-api: 110 of 111 Ready at 20:36Z"],
            id="a pod too few",
        ),
        pytest.param(
            110,
            "Ready",
            True,
            [
                "mol-api: 110 of 111 Ready at 20:36Z",
                "the operator's verdict at 20:36Z is Ready, ours is not Ready",
            ],
            id="an operator that flatters itself",
        ),
        pytest.param(
            111,
            None,
            True,
            ["the operator's verdict at 20:36Z is missing, ours is Ready"],
            id="an operator without a verdict",
        ),
        pytest.param(
            111,
            "Ready",
            False,
            ["not every number is back at what its owner had set"],
            id="a number that was kept",
        ),
    ],
)
def test_an_evening_fails_in_words(
    ready: int, said: str | None, want: list[str], *, given_back: bool
) -> None:
    """Every moment must be Ready, the operator must say the same, and every number be back."""
    verdicts = {MOMENT: said} if said else {}
    assert faults([_readiness(ready)], verdicts, _last(given_back=given_back)) == want
