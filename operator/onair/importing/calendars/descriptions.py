"""The fields that people write into an event's description, as lines `key: value`."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from html import unescape
from typing import Final

from onair.importing.loads import FIELDS, SIZES
from onair.importing.notes import LeftOutError, quoted
from onair.importing.plans.headers import field_of
from onair.importing.values import NUMBERS, PERCENTAGES, decimal_sign, known_shape, value

_FIELDS: Final = (*FIELDS, "endSlack", "duration", "targetSets")
_KEYS: Final = {name.lower(): name for name in _FIELDS} | {
    "targetset": "targetSets",
    "rps": "requestsPerSecond",
    "requestss": "requestsPerSecond",
}
_REACH: Final = "reach"
_UNCLEAR: Final = ("load", "crowd", "peak")
"""Words beside those of media plans with which people may mean a crowd, but nobody knows which."""
_LINE: Final = re.compile(
    r"[-*\u2022 ]{0,9}([^\W\d_](?:[^\W\d]|[ /-]){1,30}?) *([(\[][^()\[\]]{0,30}[)\]])?"
    r" *[:=\uff1a] *(.+)"
)
_TARGET_SETS: Final = re.compile("[][a-z0-9., ;+-]+")
_TAG: Final = re.compile("</?[a-zA-Z][^<>]*>")
_BLOCK: Final = re.compile(
    "</?(?:br|p|div|li|tr|ul|ol|table|h[1-3])(?:[ /][^<>]*)?>", re.IGNORECASE
)
_SIMILAR: Final = 0.8
_LONGEST: Final = 20_000
"""Characters of a description: more than anybody writes, and none takes long."""


def fields(description: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the fields of a description, in the spelling of manifests, and what is not read.

    Case, spaces and hyphens in a key do not count, and the words of media plans are known, too.
    What is no field is prose and stays out, and so is a line whose value none could have; what is
    nearly a field is a slip of the pen.

    Raises:
        LeftOutError: a field is there twice, is misspelt or has a wrong value; or it is too long.
    """
    if len(description) > _LONGEST:
        raise LeftOutError(f"its description has more than {_LONGEST} characters; shorten it")
    found: dict[str, str] = {}
    unread: list[str] = []
    for field, text, line in _said(description):
        if field is None:
            unread.append(f"not read: {quoted(line)}; write it as {', '.join(SIZES)}")
        elif field in found:
            raise LeftOutError(f"its description says {field} twice; keep one")
        else:
            found[field] = text
    sign = decimal_sign(found[field] for field in (*NUMBERS, *PERCENTAGES) if field in found)
    values = {
        field: text if field == "targetSets" else value(field, text, sign)
        for field, text in found.items()
    }
    return values, tuple(unread)


def _said(description: str) -> Iterator[tuple[str | None, str, str]]:
    """Yield the lines that say a field: it, None if it is not clear which, its value, the line."""
    for line in plain(description).splitlines():
        said = _LINE.fullmatch(line.strip())
        if not said:
            continue
        key, text = re.sub("[ /_-]", "", said[1]).lower(), said[3].strip()
        field = _field(key)
        if said[2] is None and key in ("shape", "targetset", "targetsets"):
            yield field, text, line
        elif field is None or not _could_be(field, text):
            continue
        elif field in (_REACH, *_UNCLEAR) or said[2] is not None:
            yield None, text, line
        elif key in _KEYS or field_of(key):
            yield field, text, line
        else:
            raise LeftOutError(
                f"its description says {quoted(said[1])}, which is no field; write {field}"
            )


@lru_cache(maxsize=4096)
def _field(key: str) -> str | None:
    """Return the field that a key means or nearly is; reach or an unclear word for themselves."""
    if key in _KEYS or key in _UNCLEAR:
        return _KEYS.get(key, key)
    column = field_of(key)
    if column in {*_FIELDS, _REACH}:
        return column
    near = get_close_matches(key, _KEYS, n=1, cutoff=_SIMILAR)
    return _KEYS[near[0]] if near else None


def _could_be(field: str, text: str) -> bool:
    """Tell whether a text could be meant as the value of a field, and not as prose."""
    if field == "shape":
        return known_shape(text) is not None
    if field == "targetSets":
        return _TARGET_SETS.fullmatch(text) is not None
    return any(char.isdigit() for char in text) and "//" not in text


def plain(description: str) -> str:
    """Return a description without the HTML that Google and Outlook put into it.

    By patterns that stop at the next sign: a parser takes minutes for a tag that never ends.
    """
    if _TAG.search(description) or "&" in description:
        description = unescape(_TAG.sub("", _BLOCK.sub("\n", description)))
    return description.replace("\u00a0", " ")
