"""Counts in words."""


def counted(number: int, word: str) -> str:
    """Return such as `1 error` or `2,000 errors`."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"
