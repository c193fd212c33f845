"""How long a cool-down may last: a plan looks two days ahead and back, and no further."""

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Final

from onair.model.manifest import Rule
from onair.model.quantities import DURATION, PERCENTAGE

if TYPE_CHECKING:
    from onair.model.targets import CoolDown

HOLD: Final = timedelta(minutes=5)
STEP: Final = "25%"
EVERY: Final = timedelta(minutes=1)
LONGEST: Final = timedelta(hours=48)
_SECOND: Final = timedelta(seconds=1)


def _ends_in_time(cool_down: "CoolDown") -> bool:
    """Whether hold and all steps, in whole seconds as in CEL, fit into the longest."""
    steps = ceil(1 / cool_down.step)
    return cool_down.hold // _SECOND + cool_down.every // _SECOND * steps <= LONGEST // _SECOND


def _seconds(field: str, absent: timedelta) -> str:
    return f"(has(self.{field}) ? duration(self.{field}).getSeconds() : {absent // _SECOND})"


def _spelled(field: str, pattern: str) -> str:
    return f"(!has(self.{field}) || self.{field}.matches('^{pattern}$'))"


# The step in thousandths of a percent: 100000 of them are everything, and a division is exact.
_STEP: Final = (
    f"int(double((has(self.step) ? self.step : '{STEP}').replace('%', '')) * 1000.0 + 0.5)"
)

ENDS_IN_TIME: Final = Rule(
    "a cool-down must end within 48h: hold, and every for each of its steps",
    # What is spelled wrong is refused where it stands.
    f"!({_spelled('hold', DURATION)} && {_spelled('every', DURATION)}"
    f" && {_spelled('step', PERCENTAGE)}) || {_STEP} == 0"
    f" || {_seconds('hold', HOLD)} + {_seconds('every', EVERY)} * ((99999 + {_STEP}) / {_STEP})"
    f" <= {LONGEST // _SECOND}",
    _ends_in_time,
)
"""All three have bounds of their own, so the numbers stay small."""
