"""The Dockerfile, which no daemon builds here, says the same as the operator's image."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from images.archive import NONROOT
from images.operator import HOME, IMAGE, LOCK, WHEEL

PROJECT = Path(__file__).parents[2]


def _instructions(name: str) -> list[str]:
    """Return what follows each instruction of a name, in their order."""
    text = (PROJECT / "Dockerfile").read_text().replace("\\\n", "")
    return re.findall(rf"^{name} +(.*)$", text, re.MULTILINE)


def test_it_starts_the_same_command_as_the_same_user() -> None:
    """User and entrypoint are those of the image, and the command is on the path."""
    assert _instructions("USER") == [NONROOT]
    assert [tuple(json.loads(text)) for text in _instructions("ENTRYPOINT")] == [IMAGE.entrypoint]
    assert _instructions("ENV") == [f"PATH=/{HOME}/bin:$PATH"]


def test_it_has_the_python_that_the_project_asks_for() -> None:
    """Both stages, and the standard library that is compiled, are of the project's Python."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    version = project["requires-python"].removeprefix(">=")
    assert {text.partition(" ")[0] for text in _instructions("FROM")} == {f"python:{version}-slim"}
    assert _instructions("RUN")[-1].endswith(f"/usr/local/lib/python{version} /{HOME}")


def test_everything_from_elsewhere_is_locked_by_its_hash() -> None:
    """Every package, also those that build the wheel, is of a lock file and brings no others."""
    runs = _instructions("RUN")
    run_time, build_time, own = (text for text in runs if " install " in text)
    assert run_time.endswith(f" --require-hashes --requirement {LOCK.name}")
    assert build_time.endswith(" --require-hashes --requirement requirements.lock")
    assert own.endswith(" /wheel/*.whl")
    (wheel,) = (text for text in runs if " wheel " in text)
    assert "--no-build-isolation" in wheel
    assert all("--no-deps" in text for text in (run_time, build_time, own, wheel))


def test_it_copies_what_the_image_is_made_from() -> None:
    """What it copies exists, is all that the wheel needs, and passes .dockerignore."""
    copied = [
        source
        for text in _instructions("COPY")
        if not text.startswith("--from")
        for source in text.split()[:-1]
    ]
    build = PROJECT / "requirements.lock"
    needed = {path.relative_to(PROJECT).parts[0] for path in (LOCK, build, *WHEEL)}
    assert set(copied) == needed
    assert all((PROJECT / source).exists() for source in copied)
    ignored, *passed = [
        line
        for line in (PROJECT / ".dockerignore").read_text().splitlines()
        if not line.startswith("#")
    ]
    assert ignored == "*"
    assert {line.removeprefix("!") for line in passed if line.startswith("!")} == needed
