"""The World Cup once for all tests."""

from __future__ import annotations

import pytest

from tests.traces import traces_folder
from tests.world_cup.cup import Cup


@pytest.fixture(scope="session")
def cup(tmp_path_factory: pytest.TempPathFactory) -> Cup:
    """Where there are traces."""
    traces_folder()
    return Cup(tmp_path_factory.mktemp("world-cup"))
