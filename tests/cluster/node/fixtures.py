"""For tests that need the real node."""

import os

import pytest

from tests.cluster.node.needs import missing
from tests.cluster.progress import say


def real_node_or_skip() -> None:
    """Skip the calling test where no real node can be; fail it in CI, where one has to be."""
    lacking = missing(say)
    if lacking:
        reason = f"a real node needs {', '.join(lacking)}"
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
