"""A document as a tree of nodes with their places, without expanding aliases."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol

import yaml

DEEPEST: Final = 100
"""Levels of nesting that are looked at; a manifest has about ten, a large CRD about fifty."""

LARGEST: Final = 600_000
"""Values in a file, keys and what aliases repeat included; 10,000 campaigns have 560,000."""


class Mark(Protocol):
    """A place in a text, as PyYAML counts it: from 0."""

    line: int
    column: int


class UnreadableError(ValueError):
    """A text that cannot be read: plain words, with the line and the column, both from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


@dataclass(slots=True)
class Node:
    """A node at a line and a column, both from 1.

    A scalar has `text`, `tag` and `plain`; a sequence has its items as `children`, a mapping its
    keys and values in turn; an alias has its `target`.
    """

    kind: Literal["scalar", "sequence", "mapping", "alias"]
    line: int
    column: int
    text: str = ""
    tag: str | None = None
    plain: bool = False
    children: list["Node"] = field(default_factory=list)
    target: "Node | None" = None


class TooLargeError(UnreadableError):
    """A file of which nothing more is read."""


class Budget:
    """How many values of a file may still be read."""

    def __init__(self) -> None:
        self._left = LARGEST

    def spend(self, line: int, column: int) -> None:
        """Count a value that stands at a place.

        Raises:
            TooLargeError: it is one too many.
        """
        self._left -= 1
        if self._left < 0:
            words = f"the file has more than {LARGEST:,} values, repeated ones included; split it"
            raise TooLargeError(words, line, column)


def composed(events: Iterable[yaml.Event], line: int, budget: Budget) -> Node | None:
    """Return the root of a document whose text begins at a line; None if it is empty.

    Raises:
        UnreadableError: an alias has no anchor, the nesting is too deep, the file is too large.
    """
    root = None
    anchors: dict[str, Node] = {}
    within: list[Node] = []
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            within.pop()
        if not isinstance(event, yaml.NodeEvent):
            continue
        node = _node(event, anchors, line)
        budget.spend(node.line, node.column)
        if within:
            within[-1].children.append(node)
        root = root or node
        if isinstance(event, yaml.CollectionStartEvent):
            within.append(node)
        if len(within) > DEEPEST:
            raise too_deep(node.line, node.column)
    return root


def too_deep(line: int, column: int) -> UnreadableError:
    """Return the error of a document that is nested too deeply at a place."""
    return UnreadableError(f"is nested more than {DEEPEST} levels deep", line, column)


def place_of(mark: Mark | None, line: int) -> tuple[int, int]:
    """Return the line and the column of a mark in a text that begins at a line, all from 1."""
    return (line + mark.line, 1 + mark.column) if mark else (line, 1)


def _node(event: yaml.NodeEvent, anchors: dict[str, Node], line: int) -> Node:
    place = place_of(event.start_mark, line)
    if isinstance(event, yaml.AliasEvent):
        if event.anchor not in anchors:
            raise UnreadableError(f"there is no anchor &{event.anchor} above this alias", *place)
        return Node("alias", *place, target=anchors[event.anchor])
    if isinstance(event, yaml.ScalarEvent):
        node = Node("scalar", *place, text=event.value, tag=event.tag, plain=event.implicit[0])
    else:
        sequence = isinstance(event, yaml.SequenceStartEvent)
        node = Node("sequence" if sequence else "mapping", *place)
    if event.anchor is not None:
        anchors[event.anchor] = node
    return node
