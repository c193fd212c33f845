"""Survivors that are explained: why no test needs to notice them, one by one.

They are known by the text of their line, not by its number, so they stay explained when code
around them moves, and lose their explanation when the line itself changes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.mutants.mutants import Mutant

FILE = Path(__file__).with_name("survivors.yaml")


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A mutant by what it says: where in a module, the text of the line, what is changed in it."""

    scope: str
    line: str
    change: str

    @classmethod
    def of(cls, mutant: Mutant) -> Change:
        """Return what a mutant says."""
        return cls(mutant.place.scope, mutant.line, mutant.change)

    def __str__(self) -> str:
        """Say it for a person, in two lines."""
        return f"{self.scope or 'module'}: {self.line}\n    {self.change}"


def explained(file: Path = FILE) -> dict[str, Counter[Change]]:
    """Return which survivors of each module (such as `plan/ladder`) a file explains, how often.

    Raises:
        ValueError: when an explanation lacks its reason.
    """
    said = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    return {module: Counter(_changes(module, entries)) for module, entries in said.items()}


def _changes(module: str, entries: Iterable[dict[str, Any]]) -> Iterable[Change]:
    for entry in entries:
        if not str(entry.get("why", "")).strip():
            raise ValueError(f"{module}: {entry['line']}: say why this survivor may live")
        for change in entry["changes"]:
            yield Change(str(entry.get("scope", "")), str(entry["line"]), str(change))
