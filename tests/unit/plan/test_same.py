"""Keys that are told apart by identity."""

from onair.plan.same import Same


def test_only_the_very_same_object_is_the_same() -> None:
    """An equal one is another key, although its values agree."""
    one, equal = [1, 2], [1, 2]
    known = {Same(one): "one"}
    assert known[Same(one)] == "one"
    assert Same(equal) not in known
    assert Same(one) != one
