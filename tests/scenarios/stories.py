"""Reading a scenario: its manifests, and what is expected at which instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from onair.documents import read

if TYPE_CHECKING:
    from collections.abc import Iterator

Body = dict[str, Any]

FOLDER = Path(__file__).parent
EXAMPLES = FOLDER.parents[1] / "examples"
FIELDS = {"story", "timeZone", "examples", "manifests", "running", "timeline"}
ENTRY = {"at", "until", "because", "floors", "campaigns"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What is expected at an instant (UTC), or from there until another, and why in words."""

    at: datetime
    until: datetime | None
    because: str
    floors: dict[str, int]
    campaigns: dict[str, Body]


@dataclass(frozen=True, slots=True)
class Story:
    """A scenario; `running` are the replicas that its owners run, where it matters."""

    name: str
    zone: ZoneInfo
    manifests: tuple[Body, ...]
    running: dict[str, int]
    timeline: tuple[Entry, ...]


def stories() -> Iterator[Story]:
    """Yield every scenario of the folder."""
    for path in sorted(FOLDER.glob("*.yaml")):
        yield load(path)


def load(path: Path) -> Story:
    """Read a scenario; a word that nobody understands is an error, lest it is never checked."""
    (said,) = bodies(path)
    assert said.keys() <= FIELDS, said.keys() - FIELDS
    assert said["story"].strip(), "a scenario tells its story in words"
    zone = ZoneInfo(said["timeZone"])
    files = [body for name in said.get("examples", ()) for body in bodies(EXAMPLES / name)]
    manifests = (*files, *said.get("manifests", ()))
    entries = tuple(_entry(entry, zone) for entry in said["timeline"])
    return Story(path.stem, zone, manifests, said.get("running", {}), entries)


def bodies(path: Path) -> list[Body]:
    """Return the documents of a file, read as the API server reads YAML."""
    found = read(path.read_text(), path.name)
    assert not found.errors + found.warnings, path
    return [document.body for document in found.documents]


def instant(text: str, zone: ZoneInfo) -> datetime:
    """Return `2027-01-09 20:30` in a zone, or with an offset of its own, in UTC."""
    said = datetime.fromisoformat(text)
    return (said if said.tzinfo else said.replace(tzinfo=zone)).astimezone(UTC)


def _entry(said: Body, zone: ZoneInfo) -> Entry:
    assert said.keys() <= ENTRY, said.keys() - ENTRY
    at = instant(said["at"], zone)
    until = instant(said["until"], zone) if "until" in said else None
    because, floors = said.get("because", ""), said.get("floors", {})
    return Entry(at, until, because, floors, said.get("campaigns", {}))
