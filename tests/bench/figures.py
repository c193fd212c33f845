"""One measured figure and the bound that it must keep."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class MeasureError(RuntimeError):
    """Something to be measured did not happen; the message carries the operator's last words."""


@dataclass(frozen=True, slots=True)
class Figure:
    """`bound` is the largest value that is good, None for a figure that is only told."""

    name: str
    value: float
    unit: str
    bound: float | None = None

    @property
    def failed(self) -> bool:
        """Tell whether the value is beyond its bound."""
        return self.bound is not None and not self.value <= self.bound

    def line(self) -> str:
        """Return `name value unit bound pass|fail`; without a bound `-` and `info`."""
        if self.bound is None:
            return f"{self.name} {self.value:.2f} {self.unit} - info"
        verdict = "fail" if self.failed else "pass"
        return f"{self.name} {self.value:.2f} {self.unit} {self.bound:g} {verdict}"


def cpu_seconds(work: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds of this process that some work takes, and what it returns."""
    began = time.process_time()
    done = work()
    return time.process_time() - began, done
