"""Fields as messages name them: `spec.airtimes[0].start`; odd names in quotes: `spec["a.b"]`."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final

_PLAIN: Final = "[A-Za-z_][A-Za-z0-9_-]*"
_QUOTED: Final = r'"(?:[^"\\]|\\.)*"'
_KEY: Final = re.compile(rf"\[([0-9]+)\]|\[({_QUOTED})\]|\.?({_PLAIN})")


def path_of(keys: Iterable[str | int]) -> str:
    """Return the path of a field, from the keys and numbers that lead to it."""
    said = "".join(_shown(key) for key in keys)
    return said.removeprefix(".")


def keys_of(path: str) -> Iterator[str | int]:
    """Yield the keys and numbers of a path, as far as it is one."""
    end = 0
    while found := _KEY.match(path, end):
        number, quoted, plain = found.groups()
        yield int(number) if number else json.loads(quoted) if quoted else plain
        end = found.end()


def split(fault: str) -> tuple[str, str]:
    """Return the path with which `spec.timeZone: must be ...` begins, and the words behind it."""
    end = 0
    while found := _KEY.match(fault, end):
        end = found.end()
    return (fault[:end], fault[end + 2 :]) if fault.startswith(": ", end) else ("", fault)


def _shown(key: str | int) -> str:
    if isinstance(key, int):
        return f"[{key}]"
    return f".{key}" if re.fullmatch(_PLAIN, key) else f"[{json.dumps(key, ensure_ascii=False)}]"
