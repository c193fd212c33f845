"""From the bytes of a file to its text."""

import codecs
import re
from typing import Final

from onair.importing.notes import UnreadableError

MAX_BYTES: Final = 4 * 1024 * 1024
"""20,000 rows of 200 characters: more than a year of a national campaign."""

_MARKED: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


_FOLD: Final = re.compile(rb"\r?\n[ \t]")


def unfolded(data: bytes) -> bytes:
    """Return a calendar without folds, which may stand within a letter (RFC 5545, 3.1)."""
    return (
        data
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        else _FOLD.sub(b"", data)
    )


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding.

    By its byte order mark; else UTF-8; else Windows-1252, in which Excel saves a CSV file.

    Raises:
        UnreadableError: it is longer than 4 MiB, or no text.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableError("the file has more than 4 MiB; divide it")
    for mark, encoding, name in _MARKED:
        if data.startswith(mark):
            return _decoded(data, encoding), name
    if b"\0" in data:
        raise UnreadableError("the file is not text; save it as CSV or iCalendar, in UTF-8")
    try:
        return data.decode(), "UTF-8"
    except UnicodeDecodeError:
        return _decoded(data, "cp1252"), "Windows-1252"


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"byte {error.start + 1} of the file is not text in {encoding}; save it in UTF-8"
        ) from error
