"""Whole texts, and what kubectl and the API server make of them: for us and for the real one."""

from typing import Any, Final, NamedTuple


class Text(NamedTuple):
    """A text as a file has it, and the `spec` of each object that it stands for."""

    text: str
    specs: list[Any]


_HEAD: Final = "apiVersion: example.com/v1\nkind: Anything\nmetadata: {name: a}\n"
_JSON: Final = '{"apiVersion": "example.com/v1", "kind": "Anything", "metadata": {"name": "a"}, '

TEXTS: Final[dict[str, Text]] = {
    "two documents": Text(
        f"{_HEAD}spec: {{a: 1}}\n---\n{_HEAD}spec: {{a: 2}}\n", [{"a": 1}, {"a": 2}]
    ),
    "empty documents": Text(f"---\n---\n# nothing\n---\n{_HEAD}spec: {{a: 1}}\n---\n", [{"a": 1}]),
    "a comment behind a separator": Text(f"--- # one\n{_HEAD}spec: {{a: 1}}\n", [{"a": 1}]),
    "an explicit end": Text(f"{_HEAD}spec: {{a: 1}}\n...\n", [{"a": 1}]),
    "lines of Windows": Text(
        f"{_HEAD}spec:\n  a: 1\n  b: |\n    x\n    y\n".replace("\n", "\r\n"),
        [{"a": 1, "b": "x\ny\n"}],
    ),
    "a mark of the byte order": Text(f"\ufeff{_HEAD}spec: {{a: 1}}\n", [{"a": 1}]),
    "a list": Text(
        "apiVersion: v1\nkind: List\nitems:\n"
        "- {apiVersion: example.com/v1, kind: Anything, metadata: {name: a}, spec: {a: 1}}\n"
        "- {apiVersion: example.com/v1, kind: Anything, metadata: {name: b}, spec: {a: 2}}\n",
        [{"a": 1}, {"a": 2}],
    ),
    "a list of one kind": Text(
        "apiVersion: example.com/v1\nkind: AnythingList\nitems:\n"
        "- {metadata: {name: a}, spec: {a: 1}}\n",
        [{"a": 1}],
    ),
    "the later of two keys": Text(f"{_HEAD}spec:\n  a: 1\n  a: 2\n", [{"a": 2}]),
    "an alias": Text(
        f"{_HEAD}spec:\n  a: &x {{b: [1]}}\n  c: *x\n", [{"a": {"b": [1]}, "c": {"b": [1]}}]
    ),
    "an anchor twice": Text(
        f"{_HEAD}spec:\n  a: &x 1\n  b: &x 2\n  c: *x\n", [{"a": 1, "b": 2, "c": 2}]
    ),
    "a merge above": Text(
        f"{_HEAD}spec:\n  a: &x {{b: 1, c: 1}}\n  d: {{<<: *x, c: 2}}\n",
        [{"a": {"b": 1, "c": 1}, "d": {"b": 1, "c": 2}}],
    ),
    "a merge below": Text(
        f"{_HEAD}spec:\n  a: &x {{b: 1, c: 1}}\n  d: {{c: 2, <<: *x}}\n",
        [{"a": {"b": 1, "c": 1}, "d": {"b": 1, "c": 1}}],
    ),
    "a merge of several": Text(
        f"{_HEAD}spec:\n  a: &x {{b: 1}}\n  c: &y {{b: 2, d: 3}}\n  e: {{<<: [*x, *y]}}\n",
        [{"a": {"b": 1}, "c": {"b": 2, "d": 3}, "e": {"b": 1, "d": 3}}],
    ),
    "a merge in quotes": Text(f'{_HEAD}spec: {{"<<": {{a: 1}}}}\n', [{"<<": {"a": 1}}]),
    "keys that are no text": Text(
        f"{_HEAD}spec: {{1: a, true: b, 1.5: c, 2027-01-09: d, yes: e}}\n",
        [{"1": "a", "true": "e", "1.5": "c", "2027-01-09": "d"}],
    ),
    "tags of groups": Text(f"{_HEAD}spec: !!python/object:os.x {{a: !!set [1]}}\n", [{"a": [1]}]),
    "blocks of text": Text(
        f"{_HEAD}spec:\n  a: |-\n    x\n     y\n  b: >\n    x\n    y\n",
        [{"a": "x\n y", "b": "x y\n"}],
    ),
    "blocks at the end of documents": Text(
        f"{_HEAD}spec:\n  a: |\n    x\n---\n{_HEAD}spec:\n  a: |+\n    x\n---\n"
        f"{_HEAD}spec:\n  a: >\n    x",
        [{"a": "x\n"}, {"a": "x\n"}, {"a": "x\n"}],
    ),
    "a block at the end of a file": Text(f"{_HEAD}spec:\n  a: |+\n    x\n\n", [{"a": "x\n\n"}]),
    "tabs that do not indent": Text(
        f"{_HEAD}spec:\n  a:\t1\n  b: [1,\t2]\n", [{"a": 1, "b": [1, 2]}]
    ),
    "JSON": Text(
        f'{_JSON}"spec": {{"a": 1e3, "b": "\\ud83d\\ude00\\/", "c": [true, null]}}}}',
        [{"a": 1000, "b": "😀/", "c": [True, None]}],
    ),
    "JSON twice": Text(
        f'{_JSON}"spec": {{"a": 1}}}}\n{_JSON}\t"spec": {{"a": 2}}}}', [{"a": 1}, {"a": 2}]
    ),
    "JSON and YAML": Text(
        f'{_JSON}"spec": {{"a": 1}}}}\n---\n{_HEAD}spec: {{a: 2}}\n', [{"a": 1}, {"a": 2}]
    ),
    "half a pair in JSON": Text(f'{_JSON}"spec": {{"a": "\\ud800"}}}}', [{"a": "\ufffd"}]),
    "braces that are YAML": Text(
        "{apiVersion: example.com/v1, kind: Anything, metadata: {name: a}, spec: {a: yes}}",
        [{"a": True}],
    ),
}

UNREADABLE: Final[dict[str, tuple[str, int, int]]] = {
    "a tab that indents": (f"{_HEAD}spec:\n\ta: 1\n", 5, 1),
    "two colons": (f"{_HEAD}spec: a: b\n", 4, 8),
    "a quote that is never closed": (f"{_HEAD}spec: 'a\n", 4, 7),
    "a bracket that is never closed": (f"{_HEAD}spec: [1", 5, 1),
    "indentation that jumps": (f"{_HEAD}spec:\n  a: 1\n b: 2\n", 6, 2),
    "an alias without anchor": (f"{_HEAD}spec: *x\n", 4, 7),
    "an alias of itself": (f"{_HEAD}spec: &x [*x]\n", 4, 11),
    "a merge of text": (f"{_HEAD}spec: {{<<: a}}\n", 4, 12),
    "a key that is a list": (f"{_HEAD}spec: {{[1]: a}}\n", 4, 8),
    "a key that is nothing": (f"{_HEAD}spec: {{null: a}}\n", 4, 8),
    "a reserved character": (f"{_HEAD}spec: @a\n", 4, 7),
    "a directive": (f"%YAML 1.1\n---\n{_HEAD}", 2, 1),
    "text behind a separator": (f"--- {{}}\n{_HEAD}", 1, 1),
    "a control character": (f"{_HEAD}spec: é\x07\n", 4, 8),
    "text alone": ("apiVersion", 1, 1),
    "a list of objects": (f"- {{{_HEAD}}}".replace("\n", ","), 1, 1),
    "an item that is no object": ("apiVersion: v1\nkind: List\nitems: [1]\n", 3, 9),
    "an item that is nothing": ("apiVersion: v1\nkind: List\nitems:\n-\n", 4, 2),
    "items that are no list": ("apiVersion: v1\nkind: List\nitems: {}\n", 3, 1),
}
"""Texts that nobody can read, with the line and the column at which that is said."""
