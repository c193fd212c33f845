"""What was probably meant by a field that there is not."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel


def meant(name: str, known: Iterable[str]) -> str:
    """Return `; did you mean timeZone?` for the known name that is nearest, "" if none is near."""
    by_lower = {each.lower(): each for each in known}
    near = get_close_matches(name.lower()[:100], by_lower, n=1)
    return f"; did you mean {by_lower[near[0]]}?" if near else ""


def fields_at(kind: type[BaseModel], keys: Iterable[str | int]) -> list[str]:
    """Return the names, as manifests spell them, of the fields of the part to which keys lead."""
    model: type[BaseModel] | None = kind
    for key in keys:
        if model and isinstance(key, str):
            found = [field for field in model.model_fields.values() if field.alias == key]
            model = _model(found[0].annotation) if found else None
    return [str(field.alias) for field in model.model_fields.values()] if model else []


def _model(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401  # of any form
    """Return the model in an annotation such as `tuple[Point, ...] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model(part))), None)
