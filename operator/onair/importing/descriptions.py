"""The fields that people write into an event's description, as lines `key: value`."""

import re
from difflib import get_close_matches
from html.parser import HTMLParser
from typing import Final

from onair.importing.crowds import shape_of
from onair.importing.loads import FIELDS
from onair.importing.notes import LeftOutError, quoted

EVENT_FIELDS: Final = (*FIELDS, "endSlack", "duration", "targetSets")
_KEYS: Final = {name.lower(): name for name in EVENT_FIELDS} | {"targetset": "targetSets"}
_LINE: Final = re.compile("[-*\u2022 ]*([A-Za-z][A-Za-z _-]{2,30}?) *[:=] *(.+)")
_BLOCKS: Final = frozenset(("br", "p", "div", "li", "tr", "ul", "ol", "table", "h1", "h2", "h3"))
_SIMILAR: Final = 0.8


def fields(description: str) -> dict[str, str]:
    """Return the fields of a description, by the names that manifests give them.

    Case, spaces and hyphens in a key do not count. What is no field is prose and stays out; what is
    nearly one is a slip of the pen.

    Raises:
        LeftOutError: a field is there twice, or is misspelt.
    """
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
    """Return a description without the HTML that Google and Outlook put into it."""
    if re.search("</?[a-zA-Z]|&[a-zA-Z#]", description):
        reader = _Text()
        reader.feed(description)
        reader.close()
        description = "".join(reader.parts)
    return description.replace("\u00a0", " ")


class _Text(HTMLParser):
    """Collects the text of HTML; what begins a line there begins one here."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - HTMLParser's
        """Begin a line where HTML does."""
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a line where HTML does."""
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.parts.append(data)
