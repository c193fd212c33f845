"""Calendars for tests, around one event."""

from __future__ import annotations

from typing import Any

from onair.importing.calendars.calendar import calendar
from onair.importing.loads import Defaults
from onair.importing.notes import lines

DEFAULTS = Defaults(
    time_zone="Europe/Amsterdam",
    target_sets=("mol",),
    load={"shape": "Episode", "multiplier": "2"},
)
EVENT = {
    "UID": "mol",
    "SUMMARY": "Mol",
    "DTSTART": ":20270109T203000",
    "DURATION": ":PT1H",
}


def event(*more: str, **changed: str | None) -> str:
    """Return a VEVENT with other properties, in which None takes one away, and more lines."""
    found = {**EVENT, **changed}
    texts = [f"{name}{_value(text)}" for name, text in found.items() if text is not None]
    return "\r\n".join(["BEGIN:VEVENT", *texts, *more, "END:VEVENT"])


def ics(*components: str) -> str:
    """Return a calendar of these components and properties."""
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *components, "END:VCALENDAR", ""])


def imported(*components: str, defaults: Defaults = DEFAULTS) -> dict[str, Any]:
    """Return the spec of the one campaign of a calendar, of which nothing is left out."""
    found = calendar(ics(*components), defaults)
    assert [note for note in found.notes if note.left_out] == []
    (body,) = found.manifests
    spec: dict[str, Any] = body["spec"]
    return spec


def left_out(*components: str, defaults: Defaults = DEFAULTS) -> str:
    """Return what a calendar without any campaign says."""
    found = calendar(ics(*components), defaults)
    assert found.manifests == ()
    return "\n".join(lines(found.notes))


def _value(text: str) -> str:
    return text if text.startswith((":", ";")) else f":{text}"
