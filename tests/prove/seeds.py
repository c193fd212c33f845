"""Defects sown into a copy of the operator, so that the tests can be tried on it.

A seed is a replacement of text. The text must be there exactly once, so a change of the operator
cannot turn a defect into nothing unnoticed.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

OPERATOR = Path(__file__).parents[2] / "operator"


class SeedError(Exception):
    """A defect does not fit the operator any more."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A defect in `onair/<file>`: `sound` is replaced by `broken`."""

    name: str
    file: str
    sound: str
    broken: str

    def sow(self, folder: Path) -> None:
        """Copy the operator into a folder, with this defect in it.

        Raises:
            SeedError: when the operator does not have the sound text exactly once.
        """
        unwanted = shutil.ignore_patterns("__pycache__")
        shutil.copytree(OPERATOR, folder, ignore=unwanted, dirs_exist_ok=True)
        path = folder / "onair" / self.file
        text = path.read_text(encoding="utf-8")
        if text.count(self.sound) != 1:
            raise SeedError(f"{self.name}: {path} must have this text once:\n{self.sound}")
        path.write_text(text.replace(self.sound, self.broken), encoding="utf-8")
