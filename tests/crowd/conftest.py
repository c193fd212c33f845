"""The two programs, built once for each process that runs tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cluster.progress import silent
from tests.crowd.programs import build

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The application that a crowd can exhaust."""
    return build("server", tmp_path_factory.mktemp("server"), silent)


@pytest.fixture(scope="session")
def generator(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The load generator."""
    return build("generator", tmp_path_factory.mktemp("generator"), silent)
