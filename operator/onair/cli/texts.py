"""Counts and shares in words."""

from typing import Final

_LEAST: Final = 0.005
"""Percent: what is less, would be rounded to 0.00 %."""


def counted(number: int, word: str) -> str:
    """Return such as `1 error` or `2,000 errors`."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def percent(number: float) -> str:
    """Return such as `4.15 %`, `0 %`, or `<0.01 %` for what is less and not nothing."""
    if not number:
        return "0 %"
    return f"{number:.2f} %" if number >= _LEAST else "<0.01 %"
