"""YAML text to nodes.

The scanner is libyaml, from which that of Go was made; it makes no objects of tags.
"""

from typing import Final

import yaml

from onair.documents.nodes import Node, UnreadableError, composed, place_of

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
    "did not find expected <document start>": "the document has ended above, and Kubernetes"
    " ignores what follows; look at the indentation, or put a line --- before it",
    "did not find expected ',' or ']'": "a comma or the closing bracket ] is missing before this",
    "did not find expected ',' or '}'": "a comma or the closing brace } is missing before this",
    _UNENDED: "the quote that begins here is never closed",
}
"""What would be right, for what libyaml says most."""


def yaml_root(text: str, line: int) -> Node | None:
    """Return the root of the one document of a text that begins at a line; None if it is empty.

    Raises:
        UnreadableError: it is no YAML 1.1, or more than one document: Go takes the first and drops
            the others without a word.
    """
    try:
        return composed(yaml.parse(text, yaml.CSafeLoader), line)
    except yaml.MarkedYAMLError as error:
        words = _HINTS.get(error.problem or "", error.problem or "is no YAML")
        began = error.problem == _UNENDED and error.context_mark
        raise UnreadableError(words, *place_of(began or error.problem_mark, line)) from None
    except (yaml.YAMLError, UnicodeError) as error:
        reason = getattr(error, "reason", "is no YAML")
        raise UnreadableError(f"{reason}; write plain text in UTF-8", line, 1) from None
