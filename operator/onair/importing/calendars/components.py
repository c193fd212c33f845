"""From the text of an iCalendar file (RFC 5545) to its components and their properties.

icalendar reads the lines: folds, parameters in quotes, escapes. Its typed components are not used:
they take time zones from the machine, remember those of a file for the next one, and expand a
VTIMEZONE before anybody could bound it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from icalendar.parser import Contentline, Contentlines

from onair.importing.notes import LeftOutError, UnreadableError, quoted

MAX_EVENTS: Final = 10_000
_DEEPEST: Final = 5


@dataclass(frozen=True, slots=True)
class Property:
    """A property: its parameters, and its value without escapes."""

    parameters: Mapping[str, str]
    value: str


@dataclass(slots=True)
class Component:
    """A component such as VEVENT.

    Attributes:
        name: in capitals.
        properties: by their names in capitals.
        children: the components in it.
        wrong: its lines that could not be read.
    """

    name: str
    properties: dict[str, list[Property]] = field(default_factory=dict)
    children: list["Component"] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        """Return the properties of a name."""
        return self.properties.get(name, [])

    def one(self, name: str) -> Property | None:
        """Return the property of a name, None without it.

        Raises:
            LeftOutError: it is there several times.
        """
        found = self.all(name)
        if len(found) > 1:
            raise LeftOutError(f"it has {name} {len(found)} times; keep one")
        return found[0] if found else None

    def text(self, name: str) -> str:
        """Return the value of the first property of a name, "" without it."""
        found = self.all(name)
        return found[0].value.strip() if found else ""

    def named(self, name: str) -> Iterator["Component"]:
        """Yield the components in it that have a name."""
        return (child for child in self.children if child.name == name)


def calendars(text: str) -> list[Component]:
    """Return the calendars of a file.

    Raises:
        UnreadableError: its components do not end as they begin, or there are too many.
    """
    if "\n" not in text:  # the line ends of old Macs
        text = text.replace("\r", "\n")
    top = Component("")
    open_components = [top]
    for line in Contentlines.from_ical(text):  # type: ignore[no-untyped-call]
        if line.strip():
            _add(line, open_components)
    if len(open_components) > 1:
        raise UnreadableError(
            f"the file ends within its {quoted(open_components[-1].name)}: it was cut off;"
            " export it again"
        )
    found = list(top.named("VCALENDAR"))
    if not found:
        raise UnreadableError("the file has no calendar; an export begins with BEGIN:VCALENDAR")
    if sum(len(calendar.children) for calendar in found) > MAX_EVENTS:
        raise UnreadableError(f"the file has more than {MAX_EVENTS} events; divide it")
    return found


def _add(line: Contentline, open_components: list[Component]) -> None:
    """Add a line to the innermost of the open components, or open or close one."""
    inner = open_components[-1]
    try:
        name, parameters, value = line.parts()
    except ValueError:
        inner.wrong.append(str(line))
        return
    name = name.upper()
    if name == "BEGIN":
        child = Component(value.strip().upper())
        inner.children.append(child)
        open_components.append(child)
        if len(open_components) > _DEEPEST:
            raise UnreadableError(f"{quoted(line)} stands too deep in other components")
    elif name == "END":
        if len(open_components) == 1 or value.strip().upper() != inner.name:
            raise UnreadableError(f"{quoted(line)} ends what did not begin; export the file again")
        open_components.pop()
    else:
        texts = {key.upper(): str(said) for key, said in parameters.items()}
        inner.properties.setdefault(name, []).append(Property(texts, value))
