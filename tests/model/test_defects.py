"""The model sees what it is there for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.model.defects import DEFECTS
from tests.model.explorer import BrokenError, Explorer

if TYPE_CHECKING:
    from tests.model.defects import Defect


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name.replace(" ", "-"))
def test_seen(defect: Defect, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip that loses an owner's numbers breaks what it must, and the trace says how."""
    for module, name, broken in defect.replaced:
        monkeypatch.setattr(module, name, broken)
    with pytest.raises(BrokenError) as found:
        Explorer([defect.beginning], defect.budget).run()
    assert found.value.what.startswith(defect.broken), found.value
    assert any(said.startswith("a process starts") for said in found.value.trace)
