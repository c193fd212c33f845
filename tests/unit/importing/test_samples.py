"""Files as broadcasters, agencies, Google Calendar and Outlook write them become these campaigns.

Beside each file stand the campaigns, NAME.yaml, and the command with what it says, NAME.txt.
"""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from onair.cli.imports import import_
from onair.model.parse import parse_campaign
from onair.schedule.airings import check

SAMPLES = Path(__file__).parent / "samples"
EVERY_SAMPLE = pytest.mark.parametrize(
    "sample", [pytest.param(path, id=path.stem) for path in sorted(SAMPLES.glob("*.txt"))]
)


@EVERY_SAMPLE
def test_sample(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file becomes the campaigns beside it, and everything else in it is said."""
    monkeypatch.chdir(SAMPLES)
    command, _, said = sample.read_text().partition("\n")
    done = CliRunner().invoke(import_, shlex.split(command)[3:])
    assert f"{done.stderr}exit {done.exit_code}\n" == said
    assert done.stdout == sample.with_suffix(".yaml").read_text()


@EVERY_SAMPLE
def test_campaigns_are_valid(sample: Path) -> None:
    """OnAir takes every campaign of the samples."""
    for body in yaml.safe_load_all(sample.with_suffix(".yaml").read_text()):
        check(parse_campaign(body))


def test_every_file_is_a_sample() -> None:
    """No file lies there without its campaigns and its command."""
    files = {path.name for path in SAMPLES.iterdir()}
    said = list(SAMPLES.glob("*.txt"))
    read = {shlex.split(path.read_text().partition("\n")[0])[3] for path in said}
    assert files == read | {
        path.with_suffix(end).name for path in said for end in (".txt", ".yaml")
    }
