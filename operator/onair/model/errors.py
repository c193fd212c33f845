"""The one error of a manifest that cannot be planned."""

from collections.abc import Sequence
from typing import Self


class InvalidManifest(Exception):  # noqa: N818  # the condition's reason has the same name
    """A manifest says something that cannot be planned.

    Attributes:
        reason: the PascalCase reason of the Valid condition, from `onair.model.reasons`.
        faults: each in plain words that begin with the field: `spec.timeZone: must be ...`.
        reasons: that of each fault; of the first is `reason`.
        message: all faults.
    """

    def __init__(self, reason: str, *faults: str) -> None:
        super().__init__("; ".join(faults))
        self.reason = reason
        self.faults = faults
        self.reasons = tuple(reason for _ in faults)
        self.message = "; ".join(faults)

    @classmethod
    def of(cls, pairs: Sequence[tuple[str, str]]) -> Self:
        """Return the error of several faults, each a reason and plain words; the first leads."""
        error = cls(pairs[0][0], *(words for _, words in pairs))
        error.reasons = tuple(reason for reason, _ in pairs)
        return error
