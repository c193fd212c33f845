"""The one error of a manifest that cannot be planned."""


class InvalidManifest(Exception):  # noqa: N818  # the condition's reason has the same name
    """A manifest says something that cannot be planned.

    Attributes:
        reason: the PascalCase reason of the Valid condition, from `onair.model.reasons`.
        faults: each in plain words that begin with the field: `spec.timeZone: must be ...`.
        message: all of them.
    """

    def __init__(self, reason: str, *faults: str) -> None:
        super().__init__("; ".join(faults))
        self.reason = reason
        self.faults = faults
        self.message = "; ".join(faults)
