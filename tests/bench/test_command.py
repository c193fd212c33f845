"""`python -m tests.bench` says in plain words why it cannot measure."""

from __future__ import annotations

import pytest

from images.commands import ImageError
from tests.bench import __main__ as command
from tests.bench import planning
from tests.bench.figures import MeasureError
from tests.cluster.cluster import HelmError
from tests.cluster.processes import StartError


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(StartError("a real node needs root"), id="no control plane"),
        pytest.param(ImageError("pip failed"), id="no image"),
        pytest.param(HelmError("helm install: timed out"), id="no installation"),
        pytest.param(MeasureError("3 of 200 HPAs were raised"), id="no figure"),
        pytest.param(PermissionError(13, "Permission denied", "/plane"), id="no folder"),
    ],
)
def test_what_cannot_be_measured_is_said(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message is all that a person sees of it, and the command has failed."""

    def fail() -> None:
        raise error

    monkeypatch.setattr(planning, "measure", fail)
    assert command.main() == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.endswith(f"planning\n{error}\n")
