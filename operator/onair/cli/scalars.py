"""Options that are spelled as manifests spell the same thing: durations, numbers, percentages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from pydantic import TypeAdapter, ValidationError

if TYPE_CHECKING:
    from collections.abc import Callable


def said(spelling: Any) -> Callable[[click.Context, click.Parameter, str | None], Any]:  # noqa: ANN401 - a type of the model
    """Return the callback of an option that the model's `spelling` reads; None if it is absent."""

    def read(_context: click.Context, _option: click.Parameter, text: str | None) -> Any:  # noqa: ANN401
        return None if text is None else value(text, spelling)

    return read


class Whole(click.IntRange):
    """A whole number of a range, refused in plain words."""

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click's signature
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> int:
        """Return the number that a text means."""
        try:
            return int(super().convert(value, param, ctx))
        except click.BadParameter:
            self.fail(f"{value!r} must be a whole number from {self.min:,} to {self.max:,}")


def value(text: str, spelling: Any) -> Any:  # noqa: ANN401 - a type of the model
    """Return the value that a text means.

    Raises:
        click.BadParameter: the model refuses it, in its words.
    """
    try:
        return TypeAdapter(spelling).validate_python(text)
    except ValidationError as error:
        raise click.BadParameter(f"{text!r} {error.errors()[0]['msg']}") from error
