"""The fields that people write into an event's description, as lines `key: value`."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from html import unescape
from typing import Final

from onair.importing.loads import FIELDS
from onair.importing.notes import LeftOutError, quoted
from onair.importing.values import NUMBERS, PERCENTAGES, decimal_sign, known_shape, value

_FIELDS: Final = (*FIELDS, "endSlack", "duration", "targetSets")
_KEYS: Final = {name.lower(): name for name in _FIELDS} | {
    "targetset": "targetSets",
    "rps": "requestsPerSecond",
    "requestss": "requestsPerSecond",
}
_LINE: Final = re.compile("[-*\u2022 ]{0,9}([A-Za-z][A-Za-z /_-]{1,30}?) *[:=] *(.+)")
_TARGET_SETS: Final = re.compile("[][a-z0-9., ;+-]+")
_TAG: Final = re.compile("</?[a-zA-Z][^<>]*>")
_BLOCK: Final = re.compile(
    "</?(?:br|p|div|li|tr|ul|ol|table|h[1-3])(?:[ /][^<>]*)?>", re.IGNORECASE
)
_SIMILAR: Final = 0.8
_LONGEST: Final = 20_000
"""Characters of a description: more than anybody writes, and none takes long."""


def fields(description: str) -> dict[str, str]:
    """Return the fields of a description, by the names and in the spelling of manifests.

    Case, spaces and hyphens in a key do not count. What is no field is prose and stays out, and so
    is a line whose value none could have; what is nearly a field is a slip of the pen.

    Raises:
        LeftOutError: a field is there twice, is misspelt or has a wrong value; or it is too long.
    """
    if len(description) > _LONGEST:
        raise LeftOutError(f"its description has more than {_LONGEST} characters; shorten it")
    found: dict[str, str] = {}
    for field, text in _said(description):
        if field in found:
            raise LeftOutError(f"its description says {field} twice; keep one")
        found[field] = text
    sign = decimal_sign(found[field] for field in (*NUMBERS, *PERCENTAGES) if field in found)
    return {
        field: text if field == "targetSets" else value(field, text, sign)
        for field, text in found.items()
    }


def _said(description: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of the lines that say one, with the texts of their values."""
    for line in plain(description).splitlines():
        said = _LINE.fullmatch(line.strip())
        if not said:
            continue
        key, text = re.sub("[ /_-]", "", said[1]).lower(), said[2].strip()
        near = [key] if key in _KEYS else get_close_matches(key, _KEYS, n=1, cutoff=_SIMILAR)
        if key in ("shape", "targetset", "targetsets"):
            yield _KEYS[key], text
        elif not near or not _could_be(_KEYS[near[0]], text):
            continue
        elif key in _KEYS:
            yield _KEYS[key], text
        else:
            raise LeftOutError(
                f"its description says {quoted(said[1])}, which is no field; write {_KEYS[near[0]]}"
            )


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
