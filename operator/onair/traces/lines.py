"""From the bytes of a trace to lines of text, of which there are not too many."""

import codecs
from collections.abc import Iterable, Iterator
from typing import Final

from onair.traces.errors import TraceError

MAX_BYTES: Final = 256 << 20
"""A million rows of 256 characters."""
LONGEST: Final = 8 << 20
"""Bytes of a line: a response of Prometheus is one, with 250,000 values at most."""
_MAX_LINES: Final = 2_000_000
"""A million rows, and as many that are blank or comments."""


def texts(lines: Iterable[bytes]) -> Iterator[str]:
    r"""Yield the lines of a file as text, without a byte order mark and without their ends.

    `lines` end with \n; one that is longer than `LONGEST` may be cut behind that. A line may also
    end with \r\n, or with \r alone.

    Raises:
        TraceError: it is too long, or not UTF-8.
    """
    number = size = 0
    for several in lines:
        size += len(several)
        if size > MAX_BYTES:
            raise too_large()
        if len(several) > LONGEST:
            raise TraceError(f"line {number + 1} has more than {LONGEST >> 20} MiB; divide it")
        for line in several.splitlines():
            number += 1
            if number > _MAX_LINES:
                raise TraceError(f"it has more than {_MAX_LINES:,} lines; cut the trace")
            yield _text(line.removeprefix(codecs.BOM_UTF8) if number == 1 else line, number)


def too_large() -> TraceError:
    """Return the error of a file that is too large to be read."""
    return TraceError(
        f"it is larger than {MAX_BYTES >> 20} MiB; cut the trace, or take longer steps"
    )


def _text(line: bytes, number: int) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError as error:
        raise TraceError(f"line {number} is not UTF-8; save the file as UTF-8") from error
