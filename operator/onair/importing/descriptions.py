"""The fields that people write into an event's description, as lines `key: value`."""

import re
from difflib import get_close_matches
from html import unescape
from typing import Final

from onair.importing.crowds import shape_of
from onair.importing.loads import FIELDS
from onair.importing.notes import LeftOutError, quoted

_FIELDS: Final = (*FIELDS, "endSlack", "duration", "targetSets")
_KEYS: Final = {name.lower(): name for name in _FIELDS} | {"targetset": "targetSets"}
_LINE: Final = re.compile("[-*\u2022 ]*([A-Za-z][A-Za-z _-]{2,30}?) *[:=] *(.+)")
_TAG: Final = re.compile("</?[a-zA-Z][^<>]*>")
_BLOCK: Final = re.compile(
    "</?(?:br|p|div|li|tr|ul|ol|table|h[1-3])(?:[ /][^<>]*)?>", re.IGNORECASE
)
_SIMILAR: Final = 0.8
_LONGEST: Final = 20_000
"""Characters of a description: more than anybody writes, and none takes long."""


def fields(description: str) -> dict[str, str]:
    """Return the fields of a description, by the names that manifests give them.

    Case, spaces and hyphens in a key do not count. What is no field is prose and stays out; what is
    nearly one is a slip of the pen.

    Raises:
        LeftOutError: a field is there twice, or is misspelt; or it is too long.
    """
    if len(description) > _LONGEST:
        raise LeftOutError(f"its description has more than {_LONGEST} characters; shorten it")
    found: dict[str, str] = {}
    for line in plain(description).splitlines():
        said = _LINE.fullmatch(line.strip())
        if not said:
            continue
        key = re.sub("[ _-]", "", said[1]).lower()
        if key not in _KEYS:
            _check_spelling(said[1], key)
        elif _KEYS[key] in found:
            raise LeftOutError(f"its description says {_KEYS[key]} twice; keep one")
        else:
            found[_KEYS[key]] = said[2].strip()
    if "shape" in found:
        found["shape"] = shape_of(found["shape"])
    return found


def _check_spelling(said: str, key: str) -> None:
    if near := get_close_matches(key, _KEYS, n=1, cutoff=_SIMILAR):
        raise LeftOutError(
            f"its description says {quoted(said)}, which is no field; write {_KEYS[near[0]]}"
        )


def plain(description: str) -> str:
    """Return a description without the HTML that Google and Outlook put into it.

    By patterns that stop at the next sign: a parser takes minutes for a tag that never ends.
    """
    if _TAG.search(description) or "&" in description:
        description = unescape(_TAG.sub("", _BLOCK.sub("\n", description)))
    return description.replace("\u00a0", " ")
