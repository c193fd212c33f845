"""Explore the whole bound of the model.

    python -m tests.model

Prints how many states there are, or what does not hold and how it came to that; the exit code is 0
if everything holds.
"""

from __future__ import annotations

import sys
from time import process_time

from tests.model.explorer import BrokenError, Explorer
from tests.model.runs import OVERNIGHT, PARTS, beginnings


def main() -> int:
    """Explore one part after the other and return the exit code."""
    whole = True
    for name, budget in (PARTS | OVERNIGHT).items():
        began = process_time()
        try:
            found = f"{Explorer(beginnings(budget), budget).run():,} states, all well"
        except BrokenError as error:
            found, whole = str(error), False
        print(f"{name}: {found} ({process_time() - began:.0f} s)", flush=True)  # noqa: T201
    return 0 if whole else 1


if __name__ == "__main__":
    sys.exit(main())
