"""What goes wrong at present: each thing said once when it begins, and once when it is over."""

from __future__ import annotations

import logging
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

log = logging.getLogger(__name__)


class Troubles:
    """The present troubles by what they are about.

    A text is logged when it begins, not when it is repeated, and not again for others that have
    the same one: a missing right is one line, however many campaigns it concerns.
    """

    def __init__(self) -> None:
        self._texts: dict[Hashable, str] = {}
        self._counts: Counter[str] = Counter()

    def begin(self, about: Hashable, text: str) -> None:
        """Note what is wrong about something, in the place of what was wrong about it before."""
        if self._texts.get(about) == text:
            return
        self._drop(about)
        self._texts[about] = text
        self._counts[text] += 1
        if self._counts[text] == 1:
            log.warning("%s", text)

    def end(self, about: Hashable) -> None:
        """Note that nothing is wrong about something any more."""
        text = self._drop(about)
        if text and not self._counts[text]:
            log.info("no more: %s", text)

    def of(self, about: Hashable) -> str:
        """Return what is wrong about something, "" if nothing is."""
        return self._texts.get(about, "")

    def _drop(self, about: Hashable) -> str:
        text = self._texts.pop(about, "")
        if text:
            self._counts[text] -= 1
            if not self._counts[text]:
                del self._counts[text]
        return text
