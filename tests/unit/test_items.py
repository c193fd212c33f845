"""One object that brings a defect to light never keeps the others from being read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onair import items
from onair.cluster import resources
from onair.model import reasons
from onair.model.errors import InvalidManifest
from tests.unit.model.manifests import CAMPAIGN

if TYPE_CHECKING:
    import pytest

    from onair.model.campaigns import CampaignSpec

BODY = CAMPAIGN | {"metadata": {"namespace": "tv", "name": "show", "uid": "u", "generation": 1}}


def test_defect(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """A campaign on which the calendar fails is invalid, says so, and is in the log."""

    def fail(_spec: CampaignSpec) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr(items, "check", fail)
    declared = items.read(resources.CAMPAIGNS, BODY, None)
    assert isinstance(declared, items.Declared)
    assert isinstance(declared.spec, InvalidManifest)
    assert declared.spec.reason == reasons.DEFECT
    assert "operator's log" in declared.spec.message
    assert "tv/show" in caplog.text
    assert "list index out of range" in caplog.text
