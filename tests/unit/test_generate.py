"""Generated files follow the models."""

from pathlib import Path

import pytest

from onair.generate import main

ROOT = Path(__file__).parents[2]


def test_nothing_has_drifted() -> None:
    """The committed CRDs and rights are what the models say."""
    assert main(["--check", "--root", str(ROOT)]) == 0


def test_check_names_what_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A changed and a missing file are named, and the exit code says that something differs."""
    main(["--root", str(tmp_path)])
    (tmp_path / "crds/campaigns.yaml").write_text("changed", encoding="utf-8")
    (tmp_path / "charts/onair/files/rbac.yaml").unlink()
    assert main(["--check", "--root", str(tmp_path)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line.split()[0] for line in lines] == [
        "crds/campaigns.yaml",
        "charts/onair/files/rbac.yaml",
    ]


def test_chart_has_the_same_crds() -> None:
    """The chart installs the CRDs that stand in the repository."""
    for name in ("campaigns.yaml", "targetsets.yaml"):
        chart, ours = ROOT / "charts/onair/crds" / name, ROOT / "crds" / name
        assert chart.read_text(encoding="utf-8") == ours.read_text(encoding="utf-8")
