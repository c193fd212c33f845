"""YAML text to nodes.

The scanner is libyaml, from which that of Go was made; it makes no objects of tags.
"""

from typing import Final

import yaml

from onair.documents.nodes import Budget, Node, UnreadableError, composed, place_of

_NO_START: Final = "did not find expected <document start>"
_DIRECTIVE: Final = "Kubernetes takes no line that begins with %; remove it"
_UNENDED: Final = "found unexpected end of stream"
_HINTS: Final = {
    "mapping values are not allowed in this context": "a colon stands where none may; put the text"
    " in quotes or look at the indentation",
    "found character that cannot start any token": "no value may begin like this; indent with"
    " spaces, not tabs, and put text in quotes",
    "found a tab character that violates indentation": "indent with spaces, not tabs",
    "found a tab character where an indentation space is expected": "indent with spaces, not tabs",
    "could not find expected ':'": "a colon and a value are missing after the key",
    "did not find expected key": "a key with a colon must stand here; look at the indentation",
    "did not find expected '-' indicator": "an item with a hyphen must stand here; look at the"
    " indentation",
    _NO_START: "the document has ended above, and Kubernetes"
    " ignores what follows; look at the indentation, or put a line --- before it",
    "did not find expected ',' or ']'": "a comma or the closing bracket ] is missing before this",
    "did not find expected ',' or '}'": "a comma or the closing brace } is missing before this",
    _UNENDED: "the quote that begins here is never closed",
}
"""What would be right, for what libyaml says most."""


def yaml_root(text: str, line: int, budget: Budget) -> Node | None:
    """Return the root of the one document of a text that begins at a line; None if it is empty.

    Raises:
        UnreadableError: it is no YAML 1.1, too large, or more than one document: Go takes the first
            and drops the others without a word.
    """
    try:
        return composed(yaml.parse(text, yaml.CSafeLoader), line, budget)
    except yaml.MarkedYAMLError as error:
        words = _HINTS.get(error.problem or "", error.problem or "is no YAML")
        if error.problem == _NO_START and "\n%" in f"\n{text}":
            words = _DIRECTIVE
        began = error.problem == _UNENDED and error.context_mark
        raise UnreadableError(words, *place_of(began or error.problem_mark, line)) from None
    except yaml.reader.ReaderError as error:
        # The position counts bytes.
        above = text.encode()[: error.position].decode(errors="replace").split("\n")
        words = f"{error.reason}; write plain text in UTF-8"
        raise UnreadableError(words, line + len(above) - 1, 1 + len(above[-1])) from None
    except UnicodeEncodeError as error:
        above = text[: error.start].split("\n")
        words = "half of a surrogate pair is no character; write plain text in UTF-8"
        raise UnreadableError(words, line + len(above) - 1, 1 + len(above[-1])) from None
