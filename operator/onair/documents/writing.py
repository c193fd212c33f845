"""Manifests as text that kubectl and the API server read back as it was meant."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import yaml

from onair.documents.scalars import resolve

_WIDE: Final = 1_000
"""Columns after which a value would be continued on another line: more than any has."""


class _Dumper(yaml.CSafeDumper):
    """Writes every list and group where it stands, without aliases."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's
        return True


def _text(dumper: yaml.CSafeDumper, text: str) -> yaml.ScalarNode:
    """Put text in quotes where anybody would read anything else, such as 1e3, on or 20:30."""
    tag = "tag:yaml.org,2002:str"
    own = dumper.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    plain = own == tag and text.isprintable() and _means_itself(text)
    return dumper.represent_scalar(tag, text, None if plain else '"')


def _means_itself(text: str) -> bool:
    """Tell whether the API server reads plain text as it stands."""
    try:
        return text != "" and resolve(text, None, plain=True) == text
    except ValueError:  # a number that JSON has not, such as .nan
        return False


_Dumper.add_representer(str, _text)


def write(bodies: Iterable[Mapping[str, Any]]) -> str:
    """Return manifests as YAML documents, their fields in the order in which they stand."""
    text: str = yaml.dump_all(
        bodies, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDE
    )
    return text
