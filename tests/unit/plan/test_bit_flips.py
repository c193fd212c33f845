"""A ledger entry in which one bit has flipped on the disk of etcd is refused, never guessed at."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from onair.plan.ledger import DamagedEntryError, Entry
from onair.plan.spelling import from_body, to_annotations, to_data
from tests.unit.plan.imagined import on_air

if TYPE_CHECKING:
    from collections.abc import Iterator

Body = dict[str, Any]

pytestmark = pytest.mark.fault_row(27)


def spelled(entry: Entry) -> Body:
    """Return an entry as the API server keeps it."""
    annotations = {k: v for k, v in to_annotations(entry.notes).items() if v is not None}
    metadata = {"name": entry.name, "resourceVersion": "1", "annotations": annotations}
    return {"metadata": metadata, "data": to_data(entry), "revision": entry.sequence}


def flipped(part: Body) -> Iterator[Body]:
    """Yield what is still JSON of a part with one bit flipped, each bit in turn.

    What is none any more is refused by the API server itself: it cannot be listed.
    """
    text = json.dumps(part).encode()
    for position in range(8 * len(text)):
        changed = bytearray(text)
        changed[position // 8] ^= 1 << position % 8
        try:
            yield json.loads(bytes(changed))
        except ValueError:
            continue


def read(body: Body) -> Entry | None:
    """Return the entry that is read, None if it is refused."""
    try:
        return from_body(body)
    except DamagedEntryError:
        return None


@pytest.mark.parametrize("half", ["data", "annotations"])
def test_another_entry_is_never_read(half: str) -> None:
    """Whichever bit flips in either half: the same is read as before, or nothing."""
    body = spelled(on_air().ledger[-1])
    whole = read(body)
    assert whole is not None
    where = body if half == "data" else body["metadata"]
    for part in list(flipped(where[half])):
        where[half] = part
        assert read(body) in {None, whole}, part
