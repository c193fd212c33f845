"""One control plane with a real node for all tests here, two namespaces for each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from images import operator, programs
from tests.cluster.control_plane import ControlPlane
from tests.cluster.node.fixtures import real_node_or_skip
from tests.cluster.progress import say
from tests.node.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def plane() -> Iterator[ControlPlane]:
    """A control plane whose real node has the operator's image, and one for its targets."""
    real_node_or_skip()
    with ControlPlane.start(node=True, say=say) as started:
        started.load_image(operator.archive(say))
        started.load_image(programs.archive("pause", say))
        started.wait_for_metrics()
        yield started


@pytest.fixture
def stage(plane: ControlPlane) -> Iterator[Stage]:
    """A namespace for OnAir and one for workloads; nothing is installed yet."""
    stage = Stage.build(plane)
    try:
        yield stage
    finally:
        stage.clear()
