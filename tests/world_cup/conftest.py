"""The World Cup once for all tests."""

from __future__ import annotations

import pytest

from tests.world_cup.cup import TRACES, Cup


@pytest.fixture(scope="session")
def cup(tmp_path_factory: pytest.TempPathFactory) -> Cup:
    """The data is not part of the repository."""
    if not TRACES.is_dir():
        pytest.skip(f"there is no folder {TRACES}; ONAIR_TRACES names another one")
    return Cup(tmp_path_factory.mktemp("world-cup"))
