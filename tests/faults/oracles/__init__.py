"""The rules of reliability.md section 1, each a function from the evidence to what breaks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.faults.oracles import capture, floors, honesty, isolation, liveness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.faults.evidence import Evidence, Violation

ORACLES: tuple[Callable[[Evidence], Iterator[Violation]], ...] = (
    capture.captured_first,
    capture.written_once,
    capture.erased_last,
    floors.never_lowered_on_air,
    floors.ceiling_never_falls,
    floors.proven_before_lowering,
    floors.bounded,
    isolation.kept_to_itself,
    isolation.changed_only_limits,
    liveness.no_fights,
    liveness.kept_running,
    liveness.reached_and_stayed,
    liveness.raised_on_time,
    liveness.reasserted,
    liveness.given_back,
    honesty.deletable,
    honesty.observed_what_is_there,
    honesty.ready_only_when_met,
)


def judge(evidence: Evidence) -> list[Violation]:
    """Return everything that is broken in a run, in the order of the rules above."""
    return [violation for oracle in ORACLES for violation in oracle(evidence)]
