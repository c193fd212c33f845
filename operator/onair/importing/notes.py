"""What an import has to say beside the manifests, by the number of the line, column or event."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

_LONGEST: Final = 60
_MOST: Final = 2000
"""Characters of a message; the longest name all columns that are not used."""
_UNITS: Final = ("file", "column", "line", "event")


class UnreadableError(ValueError):
    """The file as a whole cannot be read; the message says what would be right."""


class LeftOutError(ValueError):
    """A row or an event cannot become airings; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to say.

    Attributes:
        message: in plain words.
        unit: what the number counts, "file" for the file as a whole.
        number: of the line, column or event, from 1.
        left_out: whether it is missing in the manifests because of this.
    """

    message: str
    unit: Literal["file", "line", "column", "event"] = "file"
    number: int = 0
    left_out: bool = False


def quoted(text: str) -> str:
    """Return what a file says in quotes: short, in one line and safe for a terminal."""
    flat = " ".join(text.split())
    short = flat if len(flat) <= _LONGEST else flat[: _LONGEST - 3] + "..."
    return repr(short)


def safe(message: str) -> str:
    """Return a message in one line that a terminal shows as it is, of bounded length."""
    shown = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in message[:_MOST])
    return shown + ("..." if len(message) > _MOST else "")


def lines(notes: Iterable[Note]) -> Iterator[str]:
    """Yield the notes as sorted lines of text; notes that differ by number only are one line."""
    together: dict[tuple[str, str, bool], set[int]] = {}
    for note in notes:
        together.setdefault((note.unit, note.message, note.left_out), set()).add(note.number)
    in_order = sorted(together.items(), key=lambda item: (_UNITS.index(item[0][0]), min(item[1])))
    for (unit, message, left_out), numbers in in_order:
        if unit == "file":
            yield safe(message)
        else:
            place = unit + ("s " if len(numbers) > 1 else " ") + _ranges(numbers)
            yield f"{place}{' left out' if left_out else ''}: {safe(message)}"


def _ranges(numbers: set[int]) -> str:
    """Return `3 to 5, 9` for 3, 4, 5 and 9."""
    runs = groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0])
    texts = []
    for _, run in runs:
        found = [number for _, number in run]
        texts.append(f"{found[0]} to {found[-1]}" if len(found) > 1 else str(found[0]))
    return ", ".join(texts)
