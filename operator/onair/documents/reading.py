"""Files to documents, split as kubectl splits them.

As in apimachinery 0.37.2: `pkg/util/yaml/decoder.go`, and for lists
`pkg/apis/meta/v1/unstructured/helpers.go`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from onair.documents.jsons import json_roots
from onair.documents.nodes import Budget, Node, TooLargeError, UnreadableError
from onair.documents.values import Decoder, Place, Remark
from onair.documents.yamls import yaml_root
from onair.model.paths import keys_of

LARGEST: Final = 3 * 2**20
"""Characters of one document: the API server takes no request above 3 MiB."""

_SEPARATOR: Final = "---"


@dataclass(frozen=True, slots=True)
class Document:
    """An object as it stands in a file.

    Attributes:
        file: the name of the file.
        line: where it begins, from 1.
        body: the object, as kubectl would send it.
    """

    file: str
    line: int
    body: dict[str, Any]
    place: Place

    def at(self, path: str) -> tuple[int, int]:
        """Return the line and the column, both from 1, of `spec.airtimes[0].duration`.

        Of a field that is absent, those of the part that should have it.
        """
        place = self.place
        for key in keys_of(path):
            found = place.of(key)
            if found is None:
                break
            place = found
        return place.line, place.column


@dataclass(frozen=True, slots=True)
class Documents:
    """What a file says.

    Attributes:
        file: the name of the file.
        documents: the objects that can be read, those of lists included, in order.
        errors: why others cannot be read.
        warnings: what is read in another way than it looks.
    """

    file: str
    documents: tuple[Document, ...]
    errors: tuple[Remark, ...]
    warnings: tuple[Remark, ...]


def read(text: str, name: str) -> Documents:
    """Return the objects in the text of a file.

    What cannot be read is in `errors`, and hides no other document, unless the file is too large.
    """
    documents: list[Document] = []
    warnings: list[Remark] = []
    parts, errors = _split(text.removeprefix("\ufeff"))
    budget = Budget()
    for line, part in parts:
        try:
            for root in _roots(part, line, budget):
                decoder, place = Decoder(budget), Place(root.line, root.column)
                body = decoder.value(root, place)
                warnings += decoder.remarks
                documents += _objects(body, place, name)
        except UnreadableError as error:
            errors.append(Remark(error.line, error.column, str(error)))
            if isinstance(error, TooLargeError):
                break
    return Documents(name, tuple(documents), tuple(errors), tuple(warnings))


def _split(text: str) -> tuple[list[tuple[int, str]], list[Remark]]:
    """Return each document's text with its first line, from 1, and the wrong separators.

    Every line is ended, the last one, too, as kubectl does it.
    """
    parts, errors = [], []
    first, part = 1, list[str]()
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        if not line.startswith(_SEPARATOR):
            part.append(line)
            continue
        rest = line.removeprefix(_SEPARATOR).strip()
        if rest and not rest.startswith("#"):
            message = "kubectl takes nothing but a comment behind ---; put it on the next line"
            errors.append(Remark(number, 1, message))
        parts.append((first, _text(part)))
        first, part = number + 1, []
    return [*parts, (first, _text(part))], errors


def _text(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _roots(text: str, line: int, budget: Budget) -> list[Node]:
    """Return the roots of a part of a file: of one YAML document, or of several JSON values."""
    if len(text) > LARGEST:
        message = "the document is above 3 MiB, more than the API server takes"
        raise UnreadableError(message, line, 1)
    roots = json_roots(text, line, budget) if text.lstrip().startswith("{") else None
    if roots is not None:
        return roots
    root = yaml_root(text, line, budget)
    return [root] if root else []


def _objects(body: object, place: Place, name: str) -> Iterator[Document]:
    """Yield the object that a document is, or those of the list that it is."""
    if body is None:
        return
    if not isinstance(body, dict):
        message = "a document must be an object with apiVersion, kind and metadata"
        raise UnreadableError(message, place.line, place.column)
    kind = str(body.get("kind"))
    if not kind.endswith("List") or "items" not in body:
        yield Document(name, place.line, body, place)
        return
    listed = place.of("items") or place
    if not isinstance(body["items"], list):
        raise UnreadableError("items must be a list", listed.line, listed.column)
    of_item = {"apiVersion": body.get("apiVersion"), "kind": kind.removesuffix("List")}
    for number, item in enumerate(body["items"]):
        typed = not isinstance(item, dict) or "kind" in item or "apiVersion" in item
        where = listed.of(number) or listed
        if item is None:
            raise UnreadableError("an item of a list must be an object", where.line, where.column)
        yield from _objects(item if typed else of_item | item, where, name)
