"""Conditions change as Kubernetes' conventions say."""

from datetime import UTC, datetime
from typing import Any

from onair.model.conditions import READY, drop_condition, get_condition, set_condition
from onair.model.status import Condition

BEFORE = datetime(2027, 1, 9, 19, 0, tzinfo=UTC)
NOW = datetime(2027, 1, 9, 19, 5, tzinfo=UTC)

VALID = Condition(
    type="Valid", status="True", reason="Accepted", message="fine", observed_generation=1
)
MET = Condition(
    type=READY, status="True", reason="FloorMet", message="32 of 32", observed_generation=1
)


def conditions() -> list[dict[str, Any]]:
    """Two conditions that were set before."""
    return set_condition(set_condition([], VALID, BEFORE), MET, BEFORE)


def test_new_condition() -> None:
    """A condition that was not there is added with the present instant."""
    assert set_condition([], VALID, NOW) == [
        {
            "type": "Valid",
            "status": "True",
            "reason": "Accepted",
            "message": "fine",
            "observedGeneration": 1,
            "lastTransitionTime": "2027-01-09T19:05:00Z",
        }
    ]


def test_same_status_keeps_its_time() -> None:
    """Reason, message and generation may change without a transition."""
    new = Condition(
        type=READY, status="True", reason="NothingDue", message="-", observed_generation=2
    )
    ready = get_condition(set_condition(conditions(), new, NOW), READY)
    assert ready["lastTransitionTime"] == "2027-01-09T19:00:00Z"
    assert ready["reason"] == "NothingDue"
    assert ready["observedGeneration"] == 2


def test_flip_moves_the_time() -> None:
    """A status that flips has its transition now."""
    new = MET.model_copy(update={"status": "False"})
    ready = get_condition(set_condition(conditions(), new, NOW), READY)
    assert ready["lastTransitionTime"] == "2027-01-09T19:05:00Z"


def test_order_and_input_stay() -> None:
    """Setting one condition leaves the others, the order and the input as they were."""
    before = conditions()
    after = set_condition(before, VALID.model_copy(update={"status": "False"}), NOW)
    assert [condition["type"] for condition in after] == ["Valid", "Ready"]
    assert before == conditions()
    assert after[1] == before[1]


def test_drop() -> None:
    """A condition that no longer applies goes, and an absent one reads as empty."""
    left = drop_condition(conditions(), READY)
    assert [condition["type"] for condition in left] == ["Valid"]
    assert get_condition(left, READY) == {}


def test_long_message_is_cut() -> None:
    """A message that the schema would refuse is cut, not lost."""
    long = Condition(
        type=READY, status="True", reason="FloorMet", message="x" * 2000, observed_generation=1
    )
    message = get_condition(set_condition([], long, NOW), READY)["message"]
    assert len(message) == 1024
    assert message.endswith("...")
