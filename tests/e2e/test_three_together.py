"""Three campaigns on one target that begin and end while others are on air.

They need 10, 15 and 5 replicas beside the usual 4; each falls to half a minute after its end and
to nothing another minute later. Every order is in tests/unit/plan/test_three_campaigns.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e import tracks
from tests.e2e.evenings import LEAD, USUAL, assert_steps, flat, minutes, open_evening, show
from tests.e2e.manifests import deployment, target, target_set

if TYPE_CHECKING:
    from tests.e2e.tenant import Tenant


@pytest.mark.fault_row(23)
def test_each_leaves_what_the_others_need(tenant: Tenant) -> None:
    """Their loads add up at every moment, and one restore comes after the last."""
    tenant.create(deployment("app", USUAL))
    start = open_evening(tenant)
    tenant.create(target_set("mol", target("app"), lead="8m"))
    for begin, name, load in ((0, "first", 500), (2, "second", 750), (4, "third", 250)):
        tenant.create(show(start + minutes(begin), "6m", name=name, load=flat(load)))
    tenant.wait("all are raised", lambda: tenant.replicas("app")[0] == 35)
    tenant.wait("the ledger is empty again", lambda: not tenant.ledger(), 60)
    assert_steps(
        tracks.replicas(tenant, "app"),
        (start - LEAD, 14),
        (start + minutes(2) - LEAD, 29),
        (start + minutes(4) - LEAD, 35),
        (start + minutes(7), 29),
        (start + minutes(8), 24),
        (start + minutes(9), 17),
        (start + minutes(10), 9),
        (start + minutes(11), 7),
        (start + minutes(12), USUAL),
    )
    assert [w.verb for w in tenant.writes("controllerrevisions") if w.verb == "create"] == [
        "create"
    ]
