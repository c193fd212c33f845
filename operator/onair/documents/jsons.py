"""JSON text to nodes: as kubectl does, JSON is not read as if it were YAML."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

import yaml

from onair.documents.nodes import Budget, Node, UnreadableError, composed, too_deep

_DECODER: Final = json.JSONDecoder(parse_int=str, parse_float=str)
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]|[^\s,:{}\[\]"]+')
_SPACE: Final = re.compile(r"\s*")


def json_roots(text: str, line: int, budget: Budget) -> list[Node] | None:
    """Return the roots of the JSON values in a text that begins at a line; None if it is no JSON.

    Raises:
        UnreadableError: it is nested too deeply, or too large, to be looked at; something else
            follows the JSON.
    """
    begins = list(accumulate((len(each) + 1 for each in text.split("\n")), initial=0))
    roots, start = [], _after_space(text, 0)
    try:
        while start < len(text):
            _, end = _DECODER.raw_decode(text, start)
            root = composed(_events(text, start, end, begins), line, budget)
            roots += [root] if root else []
            start = _after_space(text, end)
    except json.JSONDecodeError as error:
        if not roots:
            return None
        words = "what follows the JSON above is no JSON; put a line --- between objects"
        raise UnreadableError(words, line + error.lineno - 1, error.colno) from None
    except RecursionError:
        raise too_deep(line, 1) from None
    return roots


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _events(text: str, start: int, end: int, begins: Sequence[int]) -> Iterator[yaml.Event]:
    """Yield the events of a part of a text that is known to be JSON.

    `begins` are the offsets at which its lines begin.
    """
    for token in _TOKEN.finditer(text, start, end):
        line = bisect_right(begins, token.start()) - 1
        mark = yaml.Mark("", token.start(), line, token.start() - begins[line], None, 0)
        said = token.group()
        if said == "{":
            yield yaml.MappingStartEvent(None, None, True, mark)  # noqa: FBT003  # PyYAML's
        elif said == "[":
            yield yaml.SequenceStartEvent(None, None, True, mark)  # noqa: FBT003  # PyYAML's
        elif said in "}]":
            yield yaml.CollectionEndEvent(mark)
        elif said.startswith('"'):
            yield yaml.ScalarEvent(None, None, (False, True), _text(said), mark)
        else:
            yield yaml.ScalarEvent(None, None, (True, False), said, mark)


def _text(literal: str) -> str:
    """Return the text of a literal; half a surrogate pair becomes a question mark, as in Go."""
    if "\\" not in literal:
        return literal[1:-1]
    said: str = json.loads(literal)
    return said.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
