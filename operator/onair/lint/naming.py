"""Warnings about how objects are called."""

from collections.abc import Iterator

from onair.lint.context import Context, Warned


def name_generated(context: Context) -> Iterator[Warned]:
    """Warn of objects that `kubectl apply` refuses, although the API server takes them."""
    for subject in context.subjects:
        match subject.document.body:
            case {"metadata": {"generateName": str()}} if not subject.name:
                message = "kubectl apply needs a name; with generateName only kubectl create works"
                yield Warned(subject, "metadata.generateName", message)


def same_name(context: Context) -> Iterator[Warned]:
    """Warn of objects that another one in the files replaces."""
    places: dict[tuple[str, str, str], str] = {}
    for subject in context.subjects:
        kind = subject.key[0]
        if subject.name and subject.key in places:
            message = f"the {kind} of this name at {places[subject.key]} is replaced by this one"
            yield Warned(subject, "metadata.name", message)
        places[subject.key] = f"{subject.document.file}:{subject.document.line}"
