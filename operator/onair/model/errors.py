"""The one error of a manifest that cannot be planned."""


class InvalidManifest(Exception):  # noqa: N818  # the condition's reason has the same name
    """A manifest says something that cannot be planned.

    Attributes:
        reason: the PascalCase reason of the Valid condition, from `onair.model.reasons`.
        message: plain words that begin with the field.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
