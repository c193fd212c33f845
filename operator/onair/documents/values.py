"""From nodes to what JSON would say, as go.yaml.in/yaml/v2 2.4.4 (`decode.go`) does it.

A merge (`<<`) takes effect where it stands: it overwrites the keys above it, and keys below it
overwrite what it brought. Of two equal keys the later one wins.
"""

from dataclasses import dataclass
from typing import Any, Final

from onair.documents.nodes import DEEPEST, Budget, Node, UnreadableError, too_deep
from onair.documents.scalars import resolve

_FREE_NODES, _FREE_ALIASES, _SHARE_OF_ALIASES = 1000, 100, 0.99
_MERGE_TAG: Final = "tag:yaml.org,2002:merge"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a text that a person should know, at a line and a column, both from 1."""

    line: int
    column: int
    message: str


@dataclass(slots=True)
class Place:
    """Where a value begins, both from 1, and where the values in it begin.

    The entry of a mapping begins with its key.
    """

    line: int
    column: int
    inside: "dict[str | int, Place] | None" = None

    def put(self, key: str | int, line: int, column: int) -> "Place":
        """Note where the value of a key, or the item of a number, begins, and return its place."""
        if self.inside is None:
            self.inside = {}
        place = self.inside[key] = Place(line, column)
        return place

    def of(self, key: str | int) -> "Place | None":
        """Return where the value of a key, or the item of a number, begins, if it is known."""
        return self.inside.get(key) if self.inside else None


class Decoder:
    """Values of one document; what is read but surprising is in `remarks`."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self.remarks: list[Remark] = []
        self._decoded = 0
        self._aliased = 0
        self._depth = 0
        self._aliases: list[Node] = []

    def value(self, node: Node, place: Place) -> Any:  # noqa: ANN401  # anything that JSON can say
        """Return the value of a node, and note in `place` where the values in it are.

        Raises:
            UnreadableError: it says what JSON cannot, or grows beyond bounds.
        """
        self._count(node)
        self._depth += 1
        if self._depth > DEEPEST:
            raise too_deep(node.line, node.column)
        try:
            return self._value(node, place)
        finally:
            self._depth -= 1

    def _value(self, node: Node, place: Place) -> Any:  # noqa: ANN401  # anything that JSON can say
        if node.kind == "alias":
            return self._alias(node, place)
        if node.kind == "mapping":
            entries: dict[str, Any] = {}
            self._fill(entries, node, place)
            return entries
        if node.kind == "sequence":
            return [self._item(item, place, n) for n, item in enumerate(node.children)]
        try:
            return resolve(node.text, node.tag, plain=node.plain)
        except ValueError as error:
            raise _unreadable(node, str(error)) from None

    def _alias(self, node: Node, place: Place) -> Any:  # noqa: ANN401  # anything that JSON can say
        target = _target(node)
        if any(node is known for known in self._aliases):
            raise _unreadable(node, "this alias contains itself")
        self._aliases.append(node)
        value = self.value(target, place)
        self._aliases.pop()
        return value

    def _item(self, node: Node, place: Place, key: str | int, at: Node | None = None) -> Any:  # noqa: ANN401
        where = at or node
        return self.value(node, place.put(key, where.line, where.column))

    def _fill(self, entries: dict[str, Any], node: Node, place: Place) -> None:
        """Put the entries of a mapping into `entries`, in order."""
        said: set[str] = set()
        for key_node, value_node in zip(node.children[::2], node.children[1::2], strict=True):
            if _is_merge(key_node):
                self._merge(entries, value_node, place, said)
                continue
            key = self._key(key_node)
            if key in said:
                self._remark(key_node, f"the key {key} is there twice: the later one wins")
            said.add(key)
            entries[key] = self._item(value_node, place, key, key_node)

    def _merge(self, entries: dict[str, Any], node: Node, place: Place, said: set[str]) -> None:
        """Put what `<<` brings into `entries`; of several mappings the first wins."""
        several = node.children[::-1] if node.kind == "sequence" else [node]
        for each in several:
            if (_target(each) if each.kind == "alias" else each).kind != "mapping":
                raise _unreadable(each, "<< needs an alias of a group of fields, or a list of them")
            brought = self.value(each, place)
            for key in sorted(said & brought.keys()):
                self._remark(each, f"<< overwrites the key {key} above it; put << first")
            entries |= brought

    def _key(self, node: Node) -> str:
        value = self.value(node, Place(node.line, node.column))
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, int | float):
            return f"{value:g}" if isinstance(value, float) else str(value)
        raise _unreadable(node, "a key must be text; put it in quotes")

    def _count(self, node: Node) -> None:
        """Refuse a document that aliases blow up.

        As `allowedAliasRatio` in Go: of 400,000 values 99 % may come from aliases. Go allows a
        smaller part of more values, and a file has hardly more here.
        """
        self._decoded += 1
        if self._aliases:
            self._aliased += 1
            self._budget.spend(node.line, node.column)
        few = self._decoded <= _FREE_NODES or self._aliased <= _FREE_ALIASES
        if not few and self._aliased > _SHARE_OF_ALIASES * self._decoded:
            raise _unreadable(node, "aliases make this document too large")

    def _remark(self, node: Node, message: str) -> None:
        self.remarks.append(Remark(node.line, node.column, message))


def _is_merge(node: Node) -> bool:
    return node.kind == "scalar" and node.text == "<<" and (node.plain or node.tag == _MERGE_TAG)


def _target(node: Node) -> Node:
    if node.target is None:
        raise TypeError("only an alias has a target")
    return node.target


def _unreadable(node: Node, message: str) -> UnreadableError:
    return UnreadableError(message, node.line, node.column)
